import { createRandom } from '../random.js';
import { checkCount, DEFAULT_PERMUTATIONS, permutationP, ROUNDING, type Alternative } from './permutation.js';
import { mean } from './summary.js';

/** How signs are flipped: seed, number, alternative. */
export interface SignFlipOptions {
  /** Same seed, same flips, on every machine. */
  readonly seed: number | string;
  /** Number of random flips m, default {@link DEFAULT_PERMUTATIONS}; where there are no more than m, all are made. */
  readonly flips?: number;
  /** Default two-sided. */
  readonly alternative?: Alternative;
}

/** What a sign-flip test found. */
export interface SignFlipTest {
  /** Mean difference. */
  readonly mean: number;
  readonly p: number;
  /** How many flips, the data's own signs not among them, p rests on. */
  readonly flips: number;
  /** Whether these are all there are, so that p is free of chance and of the seed. */
  readonly exact: boolean;
}

/**
 * Sign patterns for n units, other than all +1: all 2^n - 1 of them where 2^n <= `flips`, else `flips` random ones. With
 * one of them applied to every cell of a grid, the cells' statistics keep their dependence, as `maxT` needs.
 *
 * @yields [n], 1 or -1; overwritten by the next
 * @throws RangeError if `units` or `flips` is no whole number >= 1
 */
export function* signFlips(
  units: number,
  { seed, flips = DEFAULT_PERMUTATIONS }: Pick<SignFlipOptions, 'seed' | 'flips'>,
): Generator<Int8Array, void> {
  checkCount('units', units);
  checkCount('flips', flips);
  const signs = new Int8Array(units);
  const patterns = 2 ** units;
  if (patterns <= flips) {
    for (let pattern = 1; pattern < patterns; pattern++) {
      for (let i = 0; i < units; i++) signs[i] = (pattern >>> i) & 1 ? -1 : 1;
      yield signs;
    }
    return;
  }
  const random = createRandom(seed).fork('sign flips');
  for (let flip = 0; flip < flips; flip++) {
    for (let i = 0; i < units; i++) signs[i] = random.integer(2) === 1 ? -1 : 1;
    yield signs;
  }
}

/**
 * Sign-flip test of paired differences (Fisher, The Design of Experiments, 1935, section 21): whether they may be
 * symmetric about 0, so that each could as well have had the other sign. p is the share of sign patterns, the data's own
 * among them, whose mean difference is at least as extreme: (b + 1) / (m + 1), see `permutationP`.
 *
 * Where items come in clusters (graphs), a difference is one cluster's: its mean if clusters count alike, its sum if
 * items do. Differences of 0 stay in the mean and change no p.
 *
 * @param differences one per cluster
 * @throws RangeError if there are none, one is not finite, or `flips` is no whole number >= 1
 */
export function signFlipTest(
  differences: ArrayLike<number>,
  { seed, flips = DEFAULT_PERMUTATIONS, alternative = 'two-sided' }: SignFlipOptions,
): SignFlipTest {
  checkCount('flips', flips);
  if (differences.length === 0) throw new RangeError('there are no differences');
  const all = Array.from(differences);
  all.forEach((difference, i) => {
    if (!Number.isFinite(difference)) throw new RangeError(`difference ${i} is ${difference}, not a finite number`);
  });
  // Zeros have no sign to flip; without them, all patterns are more often few enough to be tried.
  const moved = all.filter((difference) => difference !== 0);
  if (moved.length === 0) return { mean: 0, p: 1, flips: 0, exact: true };

  const extremeness = { 'two-sided': Math.abs, greater: (x: number) => x, less: (x: number) => -x }[alternative];
  const size = moved.reduce((sum, difference) => sum + Math.abs(difference), 0);
  const bound = extremeness(moved.reduce((sum, difference) => sum + difference, 0)) - ROUNDING * size;
  let made = 0;
  let extreme = 0;
  for (const signs of signFlips(moved.length, { seed, flips })) {
    let sum = 0;
    for (let i = 0; i < signs.length; i++) sum += signs[i] * moved[i];
    if (extremeness(sum) >= bound) extreme++;
    made++;
  }
  return { mean: mean(all), p: permutationP(extreme, made), flips: made, exact: 2 ** moved.length <= flips };
}
