import { escapeText } from './escape.js';
import { coordinate } from './numbers.js';
import { FIGURE_CSS } from './palette.js';
import { svgElement, type SvgContent } from './svg-element.js';

/** A chart as an `<svg>` that stands alone. */
export function figureSvg(content: SvgContent): string {
  return svgElement(content, 'cl-figure', FIGURE_CSS);
}

export type Anchor = 'start' | 'middle' | 'end';

/** A line of text; `classes` of FIGURE_CSS. */
export function textAt(x: number, y: number, text: string, classes = '', anchor: Anchor = 'start'): string {
  const at = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  const of = classes === '' ? '' : ` class="${classes}"`;
  return `<text x="${coordinate(x)}" y="${coordinate(y)}"${at}${of}>${escapeText(text)}</text>`;
}

/** A straight line. */
export function lineAt(x1: number, y1: number, x2: number, y2: number, classes: string): string {
  const [a, b, c, d] = [x1, y1, x2, y2].map(coordinate);
  return `<path class="${classes}" d="M${a},${b}L${c},${d}"/>`;
}

/** A rectangle between two corners, in any order. */
export function rectAt(x1: number, y1: number, x2: number, y2: number, attributes: string, inside = ''): string {
  const [x, y] = [Math.min(x1, x2), Math.min(y1, y2)].map(coordinate);
  const [w, h] = [Math.abs(x2 - x1), Math.abs(y2 - y1)].map(coordinate);
  const open = `<rect x="${x}" y="${y}" width="${w}" height="${h}" ${attributes}`;
  return inside === '' ? `${open}/>` : `${open}>${inside}</rect>`;
}

/** The exact numbers of a mark, which a browser shows when the pointer rests on it. */
export function tip(text: string): string {
  return `<title>${escapeText(text)}</title>`;
}

/** Mean advance of a letter at the size of FIGURE_CSS, on the wide side. */
const LETTER = 6.5;

/** About how many pixels a text takes. */
export function textWidth(text: string): number {
  return text.length * LETTER;
}

/** Breaks a text between words into lines of at most `columns` characters (a longer word has a line of its own). */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
