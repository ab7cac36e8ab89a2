import { curveStep, line, scaleLinear, type ScaleLinear } from 'd3';
import { legendOf, letterOf, stackOf, textOn, type Chart, type ChartPanel, type ChartSeries } from './chart.js';
import { colourClass, dashClass, markText, shapeAt, whisker } from './marks.js';
import { coordinate, estimateNumber } from './numbers.js';
import { figureSvg, lineAt, rectAt, textAt, textWidth, tip, wrap } from './svg.js';

const LEFT = 46;
const RIGHT = 14;
const TOP = 22;
const BOTTOM = 38;
const EDGE = 12;
const LINE = 15;
const BAR = 0.7;

type Scale = ScaleLinear<number, number>;

/** Where a panel stands and how its numbers become pixels. */
export interface PlacedPanel {
  readonly panel: ChartPanel;
  readonly x: Scale;
  readonly y: Scale;
}

const SIZE = [210, 150] as const;

/** The panels in their places, below `top`. */
export function placePanels({ panels, columns, size = SIZE }: Chart, top: number): PlacedPanel[] {
  const [width, height] = size;
  return panels.map((panel, i) => {
    const left = EDGE + (i % columns) * (LEFT + width + RIGHT) + LEFT;
    const up = top + Math.floor(i / columns) * (TOP + height + BOTTOM) + TOP;
    return {
      panel,
      x: scaleLinear(panel.x.domain, [left, left + width]),
      y: scaleLinear(panel.y.domain, [up + height, up]),
    };
  });
}

/** A number on an axis, with a true minus sign. */
function tickText(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = Math.abs(value) >= 10_000 ? `${value / 1000}k` : value.toFixed(Math.min(6, decimals));
  return text.replace('-', '\u2212');
}

function frame({ panel, x, y }: PlacedPanel): string {
  const [left, right] = x.range();
  const [bottom, top] = y.range();
  const xs = panel.x.ticks ?? x.ticks(5);
  const ys = panel.y.ticks ?? y.ticks(4);
  const step = (ticks: readonly number[]): number => (ticks.length < 2 ? 1 : ticks[1] - ticks[0]);
  return [
    textAt(left, top - 8, panel.heading, 'panel-heading'),
    ...ys.map((tick) => lineAt(left, y(tick), right, y(tick), 'grid')),
    ...ys.map((tick) => textAt(left - 6, y(tick) + 3.5, tickText(tick, step(ys)), 'small muted', 'end')),
    ...xs.map((tick) => lineAt(x(tick), bottom, x(tick), bottom + 4, 'axis')),
    ...xs.map((tick) =>
      textAt(x(tick), bottom + 15, textOn(panel.x, tick) ?? tickText(tick, step(xs)), 'small muted', 'middle'),
    ),
    lineAt(left, bottom, right, bottom, 'axis'),
    textAt((left + right) / 2, bottom + 29, panel.x.label, 'small', 'middle'),
    `<text class="small" text-anchor="middle" transform="translate(${coordinate(left - 36)},${coordinate((top + bottom) / 2)}) rotate(-90)">${textContent(panel.y.label)}</text>`,
  ].join('\n');
}

function textContent(text: string): string {
  return textAt(0, 0, text).replace(/^<text[^>]*>|<\/text>$/g, '');
}

/** The bars of a panel; a segment that is tall enough carries its letter. */
function stacks({ panel, x, y }: PlacedPanel): string {
  const width = BAR * Math.abs(x(1) - x(0));
  return stackOf(panel)
    .filter(({ from, to }) => to > from)
    .map(({ series, point, from, to }) => {
      const [left, right] = [x(point.x) - width / 2, x(point.x) + width / 2];
      const words = tip(`${series.name}, ${panel.x.label} ${point.x}: ${markText(point)}`);
      const bar = rectAt(left, y(from), right, y(to), `class="${colourClass(series.style, 'f')} gap"`, words);
      const tall = y(from) - y(to) >= 11;
      const middle = (y(from) + y(to)) / 2 + 3.5;
      return tall ? `${bar}${textAt(x(point.x), middle, letterOf(series.style), 'small on-mark', 'middle')}` : bar;
    })
    .join('\n');
}

function pathOf({ points, shift = 0 }: ChartSeries, { x, y }: PlacedPanel): string {
  const path = line<(typeof points)[number]>(
    (point) => x(point.x) + shift,
    (point) => y(point.value ?? 0),
  )
    .defined(({ value }) => value !== null)
    .digits(2);
  return path(points) ?? '';
}

/** The outline of bars: half a bar beyond both ends it stands on 0. */
function outline({ points, style }: ChartSeries, { x, y }: PlacedPanel): string {
  if (points.length === 0) return '';
  const width = points.length < 2 ? 1 : points[1].x - points[0].x;
  const foot = (at: number): ChartSeries['points'][number] => ({ x: at, value: 0 });
  const path = line<ChartSeries['points'][number]>(
    (point) => x(point.x),
    (point) => y(point.value ?? 0),
  )
    .curve(curveStep)
    .digits(2);
  const all = [foot(points[0].x - width), ...points, foot(points[points.length - 1].x + width)];
  const d = path(all) ?? '';
  return `<path class="${colourClass(style, 'f')} tint" d="${d}"/><path class="line ${colourClass(style, 'k')}" d="${d}"/>`;
}

function drawSeries(series: ChartSeries, placed: PlacedPanel): string {
  const { x, y, panel } = placed;
  const { name, points, drawn, style, shift = 0 } = series;
  if (drawn === 'stack') return '';
  if (drawn === 'steps') return outline(series, placed);
  const stroke = colourClass(style, 'k');
  const inside = (value: number | null | undefined): number | undefined =>
    value === null || value === undefined ? undefined : y(value);
  const joined =
    drawn === 'marks' ? '' : `<path class="line ${stroke}${dashClass(style)}" d="${pathOf(series, placed)}"/>`;
  if (drawn === 'joined') return joined;
  const marks = points.flatMap((point) => {
    const at = inside(point.value);
    if (at === undefined) return [];
    const px = x(point.x) + shift;
    const words = tip(
      `${name}, ${panel.x.label} ${textOn(panel.x, point.x) ?? estimateNumber(point.x, 3).replace(/\.?0+$/, '')}: ${markText(point)}`,
    );
    return [
      `${whisker(px, inside(point.low), inside(point.high), `whisker ${stroke}`)}${shapeAt(style, px, at, words)}`,
    ];
  });
  return [joined, ...marks].filter((part) => part !== '').join('\n');
}

/** Levels across a panel. Among bars there is no room for their words: the chart's notes have them. */
function levels({ panel, x, y }: PlacedPanel): string {
  const [left, right] = x.range();
  const bars = panel.series.some(({ drawn }) => drawn === 'stack');
  return (panel.levels ?? [])
    .map(({ value, words }) => {
      const line = lineAt(left, y(value), right, y(value), 'whisker ki dashed');
      const label = bars ? '' : textAt(right, y(value) - 4, words, 'small muted', 'end');
      return `<g>${tip(`${words}: ${estimateNumber(value, 3)}`)}${line}${label}</g>`;
    })
    .join('\n');
}

/** Every second span is shaded; its name stands at the top where there is room, and always in its tip. */
function spans({ panel, x, y }: PlacedPanel): string {
  const [bottom, top] = y.range();
  return (panel.spans ?? [])
    .map(({ from, to, name }, i) => {
      const shade = rectAt(x(from), top, x(to), bottom, `class="${i % 2 === 0 ? 'band' : 'paper'}"`, tip(name));
      const room = textWidth(name) <= x(to) - x(from) - 4;
      return room ? `${shade}${textAt(x(from) + 4, top + 11, name, 'small muted')}` : shade;
    })
    .join('\n');
}

/** One entry of the legend: the key of a series and its name. */
function entry({ name, style, drawn }: ChartSeries, x: number, y: number): string {
  const [middle, colour] = [y - 4, colourClass(style, 'k')];
  const key =
    drawn === 'stack'
      ? `${rectAt(x, middle - 6, x + 16, middle + 6, `class="${colourClass(style, 'f')}"`)}${textAt(x + 8, middle + 3.5, letterOf(style), 'small on-mark', 'middle')}`
      : `${drawn === 'marks' ? '' : lineAt(x, middle, x + 18, middle, `line ${colour}${drawn === 'steps' ? '' : dashClass(style)}`)}${drawn === 'joined' || drawn === 'steps' ? '' : shapeAt(style, x + 9, middle)}`;
  return `${key}${textAt(x + 22, y, name)}`;
}

interface Legend {
  readonly body: string;
  readonly height: number;
}

/** The legend in lines no wider than `width`, each panel's on its own line where the chart asks for it. */
function legend({ panels, legendByPanel = false }: Chart, width: number, top: number): Legend {
  const groups = legendByPanel ? panels.map((panel) => legendOf([panel])) : [legendOf(panels)];
  const body: string[] = [];
  let y = top;
  for (const [i, group] of groups.entries()) {
    if (group.length === 0) continue;
    let x = EDGE;
    if (legendByPanel) {
      body.push(textAt(x, y, `${panels[i].heading}:`, 'small muted'));
      x += textWidth(panels[i].heading) + 4;
    }
    for (const series of group) {
      const wide = 36 + textWidth(series.name);
      if (x > EDGE && x + wide > width) {
        x = EDGE;
        y += LINE + 3;
      }
      body.push(entry(series, x, y));
      x += wide;
    }
    y += LINE + 3;
  }
  return { body: body.join('\n'), height: y - top + (y === top ? 0 : 4) };
}

/** The least width of a chart, so that its words fit beside few panels. */
const LEAST_WIDTH = 560;
/** Mean advance of a letter of the notes, on the wide side. */
const NOTE_LETTER = 5.6;
/** The same of the title. */
const TITLE_LETTER = 8.4;

/** Draws a chart: title, notes, legend, panels. */
export function chartSvg(chart: Chart): string {
  const [width, height] = chart.size ?? SIZE;
  const columns = Math.min(chart.columns, Math.max(1, chart.panels.length));
  const total = Math.max(
    LEAST_WIDTH,
    chart.title.length * TITLE_LETTER + 2 * EDGE,
    2 * EDGE + columns * (LEFT + width + RIGHT),
  );
  const notes = chart.notes.flatMap((note) => wrap(note, Math.floor((total - 2 * EDGE) / NOTE_LETTER)));
  const head = [textAt(EDGE, 24, chart.title, 'heading')];
  notes.forEach((note, i) => head.push(textAt(EDGE, 42 + i * LINE, note, 'small muted')));
  const key = legend(chart, total - EDGE, 48 + notes.length * LINE);
  const top = 40 + notes.length * LINE + key.height;
  const placed = placePanels({ ...chart, columns }, top);
  const rows = Math.ceil(placed.length / columns);
  const drawn = placed.map((one) =>
    [spans(one), frame(one), stacks(one), levels(one), ...one.panel.series.map((series) => drawSeries(series, one))]
      .filter((part) => part !== '')
      .join('\n'),
  );
  return figureSvg({
    id: chart.id,
    width: total,
    height: top + rows * (TOP + height + BOTTOM),
    title: chart.title,
    description: chart.description,
    body: [...head, key.body, ...drawn].join('\n'),
  });
}
