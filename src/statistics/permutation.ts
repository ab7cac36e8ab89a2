import { createRandom } from '../random.js';

/** Random permutations, or flips of signs, where nobody says otherwise. */
export const DEFAULT_PERMUTATIONS = 2000;

/** What speaks against the hypothesis: a statistic that is large, that is small, or either. */
export type Alternative = 'two-sided' | 'greater' | 'less';

/** How labels are permuted: seed, number, alternative. */
export interface PermutationOptions {
  /** Same seed, same permutations, on every machine. */
  readonly seed: number | string;
  /** Number of permutations m, default {@link DEFAULT_PERMUTATIONS}; p is never below 1 / (m + 1). */
  readonly permutations?: number;
  /** Default two-sided. */
  readonly alternative?: Alternative;
}

/** What a permutation test found. */
export interface PermutationTest {
  /** On the data as they are. */
  readonly statistic: number;
  readonly p: number;
  /** How many random permutations p rests on. */
  readonly permutations: number;
}

/** The share of the statistic's size within which rounding may have parted two equal ones. */
export const ROUNDING = 1e-12;

/**
 * The p-value (b + 1) / (m + 1) where b of m random relabellings are at least as extreme as the data: the data are one
 * of the m + 1 labellings that were equally likely. b / m would be too small, and 0 at times (Phipson and Smyth,
 * Statistical Applications in Genetics and Molecular Biology 9, 2010).
 */
export function permutationP(extreme: number, permutations: number): number {
  return (extreme + 1) / (permutations + 1);
}

/** @throws RangeError if `count`, called `name`, is no whole number >= 1 */
export function checkCount(name: string, count: number): void {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`${name} is ${count}, not 1 or more`);
}

/**
 * Permutation test: whether the data would be as they are if the labels of the units were exchangeable. Units must be
 * independent of each other (graphs, not the nodes of one graph), or the test refuses true hypotheses.
 *
 * The two-sided p is twice the smaller one-sided one, at most 1, so that the statistic may have any expectation under
 * the hypothesis (an AUC has 0.5). A permutation that leaves the statistic undefined (NaN) counts as extreme, which can
 * only raise p.
 *
 * @param statistic called permutations + 1 times, the first time with 0, 1, 2, ...; unit i gets the label of unit
 *   `permutation[i]`. The array is overwritten after each call
 * @param units number of units
 * @returns p NaN where the statistic of the data is NaN
 * @throws RangeError if `units` or `permutations` is no whole number >= 1
 */
export function permutationTest(
  statistic: (permutation: readonly number[]) => number,
  units: number,
  { seed, permutations = DEFAULT_PERMUTATIONS, alternative = 'two-sided' }: PermutationOptions,
): PermutationTest {
  checkCount('units', units);
  checkCount('permutations', permutations);
  const permutation = Array.from({ length: units }, (_, i) => i);
  const observed = statistic(permutation);
  if (Number.isNaN(observed)) return { statistic: observed, p: observed, permutations };

  const rounding = ROUNDING * Math.abs(observed);
  const random = createRandom(seed).fork('permutations');
  let notBelow = 0;
  let notAbove = 0;
  for (let i = 0; i < permutations; i++) {
    const value = statistic(random.shuffle(permutation));
    // Written so that NaN counts.
    if (!(value < observed - rounding)) notBelow++;
    if (!(value > observed + rounding)) notAbove++;
  }
  const greater = permutationP(notBelow, permutations);
  const less = permutationP(notAbove, permutations);
  const p = { greater, less, 'two-sided': Math.min(1, 2 * Math.min(greater, less)) }[alternative];
  return { statistic: observed, p, permutations };
}
