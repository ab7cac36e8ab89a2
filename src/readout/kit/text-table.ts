import type { Estimate } from '../../statistics/index.js';

/** Stands where there is no number. */
const NONE = '-';

/** Stands for a positive fraction that would round to nothing. */
const BELOW = '<.001';

/** Below the resolution of double precision beside 1: what differences leave where the true number is 0. */
const NOTHING = 1e-15;

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

/**
 * A number with its interval, `.642 [.631 .653]`. `[=]` where the interval has no width ({@link isExact}), `[-]` where
 * there are too few graphs for one, and `<.001 [<.001]` where number and both ends are so small.
 */
export function intervalCell(estimate: Estimate, format: (x: number) => string): string {
  const { value, low, high } = estimate;
  if (value === null) return NONE;
  if (low === null || high === null) return `${format(value)} [${NONE}]`;
  if (isExact(estimate)) return `${format(value)} [=]`;
  const ends = format(low) === BELOW && format(high) === BELOW ? BELOW : `${format(low)} ${format(high)}`;
  return `${format(value)} [${ends}]`;
}

/** Whether every resample gave the same number (up to the rounding of sums in another order). */
export function isExact({ value, low, high }: Estimate): boolean {
  if (value === null || low === null || high === null) return false;
  const rounding = 1e-12 * Math.abs(value);
  return Math.abs(high - value) <= rounding && Math.abs(low - value) <= rounding;
}

/** The number alone. */
export function valueCell({ value }: Estimate, format: (x: number) => string): string {
  return value === null ? NONE : format(value);
}

/**
 * A number between -1 and 1 with three decimals and no leading zero: `.642`, `-.031`, `1.00`. Only 1 itself (to 1e-9)
 * is shown as 1 and only 0 as 0, so that a table never claims a perfect score that is not one, nor an
 * absence that is none: what would round to either is `.999` and `<.001` (`>-.001` below zero).
 */
export function formatFraction(x: number): string {
  const magnitude = Math.abs(x);
  if (x === 0) return '.000';
  if (magnitude < 0.0005) return x < 0 ? '>-.001' : BELOW;
  const digits = magnitude > 1 - 1e-9 ? '1.00' : Math.min(magnitude, 0.999).toFixed(3).slice(1);
  return x < 0 ? `-${digits}` : digits;
}

/** A probability that may be tiny: `.2431`, `3.2e-7`. */
export function formatProbability(x: number): string {
  if (x === 0) return '0';
  if (x < 0.001) return x.toExponential(1);
  return x > 1 - 1e-9 ? '1.000' : Math.min(x, 0.9999).toFixed(4).slice(1);
}

/**
 * A number of any size with about three digits: `-3.21`, `12.4`, `812`, `.52`; two significant ones below .01, so that
 * a small difference is not taken for none: `-.0022`, `3.2e-5`.
 */
export function formatMagnitude(x: number): string {
  const magnitude = Math.abs(x);
  if (magnitude < NOTHING) return '.00';
  if (magnitude < 0.0001) return x.toExponential(1);
  if (magnitude < 0.00995) return withoutLeadingZero(x.toFixed(magnitude < 0.000995 ? 5 : 4));
  return withoutLeadingZero(x.toFixed(magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0));
}

function withoutLeadingZero(text: string): string {
  return text.replace(/^(-?)0\./, '$1.');
}
