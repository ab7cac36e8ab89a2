import { logGamma } from './log-gamma.js';

/** Relative change below which the series and the continued fraction have converged. */
const PRECISION = 1e-15;
const MAX_TERMS = 10_000;

/**
 * The regularised upper incomplete gamma function Q(a, x): the integral of t^(a-1) e^-t from x to infinity, divided by
 * the gamma function of a. By the series for x < a + 1, by Lentz's continued fraction above (Numerical Recipes, 6.2;
 * Abramowitz and Stegun 6.5.29 and 6.5.31); within 1e-9 of the exact value.
 *
 * @param a above 0
 * @param x at least 0
 * @throws RangeError if they are not
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (!(a > 0 && a < Infinity)) throw new RangeError(`a is ${a}, not above 0`);
  if (!(x >= 0)) throw new RangeError(`x is ${x}, not at least 0`);
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x);
}

/** The sum over n >= 0 of x^n / (a (a + 1) ... (a + n)). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))). */
function upperFraction(a: number, x: number): number {
  // Keeps Lentz's method from dividing by 0.
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1, change = 0; n < MAX_TERMS && Math.abs(change - 1) > PRECISION; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b || tiny);
    c = b + numerator / c || tiny;
    change = d * c;
    value *= change;
  }
  return value;
}
