/** Two judges' verdicts on the same items. */
export interface McNemarTest {
  /** Items that only the first has right, and that only the second has right. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Exact two-sided p: the discordant items against a fair coin. 1 where there are none. */
  readonly p: number;
}

/**
 * McNemar's exact test of whether two judges are right equally often on the same items: twice the binomial tail of the
 * items on which they differ, at most 1 (McNemar 1947).
 *
 * @param first whether each item is right [n]
 * @param second likewise, in the same order
 * @throws RangeError if the lengths differ
 */
export function mcnemar(first: readonly boolean[], second: readonly boolean[]): McNemarTest {
  if (first.length !== second.length) throw new RangeError(`${first.length} and ${second.length} verdicts`);
  let onlyFirst = 0;
  let onlySecond = 0;
  first.forEach((right, i) => {
    if (right && !second[i]) onlyFirst++;
    if (!right && second[i]) onlySecond++;
  });
  return {
    onlyFirst,
    onlySecond,
    p: Math.min(1, 2 * lowerTail(onlyFirst + onlySecond, Math.min(onlyFirst, onlySecond))),
  };
}

/** P(X <= k) for X ~ Binomial(n, 1/2), summed as logarithms: 2^-n alone would underflow at n = 1,075. */
function lowerTail(n: number, k: number): number {
  let logTerm = -n * Math.LN2;
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i);
    sum += Math.exp(logTerm);
  }
  return sum;
}
