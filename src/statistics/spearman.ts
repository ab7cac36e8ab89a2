/**
 * Ranks 1..n, ascending; equal values share the mean of the ranks they take up (mid-ranks), so that the order of the
 * rows decides nothing.
 *
 * @param values [n], not NaN
 * @throws RangeError on NaN
 */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  for (let i = 0; i < n; i++) if (Number.isNaN(values[i])) throw new RangeError(`value ${i} is NaN`);
  // Not by subtraction: Infinity - Infinity is NaN.
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  order.sort((a, b) => (values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0));
  const ranks = new Float64Array(n);
  for (let start = 0, end = 0; start < n; start = end) {
    while (end < n && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2;
  }
  return ranks;
}

/**
 * Spearman's rank correlation (1904): Pearson's correlation of the mid-ranks, which unlike 1 - 6 sum d^2 / (n^3 - n)
 * is right with ties too. NaN where one side is constant or n is below 2.
 *
 * @param first [n], not NaN
 * @param second [n], not NaN
 * @throws RangeError on NaN, or if the lengths differ
 */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length) throw new RangeError(`${first.length} and ${second.length} values`);
  const [a, b] = [midRanks(first), midRanks(second)];
  const middle = (a.length + 1) / 2;
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let i = 0; i < a.length; i++) {
    covariance += (a[i] - middle) * (b[i] - middle);
    varianceA += (a[i] - middle) ** 2;
    varianceB += (b[i] - middle) ** 2;
  }
  return covariance / Math.sqrt(varianceA * varianceB);
}
