import { markText } from './marks.js';
import { cellsOf, strengthOf, type Matrix } from './matrix.js';
import { coordinate, estimateNumber } from './numbers.js';
import { figureSvg, rectAt, textAt, textWidth, tip, wrap } from './svg.js';

const EDGE = 12;
const CELL = [88, 48] as const;
/** Opacity of the full colour: text on it stays readable in both themes. */
const FULL = 0.45;
const LEAST_WIDTH = 480;

function fill(strength: number): string {
  return `class="${strength < 0 ? 'fb' : 'fa'}" fill-opacity="${coordinate(FULL * Math.abs(strength))}"`;
}

/** A key of five steps: what the colours stand for. */
function key({ reference, extent }: Matrix, y: number): string {
  return [-1, -0.5, 0, 0.5, 1]
    .map((strength, i) => {
      const x = EDGE + i * 66;
      const value = reference + strength * extent;
      return `${rectAt(x, y - 10, x + 14, y + 2, fill(strength))}${rectAt(x, y - 10, x + 14, y + 2, 'fill="none" class="axis"')}${textAt(x + 19, y, estimateNumber(value, 2), 'small')}`;
    })
    .join('\n');
}

/** Draws a matrix; every cell says its number, its interval and its n. */
export function matrixSvg(matrix: Matrix): string {
  const { id, title, description, rows, columns, rowName, columnName } = matrix;
  const [width, height] = CELL;
  const left = EDGE + Math.max(textWidth(rowName), ...rows.map(textWidth)) + 14;
  const total = Math.max(LEAST_WIDTH, left + columns.length * width + EDGE, title.length * 8.4 + 2 * EDGE);
  const notes = matrix.notes.flatMap((note) => wrap(note, Math.floor((total - 2 * EDGE) / 5.6)));
  const top = 96 + 15 * notes.length;
  const cells = cellsOf(matrix).map(({ row, column, estimate }) => {
    const [x, y] = [left + column * width, top + row * height];
    const { value, low, high, n } = estimate;
    const middle = x + width / 2 - 1;
    const words = tip(`${rowName} ${rows[row]}, ${columnName} ${columns[column]}: ${markText(estimate)}`);
    const shade = value === null ? 'class="band"' : fill(strengthOf(matrix, value));
    const interval =
      low === null || high === null ? 'no interval' : `[${estimateNumber(low, 2)}, ${estimateNumber(high, 2)}]`;
    return [
      rectAt(x, y, x + width - 2, y + height - 2, shade, words),
      textAt(middle, y + 16, estimateNumber(value, 2), 'strong', 'middle'),
      textAt(middle, y + 29, interval, 'small', 'middle'),
      textAt(middle, y + 41, `n = ${n}`, 'small', 'middle'),
    ].join('');
  });
  return figureSvg({
    id,
    width: total,
    height: top + rows.length * height + EDGE,
    title,
    description,
    body: [
      textAt(EDGE, 24, title, 'heading'),
      ...notes.map((note, i) => textAt(EDGE, 42 + i * 15, note, 'small muted')),
      key(matrix, 52 + 15 * notes.length),
      textAt(left - 10, top - 8, rowName, 'small', 'end'),
      textAt(left, top - 24, columnName, 'small'),
      ...columns.map((text, i) => textAt(left + (i + 0.5) * width - 1, top - 8, text, 'strong', 'middle')),
      ...rows.map((text, i) => textAt(left - 10, top + (i + 0.5) * height + 3, text, 'strong', 'end')),
      ...cells,
    ].join('\n'),
  });
}
