/** One comparison of scored groups: the union of some groups against the union of others. */
export interface GroupContrast {
  /** Group numbers. */
  readonly positive: readonly number[];
  /** Group numbers, none of them also in `positive`. */
  readonly negative: readonly number[];
}

/** One group against another, ranked: all that is needed of the scores. */
interface RankedPair {
  readonly positive: number;
  readonly negative: number;
  /** For each positive, ascending by score: how many negatives score strictly below it. */
  readonly below: Uint32Array;
  /** Likewise, how many score below it or the same. */
  readonly upTo: Uint32Array;
}

/**
 * AUC of several contrasts between groups of scored members, ranked once so that it can be evaluated for many
 * weightings of the clusters to which the members belong.
 *
 * The AUC is the probability that a member drawn from the positive side scores above one drawn from the negative side,
 * ties counting half: the area under the ROC curve and the Mann-Whitney U over the number of pairs (Hanley and McNeil,
 * Radiology 143, 1982). With weights, members are drawn in proportion to their cluster's weight, so that draw counts
 * give the AUC of the resampled data exactly, pairs between copies of a cluster included.
 *
 * Ranking costs O(n log n), an evaluation O(n) per pair of groups.
 */
export class RankedContrasts {
  readonly #contrasts: readonly (readonly RankedPair[])[];
  /** By group: the clusters of its members, ascending by score. */
  readonly #clusters: readonly Uint32Array[];
  /** By group, overwritten in every evaluation: the members' weights and the sums of the first 0, 1, ... of them. */
  readonly #weights: readonly Float64Array[];
  readonly #cumulative: readonly Float64Array[];

  /**
   * @param scores [n], not NaN
   * @param groups [n], whole numbers in 0..groupCount-1
   * @param contrasts whose groups are in 0..groupCount-1
   * @param clusters [n], whole numbers >= 0; all 0 if omitted
   * @throws RangeError on a NaN score or a group out of range
   */
  constructor(
    scores: ArrayLike<number>,
    groups: ArrayLike<number>,
    groupCount: number,
    contrasts: readonly GroupContrast[],
    clusters?: ArrayLike<number>,
  ) {
    const members = sortedMembers(scores, groups, groupCount);
    const ranked = new Map<string, RankedPair>();
    this.#contrasts = contrasts.map(({ positive, negative }) =>
      positive.flatMap((a) =>
        negative.map((b) => {
          const key = `${a},${b}`;
          const pair = ranked.get(key) ?? {
            positive: a,
            negative: b,
            ...countBelow(scores, members[a], members[b]),
          };
          ranked.set(key, pair);
          return pair;
        }),
      ),
    );
    this.#clusters = members.map((own) => Uint32Array.from(own, (i) => clusters?.[i] ?? 0));
    this.#weights = members.map((own) => new Float64Array(own.length));
    this.#cumulative = members.map((own) => new Float64Array(own.length + 1));
  }

  /**
   * The AUC of every contrast; NaN where one side is empty or has no weight.
   *
   * @param clusterWeights one per cluster, >= 0
   * @param values [contrasts], overwritten
   */
  evaluate(clusterWeights: Float64Array, values: Float64Array): void {
    this.#clusters.forEach((clusters, group) => {
      const weights = this.#weights[group];
      const cumulative = this.#cumulative[group];
      let sum = 0;
      for (let i = 0; i < clusters.length; i++) {
        weights[i] = clusterWeights[clusters[i]];
        sum += weights[i];
        cumulative[i + 1] = sum;
      }
    });
    const wins = new Map<RankedPair, number>();
    this.#contrasts.forEach((pairs, contrast) => {
      let won = 0;
      let all = 0;
      for (const pair of pairs) {
        const own = wins.get(pair) ?? this.#wins(pair);
        wins.set(pair, own);
        won += own;
        all += this.#total(pair.positive) * this.#total(pair.negative);
      }
      values[contrast] = won / all;
    });
  }

  /** The weighted number of pairs in which the positive scores higher, ties counting half. */
  #wins({ positive, negative, below, upTo }: RankedPair): number {
    const weights = this.#weights[positive];
    const cumulative = this.#cumulative[negative];
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i] * (cumulative[below[i]] + cumulative[upTo[i]]);
    return sum / 2;
  }

  #total(group: number): number {
    const cumulative = this.#cumulative[group];
    return cumulative[cumulative.length - 1];
  }
}

/** By group, the indices of its members, ascending by score. */
function sortedMembers(scores: ArrayLike<number>, groups: ArrayLike<number>, groupCount: number): number[][] {
  const members: number[][] = Array.from({ length: groupCount }, () => []);
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i])) throw new RangeError(`score ${i} is NaN`);
    if (!(groups[i] in members)) throw new RangeError(`group ${i} is ${groups[i]}, not in 0..${groupCount - 1}`);
    members[groups[i]].push(i);
  }
  // Not by subtraction: Infinity - Infinity is NaN.
  for (const own of members) own.sort((a, b) => (scores[a] < scores[b] ? -1 : scores[a] > scores[b] ? 1 : 0));
  return members;
}

function countBelow(
  scores: ArrayLike<number>,
  positives: readonly number[],
  negatives: readonly number[],
): Pick<RankedPair, 'below' | 'upTo'> {
  const below = new Uint32Array(positives.length);
  const upTo = new Uint32Array(positives.length);
  let lower = 0;
  let notHigher = 0;
  positives.forEach((member, i) => {
    const score = scores[member];
    while (lower < negatives.length && scores[negatives[lower]] < score) lower++;
    while (notHigher < negatives.length && scores[negatives[notHigher]] <= score) notHigher++;
    below[i] = lower;
    upTo[i] = notHigher;
  });
  return { below, upTo };
}

/**
 * Area under the ROC curve of a score for a binary label: the probability that a positive scores above a negative,
 * ties counting half. 0.5 in expectation for a score that ignores the label, NaN if one label is absent. O(n log n).
 *
 * @param scores [n], not NaN
 * @param labels [n], true for positive
 * @throws RangeError on a NaN score
 */
export function auc(scores: ArrayLike<number>, labels: readonly boolean[]): number {
  const value = new Float64Array(1);
  const ranked = new RankedContrasts(scores, labels.map(Number), 2, [{ positive: [1], negative: [0] }]);
  ranked.evaluate(Float64Array.of(1), value);
  return value[0];
}
