import type { Estimate } from '../statistics/index.js';

/** Stands where there is no number. */
const NONE = '-';

/**
 * Rows of cells as aligned lines: the first row is the heading, columns are as wide as their widest cell and two
 * spaces apart, numbers align right and words left.
 *
 * @param words how many leading columns hold words
 */
export function alignColumns(rows: readonly (readonly string[])[], words = 0): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column < words ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A number with its interval, `.642 [.631 .653]`; only the number where there are too few graphs for an interval. */
export function intervalCell({ value, low, high }: Estimate, format: (x: number) => string): string {
  if (value === null) return NONE;
  if (low === null || high === null) return `${format(value)} [${NONE}]`;
  return `${format(value)} [${format(low)} ${format(high)}]`;
}

/** The number alone. */
export function valueCell({ value }: Estimate, format: (x: number) => string): string {
  return value === null ? NONE : format(value);
}

/**
 * A number between -1 and 1 with three decimals and no leading zero: `.642`, `-.031`, `1.00`. Only 1 itself (to 1e-9)
 * is shown as 1, so that a table never claims a perfect score that is not one.
 */
export function formatFraction(x: number): string {
  const magnitude = Math.abs(x);
  const digits = magnitude > 1 - 1e-9 ? '1.00' : Math.min(magnitude, 0.999).toFixed(3).slice(1);
  return x < 0 && digits !== '.000' ? `-${digits}` : digits;
}

/** A probability that may be tiny: `.2431`, `3.2e-7`. */
export function formatProbability(x: number): string {
  if (x === 0) return '0';
  if (x < 0.001) return x.toExponential(1);
  return x > 1 - 1e-9 ? '1.000' : Math.min(x, 0.9999).toFixed(4).slice(1);
}

/** A number of any size with about three digits: `-3.21`, `12.4`, `812`. */
export function formatMagnitude(x: number): string {
  const magnitude = Math.abs(x);
  const text = x.toFixed(magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0);
  return text === '-0.00' ? '0.00' : text;
}
