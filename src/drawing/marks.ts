import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
  type SymbolType,
} from 'd3';
import type { Estimate } from '../statistics/index.js';
import { coordinate, estimateNumber } from './numbers.js';
import { SERIES_COLOURS } from './palette.js';
import { lineAt } from './svg.js';

const SHAPES: readonly SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolStar,
  symbolWye,
];

const DASHES = ['', ' dashed', ' dotted'];

/** A number that may have no interval: what a mark stands for. */
export type Marked = Pick<Estimate, 'value'> & Partial<Pick<Estimate, 'low' | 'high' | 'n' | 'clusters'>>;

/** The shape of a series around (0, 0). */
export function shapePath(series: number, area = 38): string {
  return symbol(SHAPES[series % SHAPES.length], area).digits(2)() ?? '';
}

/** The class that gives a series its colour, as a filling (`f`) or as a stroke (`k`). */
export function colourClass(series: number, of: 'f' | 'k'): string {
  return `${of}${series % SERIES_COLOURS}`;
}

/** The class of a series' dashes. */
export function dashClass(series: number): string {
  return DASHES[series % DASHES.length];
}

/** The glyph of a series at a point; `inside` is its `<title>`. */
export function shapeAt(series: number, x: number, y: number, inside = ''): string {
  const open = `<path class="${colourClass(series, 'f')}" transform="translate(${coordinate(x)},${coordinate(y)})" d="${shapePath(series)}"`;
  return inside === '' ? `${open}/>` : `${open}>${inside}</path>`;
}

/** An interval as a vertical line with caps; nothing where there is none or it is a point. */
export function whisker(x: number, low: number | undefined, high: number | undefined, classes: string): string {
  if (low === undefined || high === undefined || low === high) return '';
  return `${lineAt(x, low, x, high, classes)}${lineAt(x - 3, low, x + 3, low, classes)}${lineAt(x - 3, high, x + 3, high, classes)}`;
}

/** `0.970 [0.930, 1.000], n = 120 (40 graphs)` */
export function markText({ value, low, high, n, clusters }: Marked, decimals = 3): string {
  const interval =
    low === undefined
      ? ''
      : low === null || high === undefined || high === null
        ? ', no interval'
        : ` [${estimateNumber(low, decimals)}, ${estimateNumber(high, decimals)}]`;
  const size =
    n === undefined ? '' : `, n = ${n}${clusters === undefined || clusters === n ? '' : ` (${clusters} graphs)`}`;
  return `${estimateNumber(value, decimals)}${interval}${size}`;
}
