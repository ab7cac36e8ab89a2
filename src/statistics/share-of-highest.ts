/**
 * The probability that the highest of `candidates` is right when ties are broken uniformly at random: r/m where r of
 * the m candidates that share the highest value are right.
 *
 * @param values indexed by candidate
 * @param candidates at least one
 * @throws RangeError if there are no candidates, or one has no value or NaN: nothing could be said to be the highest
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
    if (!(value >= -Infinity)) throw new RangeError(`the value of candidate ${candidate} is ${value}`);
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
  if (tied === 0) throw new RangeError('there are no candidates');
  return rightTied / tied;
}
