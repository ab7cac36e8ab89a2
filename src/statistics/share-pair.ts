import { clusteredShare, type ClusteredShare } from './clustered-share.js';
import { ROUNDING } from './permutation.js';

/** Values in [0, 1] and the cluster of each, as whatever names it. */
export interface ClusteredValues {
  /** [n], at least one */
  readonly values: readonly number[];
  /** [n] */
  readonly clusters: readonly (number | string)[];
}

/** Two shares that are compared. */
export interface SharePair<Share = ClusteredShare> {
  readonly one: Share;
  readonly other: Share;
  /** Of the two over samples, in [-1, 1]; 0 where they are of different clusters. */
  readonly correlation: number;
}

/**
 * Two means of values in [0, 1], of the same observations, others of the same clusters, or of other clusters. With U_g the sum of
 * the distances of a cluster's values from the first mean, 0 where it has none, and V_g likewise from the second:
 *
 *     correlation = sum U_g V_g / sqrt(sum U_g^2 sum V_g^2)     0 where one of them does not vary
 */
export function sharePair(one: ClusteredValues, other: ClusteredValues): SharePair {
  const shares = { one: clusteredShare(one.values, one.clusters), other: clusteredShare(other.values, other.clusters) };
  const [u, v] = [distances(one, shares.one.value), distances(other, shares.other.value)];
  const squares = (own: ReadonlyMap<unknown, number>): number => [...own.values()].reduce((sum, x) => sum + x * x, 0);
  const product = [...u].reduce((sum, [cluster, x]) => sum + x * (v.get(cluster) ?? 0), 0);
  const scale = Math.sqrt(squares(u) * squares(v));
  return { ...shares, correlation: scale === 0 ? 0 : Math.max(-1, Math.min(1, product / scale)) };
}

/** By cluster, the sum of the distances of its values from a mean. */
function distances({ values, clusters }: ClusteredValues, mean: number): ReadonlyMap<number | string, number> {
  const sums = new Map<number | string, number>();
  values.forEach((value, i) => {
    const distance = Math.abs(value - mean) < ROUNDING ? 0 : value - mean;
    sums.set(clusters[i], (sums.get(clusters[i]) ?? 0) + distance);
  });
  return sums;
}
