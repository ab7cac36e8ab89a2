import { ROUNDING, type Alternative } from './permutation.js';
import { studentQuantile975, studentSurvival } from './student.js';

/** A statistic, and what each observation has to do with it. */
export interface Linearised {
  /** On all observations; NaN where they do not define it. */
  readonly value: number;
  /**
   * [n], how far each observation moves the value, times n: with one observation more of weight e, the value would be about
   * value + e influence / n. They add up to about 0.
   */
  readonly influence: ArrayLike<number>;
  /** Sum of squared influences of observations that are imagined for the variance alone; 0 if absent. */
  readonly imagined?: number;
}

/** A statistic with its cluster-robust 95 % interval; NaN where undefined. */
export interface LinearisedEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** Distinct clusters among the n observations. */
  readonly clusters: number;
  /** Of the value, between clusters; in its units. */
  readonly standardError: number;
  /** Degrees of freedom of the standard error: clusters - 1. */
  readonly freedom: number;
}

/**
 * The 95 % interval of a statistic from its linearisation, without resampling (Binder, International Statistical Review 51,
 * 1983; Liang and Zeger, Biometrika 73, 1986). With U_g the sum of the influences of cluster g of G, and M what is imagined:
 *
 *     standard error^2 = G / (G - 1) (sum U_g^2 + M) / n^2
 *     value +- t_{G-1} standard error
 *
 * For a mean with one observation a cluster it is Student's interval. It knows no bounds and needs symmetry: for values in
 * [0, 1], or between other bounds, `clusteredShare` is the one to use.
 *
 * Where there is one cluster, or no variance shows, there is no interval (NaN): clusters that are all alike are no certainty
 * about others.
 *
 * @param clusters [n], the cluster of each observation, as whatever names it
 * @throws RangeError if there are no observations or lengths differ
 */
export function linearisedInterval(
  { value, influence, imagined = 0 }: Linearised,
  clusters: ArrayLike<number | string>,
): LinearisedEstimate {
  const n = influence.length;
  if (n === 0) throw new RangeError('there are no observations');
  if (clusters.length !== n) throw new RangeError(`${n} observations and ${clusters.length} clusters`);
  const sums = new Map<number | string, number>();
  for (let i = 0; i < n; i++) sums.set(clusters[i], (sums.get(clusters[i]) ?? 0) + influence[i]);
  const count = sums.size;
  const squares = [...sums.values()].reduce((sum, own) => sum + own * own, imagined);
  const found = Math.sqrt((count / (count - 1)) * squares) / n;
  const standardError = found > ROUNDING * Math.abs(value) ? found : 0;
  const freedom = count - 1;
  const half = freedom > 0 && standardError > 0 ? studentQuantile975(freedom) * standardError : Number.NaN;
  return { value, low: value - half, high: value + half, n, clusters: count, standardError, freedom };
}

/**
 * One-sided p of a statistic against a threshold, t = (value - threshold) / standard error: below .025 exactly where the whole
 * interval lies beyond the threshold on the side of the alternative.
 *
 * @param estimate what {@link linearisedInterval} found
 * @param threshold finite, chosen before the data are seen
 * @param alternative 'greater': p against "the statistic is the threshold or less"; 'less' the reverse
 * @returns NaN where there is no interval
 * @throws RangeError if the threshold is not finite
 */
export function linearisedP(
  { value, low, standardError, freedom }: LinearisedEstimate,
  threshold: number,
  alternative: Exclude<Alternative, 'two-sided'>,
): number {
  if (!Number.isFinite(threshold)) throw new RangeError(`the threshold is ${threshold}, not finite`);
  if (Number.isNaN(low)) return Number.NaN;
  const t = (value - threshold) / standardError;
  return studentSurvival(alternative === 'greater' ? t : -t, freedom);
}
