import { coordinate } from '../../drawing/index.js';
import type { Verdict } from '../prediction.js';

/** The verdict's sign in a line of text; the word stands beside it wherever there is room. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  supports: '\u25cf',
  contradicts: '\u2715',
  undetermined: '\u25cb',
  notApplicable: '\u2013',
};

/** The verdict's shape at a point: a disc, a cross, a ring, a dash. None depends on its colour. */
export function verdictMark(verdict: Verdict, x: number, y: number, inside = ''): string {
  const [cx, cy] = [coordinate(x), coordinate(y)];
  switch (verdict) {
    case 'supports':
      return `<circle class="fs" cx="${cx}" cy="${cy}" r="5">${inside}</circle>`;
    case 'contradicts': {
      const [l, r, t, b] = [x - 4.5, x + 4.5, y - 4.5, y + 4.5].map(coordinate);
      return `<path class="line kc" stroke-linecap="round" d="M${l},${t}L${r},${b}M${l},${b}L${r},${t}">${inside}</path>`;
    }
    case 'undetermined':
      return `<circle class="paper ki hollow" cx="${cx}" cy="${cy}" r="4.5">${inside}</circle>`;
    case 'notApplicable':
      return `<path class="axis" d="M${coordinate(x - 4)},${cy}h8">${inside}</path>`;
  }
}
