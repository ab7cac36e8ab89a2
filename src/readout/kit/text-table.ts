import { BELOW_FRACTIONS } from '../../drawing/index.js';
import type { Estimate } from '../../statistics/index.js';

/** Stands where there is no number. */
const NONE = '-';

/**
 * A number with its interval, `.642 [.631 .653]`. `[=]` where the interval has no width ({@link isExact}), `[-]` where
 * there are too few graphs for one, and `<.001 [<.001]` where number and both ends are so small.
 */
export function intervalCell(estimate: Estimate, format: (x: number) => string): string {
  const { value, low, high } = estimate;
  if (value === null) return NONE;
  if (low === null || high === null) return `${format(value)} [${NONE}]`;
  if (isExact(estimate)) return `${format(value)} [=]`;
  const ends =
    format(low) === BELOW_FRACTIONS && format(high) === BELOW_FRACTIONS
      ? BELOW_FRACTIONS
      : `${format(low)} ${format(high)}`;
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
