import { ROUNDING } from './permutation.js';

/** What one cluster has to do with a mean: sums over its observations. */
export interface ClusterTotals {
  /** Of weights, above 0; the number of observations where all weigh 1. */
  readonly weight: number;
  /** Of weights times values. */
  readonly sum: number;
  /** Of squared weights. */
  readonly squaredWeight: number;
}

/** How much a mean over clusters rests on. */
export interface Independence {
  /** How many independent observations have a mean as uncertain as this one; 0 where that cannot be said. */
  readonly trials: number;
  /** Degrees of freedom of the estimate of its variance; Infinity where every cluster has one observation. */
  readonly freedom: number;
}

/**
 * How many independent observations a mean over clusters is worth. With G clusters of weight W_g and sum X_g, W = sum W_g,
 * w the single weights, and p = sum X_g / W:
 *
 *     N = W^2 / sum w^2        as many observations of equal weight would say as much (Kish 1965)
 *     K = W^2 / sum W_g^2      likewise clusters, at most G
 *     jackknife = (G - 1) / G sum ((X_g - p W_g) / (W - W_g))^2      variance of p: each cluster against the others
 *     model = S D / (N - D), D = 1 + r (N / K - 1)                   the same, if observations of a cluster correlate by r
 *     r from A by the method of moments: E A / W = a (1 - r) s^2, E S = (1 - D / N) s^2, a = 1 - sum_g (sum w^2) / W_g / W
 *     trials = S / max(jackknife, model), at most N
 *     freedom = K - 1
 *
 * - Where every cluster has one observation (N = K), they are N independent ones.
 * - Else, where K < 2, one cluster has nearly all the weight and says nothing of others: 0 trials.
 * - Else, where S is 0, no variance shows; the observations of a cluster are then taken to be copies of one: K trials.
 *
 * @param clusters at least one
 * @param spread S, the weighted mean of squared distances from p
 * @param within A, the weighted sum of squared distances from the cluster's own mean
 */
export function independentTrials(clusters: readonly ClusterTotals[], spread: number, within: number): Independence {
  const count = clusters.length;
  const weight = clusters.reduce((sum, cluster) => sum + cluster.weight, 0);
  const mean = clusters.reduce((sum, cluster) => sum + cluster.sum, 0) / weight;
  const observations = weight ** 2 / clusters.reduce((sum, cluster) => sum + cluster.squaredWeight, 0);
  const equalClusters = weight ** 2 / clusters.reduce((sum, cluster) => sum + cluster.weight ** 2, 0);
  const others = observations / equalClusters - 1;
  if (others < ROUNDING) return { trials: observations, freedom: Infinity };
  const freedom = equalClusters - 1;
  if (equalClusters < 2 - ROUNDING) return { trials: 0, freedom };
  if (spread === 0) return { trials: equalClusters, freedom };

  const squares = clusters.reduce((sum, own) => sum + ((own.sum - mean * own.weight) / (weight - own.weight)) ** 2, 0);
  const jackknife = ((count - 1) / count) * squares;

  // a N: the degrees of freedom within clusters.
  const alone = clusters.reduce((sum, own) => sum + own.squaredWeight / own.weight, 0);
  const inside = observations - (observations / weight) * alone;
  const share = within / (weight * spread);
  const correlation = (inside - share * (observations - 1)) / (inside - share * others);
  const designEffect = 1 + correlation * others;
  // Below 0 where clusters differ less than independent observations would let them.
  const model = (spread * designEffect) / (observations - designEffect);

  return { trials: Math.min(observations, spread / Math.max(jackknife, model)), freedom };
}
