/**
 * A mark's colour is one hue whose strength grows with the probability (glyphMark), so it reads the same in greyscale
 * and with every colour-vision deficiency. The second colour (orange, for the frontier) differs from it in lightness and
 * along the blue-yellow axis, and is never the only sign: frontier outlines are also thicker.
 */
const LIGHT = {
  paper: '#ffffff',
  ink: '#1f2328',
  muted: '#59636e',
  faint: '#bac2cb',
  edge: '#9aa4af',
  outline: '#7d8793',
  frontier: '#a34700',
  band: '#fdf1e3',
  mark: '#0a4595',
};

const DARK: typeof LIGHT = {
  paper: '#11151a',
  ink: '#e8ecf1',
  muted: '#9ba6b2',
  faint: '#3b444e',
  edge: '#5f6a76',
  outline: '#7f8a96',
  frontier: '#ffac5c',
  band: '#2a2117',
  mark: '#a5d4f7',
};

function variables(theme: typeof LIGHT): string {
  return Object.entries(theme)
    .map(([name, colour]) => `--cl-${name}:${colour}`)
    .join(';');
}

/**
 * The colours of all figures as CSS custom properties of `selector`, for light and dark screens and for paper (where
 * they are always the light ones).
 */
export function themeCss(selector: string): string {
  return [
    `${selector}{${variables(LIGHT)}}`,
    `@media (prefers-color-scheme:dark){${selector}{${variables(DARK)}}}`,
    `@media print{${selector}{${variables(LIGHT)}}}`,
  ].join('\n');
}

/** The style of the drawings; needs the properties of {@link themeCss}. */
export const DAG_CSS = `.cl-dag{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:11.5px;font-variant-numeric:tabular-nums}
.cl-dag text{fill:var(--cl-ink)}
.cl-dag .name,.cl-dag .note{paint-order:stroke;stroke:var(--cl-paper);stroke-width:3px;stroke-linejoin:round}
.cl-dag .in-frontier .name,.cl-dag .frontier-note{stroke:var(--cl-band)}
.cl-dag .number{fill:var(--cl-muted);font-size:10px}
.cl-dag .key .name{font-weight:650}
.cl-dag .role{font-size:9px;letter-spacing:.06em;fill:var(--cl-muted)}
.cl-dag .note{font-size:10px;fill:var(--cl-muted)}
.cl-dag .heading{font-size:14px;font-weight:650}
.cl-dag .magnified,.cl-dag .frontier-note{fill:var(--cl-frontier);font-weight:650}
.cl-dag .column{fill:var(--cl-band)}
.cl-dag .divider{stroke:var(--cl-faint);stroke-dasharray:2 4}
.cl-dag .edge{fill:none;stroke:var(--cl-faint);stroke-width:1}
.cl-dag .tip{fill:var(--cl-faint)}
.cl-dag .past .edge{stroke:var(--cl-edge);stroke-width:1.2}
.cl-dag .past .tip{fill:var(--cl-edge)}
.cl-dag .outline{fill:var(--cl-paper);stroke:var(--cl-outline);stroke-width:1}
.cl-dag .in-frontier .outline{stroke:var(--cl-frontier);stroke-width:2.5}
.cl-dag .in-frontier.other .outline{stroke-dasharray:3.6 2}
.cl-dag .expanded .outline{stroke:var(--cl-ink);stroke-width:1.6}
.cl-dag .never .outline{stroke-dasharray:1.5 1.8}
.cl-dag .repeated .name{font-style:italic}
.cl-dag .faded{opacity:.22}
.cl-dag .hit{fill:transparent}
.cl-dag .pin{fill:var(--cl-ink)}
.cl-dag [role=button]{cursor:pointer;outline:none}
.cl-dag [role=button]:focus-visible .hit{stroke:var(--cl-frontier);stroke-width:2}
.cl-dag [role=button]:hover .name{text-decoration:underline}
.cl-dag .mark{fill:var(--cl-mark)}`;
