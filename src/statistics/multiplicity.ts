import { permutationP, ROUNDING } from './permutation.js';

/**
 * Holm's step-down adjustment of p-values (Holm, Scandinavian Journal of Statistics 6, 1979): the smallest of m times m,
 * the next times m - 1, and so on, none smaller than the one before it and none above 1. To refuse those hypotheses
 * whose adjusted p is at most alpha refuses any true one with probability at most alpha, whatever the dependence.
 *
 * @param pValues one per hypothesis; null, undefined or NaN where the data defined no test. These are left out of the
 *   family, which is fair only where a test is missing for reasons other than its result
 * @returns adjusted, in the order given; null where there was no test
 * @throws RangeError if a p is not in [0, 1]
 */
export function holm(pValues: readonly (number | null | undefined)[]): (number | null)[] {
  const family: { readonly index: number; readonly p: number }[] = [];
  pValues.forEach((p, index) => {
    if (p === null || p === undefined || Number.isNaN(p)) return;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`p-value ${index} is ${p}, not in [0, 1]`);
    family.push({ index, p });
  });
  family.sort((a, b) => a.p - b.p);
  const adjusted = new Array<number | null>(pValues.length).fill(null);
  let last = 0;
  family.forEach(({ index, p }, rank) => {
    last = Math.min(1, Math.max(last, (family.length - rank) * p));
    adjusted[index] = last;
  });
  return adjusted;
}

/**
 * Single-step max-T adjustment (Westfall and Young, Resampling-Based Multiple Testing, 1993, section 2.3.1): a
 * statistic's p is the share of relabellings whose largest statistic, over all hypotheses, reaches it. It gains on
 * {@link holm} where the statistics are dependent, as those of neighbouring layers and steps are.
 *
 * Large is extreme; for a two-sided test give absolute values. The statistics should have about the same distribution
 * under the hypothesis (t statistics rather than differences), or the widest one alone decides.
 *
 * @param observed one per hypothesis; NaN where the data defined no test, which is left out of the family
 * @param permuted by relabelling, the same statistics: all cells of a relabelling under the same permutation or signs
 * @returns (b + 1) / (m + 1) in the order of `observed`; null where there was no test
 * @throws RangeError if there are no relabellings, or one has another number of statistics or NaN where `observed` has
 *   a number
 */
export function maxT(observed: ArrayLike<number>, permuted: readonly ArrayLike<number>[]): (number | null)[] {
  if (permuted.length === 0) throw new RangeError('there are no relabellings');
  const values = Array.from(observed);
  const family = [...values.keys()].filter((i) => !Number.isNaN(values[i]));
  const largest = permuted.map((statistics, relabelling) => {
    if (statistics.length !== values.length)
      throw new RangeError(`relabelling ${relabelling} has ${statistics.length} statistics, not ${values.length}`);
    let highest = -Infinity;
    for (const i of family) {
      // Math.max would let NaN through, and a comparison would pass over it: either is a wrong p.
      if (Number.isNaN(statistics[i])) throw new RangeError(`statistic ${i} of relabelling ${relabelling} is NaN`);
      highest = Math.max(highest, statistics[i]);
    }
    return highest;
  });
  return values.map((value) => {
    if (Number.isNaN(value)) return null;
    const bound = Number.isFinite(value) ? value - ROUNDING * Math.abs(value) : value;
    return permutationP(largest.filter((highest) => highest >= bound).length, largest.length);
  });
}
