import { quantile } from '../../src/statistics/index.js';

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

/** To four digits. */
export function rounded(x: number): number {
  return Number(x.toPrecision(4));
}
