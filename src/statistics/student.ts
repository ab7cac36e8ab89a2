import betainc from '@stdlib/math-base-special-betainc';
import erfc from '@stdlib/math-base-special-erfc';
import quantile from '@stdlib/stats-base-dists-t-quantile';

/**
 * The 97.5 % point of Student's t distribution.
 *
 * @param freedom degrees of freedom, above 0 and finite, not necessarily whole
 * @throws RangeError if they are not
 */
export function studentQuantile975(freedom: number): number {
  if (!(freedom > 0 && freedom < Infinity)) throw new RangeError(`${freedom} degrees of freedom`);
  return quantile(0.975, freedom);
}

/**
 * The probability that a variable of Student's t distribution is larger than `t` (Abramowitz and Stegun 26.7.1 with
 * 26.5.27).
 *
 * @param t any number, infinite ones too
 * @param freedom degrees of freedom, above 0 and not necessarily whole; Infinity for the normal distribution
 * @throws RangeError if t is NaN or the degrees are not above 0
 */
export function studentSurvival(t: number, freedom: number): number {
  if (Number.isNaN(t)) throw new RangeError('t is NaN');
  if (!(freedom > 0)) throw new RangeError(`${freedom} degrees of freedom`);
  if (freedom === Infinity) return erfc(t / Math.SQRT2) / 2;
  if (t < 0) return 1 - studentSurvival(-t, freedom);
  const square = t * t;
  // Near 0 by the complement: there freedom / (freedom + t^2) would lose the digits of t, as stats-base-dists-t-cdf does.
  if (square < 3) return (1 - betainc(square / (freedom + square), 0.5, freedom / 2)) / 2;
  return betainc(freedom / (freedom + square), freedom / 2, 0.5) / 2;
}
