/** A proportion with its Wilson interval. */
export interface Proportion {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** 97.5 % point of the standard normal distribution. */
export const NORMAL_975 = 1.959963984540054;

/**
 * The 95 % interval of a proportion by Wilson's score method (Wilson 1927; Brown, Cai & DasGupta 2001), which stays
 * inside [0, 1] and keeps a width at 0 and 1, where a bootstrap has none.
 *
 * @param successes 0..n; need not be whole, since a tie counts as the share that random breaking would give
 * @param n above 0; need not be whole either: an effective sample size is as good
 * @throws RangeError if n is not above 0, or `successes` not in 0..n
 */
export function wilson(successes: number, n: number): Proportion {
  if (!(n > 0 && n < Infinity)) throw new RangeError(`n is ${n}, not above 0`);
  if (!(successes >= 0 && successes <= n)) throw new RangeError(`successes is ${successes}, not in 0..${n}`);
  const p = successes / n;
  const z2 = NORMAL_975 * NORMAL_975;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (NORMAL_975 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  // At 0 and 1 the ends are exactly 0 and 1; rounding must not say otherwise.
  const low = successes === 0 ? 0 : Math.max(0, centre - half);
  const high = successes === n ? 1 : Math.min(1, centre + half);
  return { value: p, low, high, n };
}
