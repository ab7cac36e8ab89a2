import gammaln from '@stdlib/math-base-special-gammaln';
import { auc } from './auc.js';
import { mean } from './summary.js';

/** A difference of means in standard deviations. NaN where the data show no deviation. */
export interface StandardizedDifference {
  /** Cohen's d: describes this sample. */
  readonly d: number;
  /** Hedges' g: d freed of its bias, which is upwards (4 % with 20 degrees of freedom); estimates the population's. */
  readonly g: number;
}

/**
 * Standardized difference of two independent groups: the difference of means over the pooled standard deviation (Cohen,
 * Statistical Power Analysis for the Behavioral Sciences, 1988, section 2.2), and Hedges' g (Journal of Educational
 * Statistics 6, 1981). For roughly normal scores whose unit means nothing (logits of two models); use the difference
 * itself where its unit does (probability, accuracy), and {@link cliffsDelta} for skewed or ordinal scores.
 *
 * It is not comparable with {@link cohensDz}: that one divides by another deviation.
 *
 * @param first at least 2 numbers for a value
 * @param second likewise
 */
export function cohensD(first: ArrayLike<number>, second: ArrayLike<number>): StandardizedDifference {
  const freedom = first.length + second.length - 2;
  const pooled = Math.sqrt((sumOfSquares(first) + sumOfSquares(second)) / freedom);
  return standardized(mean(first) - mean(second), pooled, Math.min(first.length, second.length) < 2 ? 0 : freedom);
}

/**
 * Standardized difference of pairs, d_z: the mean of the differences over their standard deviation (Cohen 1988, section
 * 2.3.5; Lakens, Frontiers in Psychology 4, 2013), and the same with Hedges' correction. For the same items under two
 * conditions. It says how consistent a difference is (t = d_z sqrt(n)), not how large: the more the two conditions
 * correlate, the larger it is at the same difference.
 *
 * @param differences one per pair (per graph, where items come in graphs), at least 2 for a value
 */
export function cohensDz(differences: ArrayLike<number>): StandardizedDifference {
  const freedom = differences.length - 1;
  return standardized(mean(differences), Math.sqrt(sumOfSquares(differences) / freedom), freedom);
}

/**
 * Cliff's delta (Psychological Bulletin 114, 1993): the probability that one of the first group scores above one of the
 * second, less the reverse: 2 AUC - 1. In -1..1, 0 without a tendency. It depends on the order of the scores alone, so
 * it suits skewed and ordinal ones and scores that saturate (probabilities near 0 and 1). NaN if a group is empty.
 *
 * @param first not NaN
 * @param second not NaN
 * @throws RangeError on NaN
 */
export function cliffsDelta(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const scores = [...Array.from(first), ...Array.from(second)];
  const inFirst = scores.map((_, i) => i < first.length);
  return 2 * auc(scores, inFirst) - 1;
}

function standardized(difference: number, deviation: number, freedom: number): StandardizedDifference {
  // 0 / 0 is NaN by itself; another difference over 0 would be an infinite effect.
  if (freedom < 1 || deviation === 0) return { d: Number.NaN, g: Number.NaN };
  const d = difference / deviation;
  return { d, g: d * hedgesCorrection(freedom) };
}

/** The exact factor, gamma(m / 2) / (sqrt(m / 2) gamma((m - 1) / 2)), about 1 - 3 / (4 m - 1). 0 for one degree. */
function hedgesCorrection(freedom: number): number {
  if (freedom === 1) return 0;
  return Math.exp(gammaln(freedom / 2) - gammaln((freedom - 1) / 2) - Math.log(freedom / 2) / 2);
}

/** Of deviations from the mean. */
function sumOfSquares(values: ArrayLike<number>): number {
  // Measured from the first value, so that equal values have a sum of 0 and not one of rounding errors.
  const shifted = Array.from(values, (value) => value - values[0]);
  const centre = mean(shifted);
  return shifted.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}
