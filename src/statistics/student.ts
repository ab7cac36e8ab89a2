import { incompleteBeta } from './incomplete-beta.js';
import { upperIncompleteGamma } from './incomplete-gamma.js';
import { NORMAL_975 } from './wilson.js';

/**
 * The 97.5 % point of Student's t distribution: exact for 1 and 2 degrees of freedom, else by the Cornish-Fisher
 * expansion (Abramowitz and Stegun 26.7.5, four terms), which is within 0.13 % from 3 degrees on.
 *
 * @param freedom degrees of freedom, at least 1
 * @throws RangeError if it is less
 */
export function studentQuantile975(freedom: number): number {
  if (!(freedom >= 1)) throw new RangeError(`${freedom} degrees of freedom`);
  if (freedom === 1) return Math.tan(0.475 * Math.PI);
  if (freedom === 2) return 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));
  const z = NORMAL_975;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), z);
}

/** From here on the normal approximation is closer than the rounding errors of the incomplete beta function. */
const ALMOST_NORMAL = 1e5;

/**
 * The probability that a variable of Student's t distribution is larger than `t` (Abramowitz and Stegun 26.7.1 with
 * 26.5.27; 26.7.8 above 1e5 degrees), within 1e-9.
 *
 * @param t any number, infinite ones too
 * @param freedom degrees of freedom, above 0 and not necessarily whole; Infinity for the normal distribution
 * @throws RangeError if t is NaN or the degrees are not above 0
 */
export function studentSurvival(t: number, freedom: number): number {
  if (Number.isNaN(t)) throw new RangeError('t is NaN');
  if (!(freedom > 0)) throw new RangeError(`${freedom} degrees of freedom`);
  if (t < 0) return 1 - studentSurvival(-t, freedom);
  if (t === Infinity) return 0;
  const square = t * t;
  if (freedom > ALMOST_NORMAL) {
    const z = (t * (1 - 1 / (4 * freedom))) / Math.sqrt(1 + square / (2 * freedom));
    return upperIncompleteGamma(0.5, (z * z) / 2) / 2;
  }
  // Near 0 by the complement: there 1 - freedom / (freedom + t^2) would lose its digits.
  if (square < 3) return (1 - incompleteBeta(square / (freedom + square), 0.5, freedom / 2)) / 2;
  return incompleteBeta(freedom / (freedom + square), freedom / 2, 0.5) / 2;
}
