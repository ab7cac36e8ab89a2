/** Two judges' verdicts on the same items. */
export interface McNemarTest {
  /** Items that only the first has right, and that only the second has right. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Exact two-sided p: the clusters that differ, each against a fair coin. 1 where there are none. */
  readonly p: number;
}

/**
 * McNemar's exact test of whether two judges are right equally often on the same items (McNemar 1947): the probability
 * that the difference would be as large if in every cluster the judges could as well have been exchanged. Where each item
 * is a cluster of its own, that is twice the binomial tail of the items on which they differ.
 *
 * @param first whether each item is right [n]
 * @param second likewise, in the same order
 * @param clusters what each item belongs to, as items about one graph are alike [n]; default each to itself
 * @throws RangeError if the lengths differ
 */
export function mcnemar(
  first: readonly boolean[],
  second: readonly boolean[],
  clusters: readonly (string | number)[] = first.map((_, i) => i),
): McNemarTest {
  if (first.length !== second.length || first.length !== clusters.length) {
    throw new RangeError(`${first.length} and ${second.length} verdicts in ${clusters.length} places`);
  }
  let onlyFirst = 0;
  let onlySecond = 0;
  const differences = new Map<string | number, number>();
  first.forEach((right, i) => {
    const difference = Number(right) - Number(second[i]);
    if (difference > 0) onlyFirst++;
    if (difference < 0) onlySecond++;
    differences.set(clusters[i], (differences.get(clusters[i]) ?? 0) + difference);
  });
  const sizes = [...differences.values()].map(Math.abs).filter((size) => size > 0);
  return { onlyFirst, onlySecond, p: twoSidedTail(sizes, Math.abs(onlyFirst - onlySecond)) };
}

/** P(|X| >= least) for X the sum of whole numbers under random signs, from its whole distribution. */
function twoSidedTail(sizes: readonly number[], least: number): number {
  const reach = sizes.reduce((sum, size) => sum + size, 0);
  // Index reach + x: P(X = x) of the sizes so far.
  let probabilities = new Float64Array(2 * reach + 1);
  probabilities[reach] = 1;
  let reached = 0;
  for (const size of sizes) {
    const next = new Float64Array(probabilities.length);
    for (let i = reach - reached; i <= reach + reached; i++) {
      next[i - size] += probabilities[i] / 2;
      next[i + size] += probabilities[i] / 2;
    }
    probabilities = next;
    reached += size;
  }
  if (least === 0) return 1;
  return Math.min(1, 2 * probabilities.subarray(reach + least).reduce((sum, p) => sum + p, 0));
}
