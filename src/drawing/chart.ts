import type { Marked } from './marks.js';

/** One number of a chart. */
export interface ChartPoint extends Marked {
  readonly x: number;
}

/** Points that belong together. */
export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /**
   * `joined`: a line through the points. `marks`: glyphs with whiskers. `both`. `stack`: bars on top of the other stacks'.
   * `steps`: the outline of neighbouring bars that stand on 0, of equally spaced points.
   */
  readonly drawn: 'joined' | 'marks' | 'both' | 'stack' | 'steps';
  /** Number of its colour and shape. */
  readonly style: number;
  /** Shift of marks and line in pixels, so that whiskers of one x do not cover each other. */
  readonly shift?: number;
}

/** A level to compare with, as a line across a panel. */
export interface ChartLevel {
  readonly value: number;
  readonly words: string;
}

/** Something that ends at an x, with its name: a phase. */
export interface ChartSpan {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** A numeric axis: labels are tick texts, never categories. */
export interface ChartAxis {
  readonly label: string;
  readonly domain: readonly [number, number];
  /** Where there are ticks; default: chosen. */
  readonly ticks?: readonly number[];
  /** [ticks], what stands there in place of the numbers, where they only count places. */
  readonly texts?: readonly string[];
}

/** What an axis calls a number that has a text of its own. */
export function textOn({ ticks, texts }: ChartAxis, value: number): string | undefined {
  return texts?.[ticks?.indexOf(value) ?? -1];
}

/** One pair of axes with its series. */
export interface ChartPanel {
  readonly heading: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly ChartSeries[];
  readonly levels?: readonly ChartLevel[];
  readonly spans?: readonly ChartSpan[];
}

/** A chart, before it is drawn. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  /** Lines below the title: n, what the bars of the marks are, definitions. */
  readonly notes: readonly string[];
  readonly description: string;
  readonly panels: readonly ChartPanel[];
  /** Panels beside each other. */
  readonly columns: number;
  /** Pixels of the plotting area of a panel; default 210 x 150. */
  readonly size?: readonly [width: number, height: number];
  /** Whether each panel has a line of the legend to itself: its series are not those of the others. */
  readonly legendByPanel?: boolean;
  /** What the columns of the rows are called: `percentile`, `value`. */
  readonly columnNames: { readonly panel: string; readonly x: string; readonly y: string };
}

/** The series of all panels, each name once, in the order of appearance: the legend. */
export function legendOf(panels: readonly ChartPanel[]): ChartSeries[] {
  const all = panels.flatMap(({ series }) => series);
  return all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i);
}

/** Where a stacked point of a series begins and ends. */
export interface StackedPoint {
  readonly series: ChartSeries;
  readonly point: ChartPoint;
  readonly from: number;
  readonly to: number;
}

/** The bars of a panel, from the bottom; a point without a number is no bar. */
export function stackOf({ series }: Pick<ChartPanel, 'series'>): StackedPoint[] {
  const tops = new Map<number, number>();
  return series
    .filter(({ drawn }) => drawn === 'stack')
    .flatMap((one) =>
      one.points.flatMap((point) => {
        if (point.value === null) return [];
        const from = tops.get(point.x) ?? 0;
        tops.set(point.x, from + point.value);
        return [{ series: one, point, from, to: from + point.value }];
      }),
    );
}

/** The letter of a stack's segments, which stands in the legend as well: colour is not the only sign. */
export function letterOf(style: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + style);
}
