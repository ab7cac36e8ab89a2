import { createRandom } from '../random.js';
import type { Estimate } from './estimate.js';
import { quantile } from './summary.js';

/** Below this many contributing clusters no interval is given; see {@link clusterBootstrap} for why. */
export const MINIMUM_CLUSTERS = 10;

/** Resamples of a bootstrap where nobody says otherwise. */
export const DEFAULT_RESAMPLES = 2000;

/** How a bootstrap is drawn: its seed, how many resamples, which level. */
export interface BootstrapOptions {
  /** Same seed, same resamples, on every machine. */
  readonly seed: number | string;
  /** Number of resamples, default {@link DEFAULT_RESAMPLES}. */
  readonly resamples?: number;
  /** Coverage aimed at, in (0, 1); default 0.95. */
  readonly level?: number;
}

/**
 * Statistics as functions of how often each cluster is drawn.
 *
 * @param weights [clusters]: all 1 for the full sample, draw counts for a resample
 * @param values [statistics]: to be filled in; NaN where the drawn clusters do not define the statistic
 */
export type WeightedStatistics = (weights: Float64Array, values: Float64Array) => void;

/** A statistic on the full sample and its bootstrap interval; NaN where undefined. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Cluster bootstrap with percentile intervals (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13;
 * Davison and Hinkley 1997, 3.8 for clusters). Whole clusters (graphs) are drawn with replacement, as many as there
 * are, because the nodes of one graph are not independent. A resample is the vector of draw counts, so that a
 * statistic made of per-cluster sums costs one weighted sum, and all statistics see the same resamples: a difference of
 * two of them is a paired one.
 *
 * Choices, and what they mean:
 * - A ratio (a mean over nodes, pooled over graphs; a mean over those items that have a frontier) is recomputed as
 *   sum of numerators / sum of denominators in each resample, so that its random denominator is part of the interval.
 * - A resample that draws no cluster with data for a statistic leaves it undefined and is left out for that statistic.
 * - The percentile interval is too narrow for few clusters. Nominal 95 % intervals for the mean of normal data covered
 *   84 % with 5 clusters, 91 % with 10, 92 % with 20, 94 % with 50 (2,000 simulated samples each, this function).
 *   Hence {@link MINIMUM_CLUSTERS}.
 * - Where every cluster gives the same value the interval has width 0. That is not certainty: with n clusters, a
 *   deviation in a fraction 3/n of them is not excluded at 95 % (the rule of three).
 *
 * @param statistics called resamples + 1 times, the first time with all weights 1
 * @param size number of clusters and of statistics
 * @returns one interval per statistic, without regard to {@link MINIMUM_CLUSTERS} ({@link toEstimate} applies it)
 * @throws RangeError if `resamples` is no whole number >= 1 or `level` is not in (0, 1)
 */
export function clusterBootstrap(
  statistics: WeightedStatistics,
  size: { readonly clusters: number; readonly statistics: number },
  { seed, resamples = DEFAULT_RESAMPLES, level = 0.95 }: BootstrapOptions,
): Interval[] {
  if (!Number.isInteger(resamples) || resamples < 1) throw new RangeError(`resamples is ${resamples}, not 1 or more`);
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}, not in (0, 1)`);

  const values = new Float64Array(size.statistics).fill(Number.NaN);
  const weights = new Float64Array(size.clusters).fill(1);
  statistics(weights, values);
  const full = values.slice();

  const drawn: Float64Array[] = Array.from({ length: size.statistics }, () => new Float64Array(resamples));
  const random = createRandom(seed).fork('cluster bootstrap');
  for (let r = 0; r < resamples; r++) {
    weights.fill(0);
    for (let i = 0; i < size.clusters; i++) weights[random.integer(size.clusters)]++;
    values.fill(Number.NaN);
    statistics(weights, values);
    drawn.forEach((column, s) => (column[r] = values[s]));
  }

  const tail = (1 - level) / 2;
  return drawn.map((column, s) => {
    const defined = column.filter((value) => !Number.isNaN(value)).sort();
    return { value: full[s], low: quantile(defined, tail), high: quantile(defined, 1 - tail) };
  });
}

/**
 * An interval as a report shows it: NaN becomes null, and the ends are left out where fewer than
 * {@link MINIMUM_CLUSTERS} clusters contribute.
 *
 * @param n items that contribute
 * @param clusters clusters that contribute
 */
export function toEstimate({ value, low, high }: Interval, n: number, clusters: number): Estimate {
  const enough = clusters >= MINIMUM_CLUSTERS;
  return { value: orNull(value), low: enough ? orNull(low) : null, high: enough ? orNull(high) : null, n, clusters };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
