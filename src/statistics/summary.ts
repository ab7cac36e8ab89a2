/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * Quantile by linear interpolation between order statistics: position p (n - 1) in the sorted values, type 7 of
 * Hyndman and Fan (The American Statistician 50, 1996), the default of R and NumPy. NaN of nothing.
 *
 * @param sorted ascending
 * @param p in [0, 1]
 * @throws RangeError if p is not in [0, 1]
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile(sorted, p): p is ${p}, not in [0, 1]`);
  if (sorted.length === 0) return Number.NaN;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
