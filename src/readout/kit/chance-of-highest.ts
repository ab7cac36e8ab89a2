/**
 * The chance that the highest of `candidates` is right if the thought knows nothing: for any score that is independent
 * of the graph, in expectation. Nodes that are read by one token have one score, so a token is drawn uniformly among
 * the candidates', then one of the candidates that it names. Without shared tokens this is the plain fraction of right
 * candidates; with them, that fraction is not what noise attains.
 *
 * @param tokens indexed by candidate: equal numbers stand for equal scores
 * @param candidates at least one
 */
export function chanceOfHighest(
  tokens: ArrayLike<number>,
  candidates: readonly number[],
  right: (candidate: number) => boolean,
): number {
  const named = new Map<number, number>();
  for (const candidate of candidates) named.set(tokens[candidate], (named.get(tokens[candidate]) ?? 0) + 1);
  const perToken = candidates
    .filter(right)
    .reduce((sum, candidate) => sum + 1 / (named.get(tokens[candidate]) ?? 1), 0);
  return perToken / named.size;
}
