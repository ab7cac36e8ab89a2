/** Scores in ascending order with what belongs to each, sorted once so that many weightings can be evaluated. */
export interface Ranking {
  readonly groupCount: number;
  /** [n]: group of the i-th lowest score, in 0..groupCount-1. */
  readonly groups: Uint8Array;
  /** [n]: cluster of the i-th lowest score. */
  readonly clusters: Uint32Array;
  /** [n]: 1 where the (i+1)-th lowest score equals the i-th. */
  readonly tiedWithNext: Uint8Array;
}

/**
 * Sorts scores for {@link concordance}; O(n log n).
 *
 * @param scores [n]
 * @param groups [n], whole numbers in 0..groupCount-1
 * @param groupCount 1..256
 * @param clusters [n], whole numbers >= 0; all 0 if omitted
 * @throws RangeError on a NaN score or a group that is out of range
 */
export function rankScores(
  scores: ArrayLike<number>,
  groups: ArrayLike<number>,
  groupCount: number,
  clusters?: ArrayLike<number>,
): Ranking {
  const n = scores.length;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(scores[i])) throw new RangeError(`score ${i} is NaN`);
    if (!(groups[i] >= 0 && groups[i] < groupCount)) {
      throw new RangeError(`group ${i} is ${groups[i]}, not in 0..${groupCount - 1}`);
    }
    order[i] = i;
  }
  // Not by subtraction: Infinity - Infinity is NaN.
  order.sort((a, b) => (scores[a] < scores[b] ? -1 : scores[a] > scores[b] ? 1 : 0));
  const ranking: Ranking = {
    groupCount,
    groups: new Uint8Array(n),
    clusters: new Uint32Array(n),
    tiedWithNext: new Uint8Array(n),
  };
  order.forEach((from, i) => {
    ranking.groups[i] = groups[from];
    ranking.clusters[i] = clusters?.[from] ?? 0;
    if (i + 1 < n && scores[from] === scores[order[i + 1]]) ranking.tiedWithNext[i] = 1;
  });
  return ranking;
}

/**
 * For every pair of groups, how often a member of the first scores above a member of the second, ties counting half:
 *
 *     C[a, b] = sum over i in a, j in b of w_i w_j ([s_i > s_j] + [s_i = s_j] / 2)
 *
 * where w_i is the weight of i's cluster. So C[a, b] + C[b, a] is the weighted number of pairs, and the AUC of any
 * union of groups against any other is a ratio of sums over C ({@link aucOf}). With the draw counts of a resample as
 * weights this is the concordance of the resampled data, copies of a cluster included. O(n groupCount).
 *
 * @param weights one per cluster; all 1 if omitted
 * @returns [groupCount, groupCount], row-major
 */
export function concordance(ranking: Ranking, weights?: Float64Array): Float64Array {
  const { groupCount, groups, clusters, tiedWithNext } = ranking;
  const pairs = new Float64Array(groupCount * groupCount);
  const below = new Float64Array(groupCount);
  const tied = new Float64Array(groupCount);
  let inTie = false;
  for (let i = 0; i < groups.length; i++) {
    const weight = weights === undefined ? 1 : weights[clusters[i]];
    const group = groups[i];
    if (inTie || tiedWithNext[i] === 1) {
      tied[group] += weight;
      inTie = tiedWithNext[i] === 1;
      if (inTie) continue;
      for (let a = 0; a < groupCount; a++) {
        for (let b = 0; b < groupCount; b++) pairs[a * groupCount + b] += tied[a] * (below[b] + tied[b] / 2);
      }
      for (let a = 0; a < groupCount; a++) below[a] += tied[a];
      tied.fill(0);
      continue;
    }
    if (weight === 0) continue;
    const row = group * groupCount;
    for (let b = 0; b < groupCount; b++) pairs[row + b] += weight * below[b];
    pairs[row + group] += (weight * weight) / 2; // a score is tied with itself, as in the branch above
    below[group] += weight;
  }
  return pairs;
}

/**
 * AUC of the union of groups `positive` against the union of groups `negative`: the probability that a member of the
 * first, drawn at random, scores above one of the second, ties counting half (Mann-Whitney U over the number of pairs).
 * NaN if either side is empty.
 *
 * @param pairs of {@link concordance}, [groupCount, groupCount]
 * @param positive groups, disjoint from `negative`
 */
export function aucOf(
  pairs: Float64Array,
  groupCount: number,
  positive: readonly number[],
  negative: readonly number[],
): number {
  let above = 0;
  let all = 0;
  for (const a of positive) {
    for (const b of negative) {
      const wins = pairs[a * groupCount + b];
      above += wins;
      all += wins + pairs[b * groupCount + a];
    }
  }
  return above / all;
}

/**
 * Area under the ROC curve of a score for a binary label (Hanley and McNeil, Radiology 143, 1982): the probability that
 * a positive scores above a negative, ties counting half. 0.5 for a score that ignores the label, NaN if one label is
 * absent. O(n log n).
 *
 * @param scores [n]
 * @param labels [n], true for positive
 * @throws RangeError on a NaN score
 */
export function auc(scores: ArrayLike<number>, labels: readonly boolean[]): number {
  return aucOf(concordance(rankScores(scores, labels.map(Number), 2)), 2, [1], [0]);
}
