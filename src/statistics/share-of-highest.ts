/**
 * The probability that the highest of `candidates` is right when ties are broken uniformly at random: r/m where r of
 * the m candidates that share the highest value are right.
 *
 * @param values indexed by candidate
 * @param candidates at least one; no NaN among their values
 */
export function shareOfHighest(
  values: ArrayLike<number>,
  candidates: Iterable<number>,
  right: (candidate: number) => boolean,
): number {
  let highest = -Infinity;
  let tied = 0;
  let rightTied = 0;
  for (const candidate of candidates) {
    const value = values[candidate];
    if (value > highest) {
      highest = value;
      tied = 0;
      rightTied = 0;
    }
    if (value === highest) {
      tied++;
      if (right(candidate)) rightTied++;
    }
  }
  return rightTied / tied;
}
