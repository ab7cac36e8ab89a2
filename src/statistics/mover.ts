import type { ClusteredShare } from './clustered-share.js';
import type { Alternative } from './permutation.js';
import type { SharePair } from './share-pair.js';
import { studentQuantile975, studentSurvival } from './student.js';
import { NORMAL_975, wilson, type Proportion } from './wilson.js';

/** How far the limits of a share lie below and above it. */
export interface Reach {
  readonly below: number;
  readonly above: number;
}

export function reachOf({ value, low, high }: Pick<Proportion, 'value' | 'low' | 'high'>): Reach {
  return { below: value - low, above: high - value };
}

/** That of 1 less a share. */
export function turned({ below, above }: Reach): Reach {
  return { below: above, above: below };
}

/**
 * How far below "one share less `factor` times another" its lower limit lies, from the limits of both (MOVER, the method of
 * variance estimates recovery: Zou and Donner, Statistics in Medicine 27, 2008). With a the reach of the one below it, and b
 * that of the other above it, or below it where the factor is negative:
 *
 *     sqrt(a^2 + (factor b)^2 - 2 correlation a factor b)
 *
 * Each limit so has the variance that a share has where the limit is, as a score test has it, and not where the estimate is.
 *
 * @param correlation of both over samples
 */
export function reachBelow(one: Reach, other: Reach, factor: number, correlation: number): number {
  const [a, b] = [one.below, factor * (factor < 0 ? other.below : other.above)];
  // Of correlations of 1 rounding may leave less than nothing.
  return Math.sqrt(Math.max(0, a * a + b * b - 2 * correlation * a * b));
}

/**
 * One-sided p of "one share less `factor` times another" against a threshold, from the limits of {@link reachBelow}: below .025
 * exactly where the limit of the 95 % interval lies beyond the threshold. Levels are those at which the shares' own intervals
 * have quantiles of Student's distribution, with the fewer degrees of freedom of the two.
 *
 * @param threshold finite
 * @param alternative 'greater': p against "it is the threshold or less"; 'less' the reverse
 * @returns 1 where there is hardly one cluster of a share
 * @throws RangeError if the threshold is not finite
 */
export function moverP(
  { one, other, correlation }: SharePair,
  factor: number,
  threshold: number,
  alternative: Exclude<Alternative, 'two-sided'>,
): number {
  if (!Number.isFinite(threshold)) throw new RangeError('the threshold is not finite');
  if (one.effectiveN === 0 || other.effectiveN === 0) return 1;
  const distance = one.value - factor * other.value - threshold;
  const isWithin = (stretch: number): boolean => {
    const [a, b] = [one, other].map((share) => {
      const reach = stretched(share, stretch);
      return distance < 0 ? turned(reach) : reach;
    });
    return reachBelow(a, b, factor, correlation) < Math.abs(distance);
  };
  const freedom = Math.min(one.freedom, other.freedom);
  const quantile = freedom === Infinity ? NORMAL_975 : studentQuantile975(freedom);
  const t = Math.sign(distance) * quantile * greatestStretch(isWithin);
  return studentSurvival(alternative === 'greater' ? t : -t, freedom);
}

/** The reach of an interval whose quantile is so many times that of the 95 % interval. */
function stretched({ value, effectiveN }: ClusteredShare, stretch: number): Reach {
  const n = effectiveN / stretch ** 2;
  return reachOf(wilson(value * n, n));
}

/** No distribution has anything so far out that a p would tell from 0. */
const FARTHEST = 2 ** 10;

/** Of a p: far below anything that is decided by one. */
const PRECISION = 1e-12;

/**
 * Up to where an interval may be stretched and stay within something; Infinity where it always does.
 *
 * @param isWithin true of 0. Where it changes more than once, the change that is found lies on the same side of 1 as the answer
 * for 1 has it
 */
function greatestStretch(isWithin: (stretch: number) => boolean): number {
  let [low, high] = [0, 1];
  while (isWithin(high)) {
    if (high >= FARTHEST) return Infinity;
    [low, high] = [high, 2 * high];
  }
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (isWithin(middle)) low = middle;
    else high = middle;
  }
  return low;
}
