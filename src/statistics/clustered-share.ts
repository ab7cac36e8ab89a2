import type { ClusteredProportion } from './clustered-wilson.js';
import { independentTrials, type ClusterTotals } from './independent-trials.js';
import { ROUNDING, type Alternative } from './permutation.js';
import { studentQuantile975, studentSurvival } from './student.js';
import { NORMAL_975, wilson } from './wilson.js';

/** A mean of values in [0, 1] whose 95 % interval allows for values that are alike within clusters. */
export interface ClusteredShare extends ClusteredProportion {
  /** Observations, whatever they weigh. */
  readonly n: number;
  /** Degrees of freedom of the interval; Infinity where it is one of the normal distribution. */
  readonly freedom: number;
}

/** The variance of a trial of even odds; see {@link clusteredShare}. */
const EVEN_ODDS = 0.25;

/**
 * The 95 % interval of a mean of values in [0, 1] (shares of items, AUCs of items) by Wilson's score method, without
 * resampling. With p the mean, S the mean of squared distances from it, and `trials` and `freedom` of
 * `independentTrials`:
 *
 *     dispersion = (trials S + 1/4) / (trials p (1 - p) + 1/4)     1 where all values are 0 or 1
 *     effective n = trials / dispersion (z / t)^2                  t with these degrees of freedom, z where they are infinite
 *
 * - Of zeros and ones, one a cluster, it is Wilson's interval itself; of several a cluster that of `clusteredWilson`.
 * - Values between 0 and 1 vary less than zeros and ones of the same mean, and the interval is narrower for it: the score
 *   test with a variance of dispersion p (1 - p) / n. But values close to 1 do not tell whether one in fifty is 0. The
 *   quarter is one imagined observation more, 0 or 1 at even odds: where hardly a value differs from 0 (from 1), they are
 *   read as zeros and ones, and where all are the same, 0.9 say, the interval keeps a width.
 * - One cluster says nothing of others, nor does one with hardly any beside it: [0, 1] where K < 2, unless every cluster has
 *   one observation.
 *
 * Coverage (`npm run bench -- coverage`), lowest and mean, with 10, 30, 100 and 300 clusters:
 *
 *     zeros and ones, shares of .02 to .98          .914 .956   .930 .952   .933 .950   .941 .950
 *     two a cluster, correlated by .5               .956 .976   .936 .959   .936 .952   .944 .951
 *     skewed values of means .75 to .98             .946 .978   .945 .971   .946 .964   .947 .954
 *     Student's interval of the same values         .436 .796   .661 .875   .852 .925   .920 .941
 *
 * @param values [n], in [0, 1]
 * @param clusters [n], the cluster of each, as whatever names it
 * @param weights [n], above 0; all 1 if omitted. Only their proportions matter
 * @throws RangeError if there are no values, lengths differ, or a number is out of range
 */
export function clusteredShare(
  values: ArrayLike<number>,
  clusters: ArrayLike<number | string>,
  weights?: ArrayLike<number>,
): ClusteredShare {
  const n = values.length;
  check(values, clusters, weights);
  const weightOf = (i: number): number => weights?.[i] ?? 1;
  const totals = new Map<number | string, { weight: number; sum: number; squaredWeight: number }>();
  let [weight, sum, missing] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = weightOf(i);
    const own = totals.get(clusters[i]) ?? { weight: 0, sum: 0, squaredWeight: 0 };
    own.weight += w;
    own.sum += w * values[i];
    own.squaredWeight += w * w;
    totals.set(clusters[i], own);
    weight += w;
    sum += w * values[i];
    missing += w * (1 - values[i]);
  }
  // Rounding must not part a mean from 0 or 1 that all values have.
  const value = sum === 0 ? 0 : missing === 0 ? 1 : sum / weight;
  const { spread, within } = squares(values, clusters, weightOf, value, totals);

  const { trials, freedom } = independentTrials([...totals.values()], spread / weight, within);
  if (trials === 0) return { value, low: 0, high: 1, n, clusters: totals.size, effectiveN: 0, freedom };
  const dispersion = ((trials * spread) / weight + EVEN_ODDS) / (trials * value * (1 - value) + EVEN_ODDS);
  const effectiveN = (trials / dispersion) * (NORMAL_975 / quantile975(freedom)) ** 2;
  const { low, high } = wilson(value * effectiveN, effectiveN);
  return { value, low, high, n, clusters: totals.size, effectiveN, freedom };
}

/**
 * One-sided p of a share against a threshold, by the score test that the interval inverts: below .025 exactly where the
 * whole interval lies beyond the threshold on the side of the alternative.
 *
 * @param share what {@link clusteredShare} found
 * @param threshold in [0, 1], chosen before the data are seen
 * @param alternative 'greater': p against "the share is the threshold or less"; 'less' the reverse
 * @returns 1 where the interval is [0, 1] because there is hardly one cluster
 * @throws RangeError if the threshold is not in [0, 1]
 */
export function shareP(
  { value, effectiveN, freedom }: Pick<ClusteredShare, 'value' | 'effectiveN' | 'freedom'>,
  threshold: number,
  alternative: Exclude<Alternative, 'two-sided'>,
): number {
  if (!(threshold >= 0 && threshold <= 1)) throw new RangeError(`the threshold is ${threshold}, not in [0, 1]`);
  if (effectiveN === 0) return 1;
  if (value === threshold) return 0.5;
  const independentN = effectiveN * (quantile975(freedom) / NORMAL_975) ** 2;
  const score = (value - threshold) / Math.sqrt((threshold * (1 - threshold)) / independentN);
  return studentSurvival(alternative === 'greater' ? score : -score, freedom);
}

function quantile975(freedom: number): number {
  return freedom === Infinity ? NORMAL_975 : studentQuantile975(freedom);
}

/** Weighted sums of squared distances from the mean, and from the cluster's own; 0 where they are but rounding. */
function squares(
  values: ArrayLike<number>,
  clusters: ArrayLike<number | string>,
  weightOf: (i: number) => number,
  mean: number,
  totals: ReadonlyMap<number | string, ClusterTotals>,
): { spread: number; within: number } {
  const square = (distance: number): number => (Math.abs(distance) < ROUNDING ? 0 : distance * distance);
  let [spread, within] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const own = totals.get(clusters[i]);
    spread += weightOf(i) * square(values[i] - mean);
    if (own !== undefined) within += weightOf(i) * square(values[i] - own.sum / own.weight);
  }
  return { spread, within };
}

function check(
  values: ArrayLike<number>,
  clusters: ArrayLike<number | string>,
  weights: ArrayLike<number> | undefined,
): void {
  const n = values.length;
  if (n === 0) throw new RangeError('there are no values');
  if (clusters.length !== n) throw new RangeError(`${n} values and ${clusters.length} clusters`);
  if (weights !== undefined && weights.length !== n) throw new RangeError(`${n} values and ${weights.length} weights`);
  for (let i = 0; i < n; i++) {
    if (!(values[i] >= 0 && values[i] <= 1)) throw new RangeError(`value ${i} is ${values[i]}, not in [0, 1]`);
    if (weights !== undefined && !(weights[i] > 0 && weights[i] < Infinity))
      throw new RangeError(`weight ${i} is ${weights[i]}, not above 0`);
  }
}
