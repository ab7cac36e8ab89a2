/**
 * The colours of all charts, in one place. Series colours keep their order: neighbours differ in lightness as well as in
 * hue, along axes that every common colour-vision deficiency leaves (after Okabe and Ito 2008, darkened or lightened to
 * at least 4.5 : 1 against the paper). No chart tells series apart by colour alone: each has a shape, a dash or a letter too.
 */
export interface FigureTheme {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly band: string;
  readonly supports: string;
  readonly contradicts: string;
  readonly above: string;
  readonly below: string;
  readonly series: readonly string[];
}

export const FIGURE_THEMES: { readonly light: FigureTheme; readonly dark: FigureTheme } = {
  light: {
    paper: '#ffffff',
    ink: '#1f2328',
    muted: '#59636e',
    grid: '#e1e5ea',
    band: '#fdf1e3',
    supports: '#0068a8',
    contradicts: '#a34700',
    above: '#0a4595',
    below: '#c04e00',
    series: ['#0068a8', '#c04e00', '#007a5a', '#a8477f', '#8a6300', '#882255', '#626b75', '#1f2328'],
  },
  dark: {
    paper: '#11151a',
    ink: '#e8ecf1',
    muted: '#9ba6b2',
    grid: '#2b333c',
    band: '#2a2117',
    supports: '#6bbcf0',
    contradicts: '#ffac5c',
    above: '#a5d4f7',
    below: '#ffac5c',
    series: ['#6bbcf0', '#ff9d5c', '#39cfa3', '#e8a0cb', '#e2c04a', '#ff9aa8', '#9ba6b2', '#e8ecf1'],
  },
};

/** Colours of series there are; more series than this start again, with other shapes. */
export const SERIES_COLOURS = FIGURE_THEMES.light.series.length;

function colours({ paper, ink, muted, grid, band, supports, contradicts, above, below, series }: FigureTheme): string {
  const rules = [
    `{background:${paper}}`,
    ` text{fill:${ink}}`,
    ` .muted{fill:${muted}}`,
    ` .grid{stroke:${grid}}`,
    ` .axis{stroke:${muted}}`,
    ` .paper{fill:${paper}}`,
    ` .on-mark{fill:${paper}}`,
    ` .gap{stroke:${paper}}`,
    ` .band{fill:${band}}`,
    ` .fs{fill:${supports}}`,
    ` .ks{stroke:${supports}}`,
    ` .fc{fill:${contradicts}}`,
    ` .kc{stroke:${contradicts}}`,
    ` .fa{fill:${above}}`,
    ` .fb{fill:${below}}`,
    ` .fi{fill:${ink}}`,
    ` .ki{stroke:${ink}}`,
    ...series.flatMap((colour, i) => [` .f${i}{fill:${colour}}`, ` .k${i}{stroke:${colour}}`]),
  ];
  return rules.map((rule) => `.cl-figure${rule}`).join('');
}

/**
 * The style of every chart, the same text in each, so that one hash in a page's policy admits it. Colours are written out
 * and not CSS variables: programs that are no browser (resvg, Inkscape) know no variables, and none of them reads
 * the media query, so that they and paper get the light colours.
 */
export const FIGURE_CSS = `.cl-figure{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","DejaVu Sans",Arial,sans-serif;font-size:11.5px;font-variant-numeric:tabular-nums}
.cl-figure .heading{font-size:14px;font-weight:700}.cl-figure .panel-heading{font-weight:700}.cl-figure .small{font-size:10px}.cl-figure .strong{font-weight:700}
.cl-figure .grid,.cl-figure .axis{stroke-width:1;fill:none}.cl-figure .line{fill:none;stroke-width:1.8;stroke-linejoin:round}.cl-figure .whisker{fill:none;stroke-width:1.4}
.cl-figure .hollow{stroke-width:1.6}.cl-figure .dashed{stroke-dasharray:5 3}.cl-figure .dotted{stroke-dasharray:1.5 3}.cl-figure .tint{fill-opacity:.11}.cl-figure .gap{stroke-width:1}
${colours(FIGURE_THEMES.light)}
@media screen and (prefers-color-scheme:dark){${colours(FIGURE_THEMES.dark)}}`;
