/**
 * Mathematics whose every bit is fixed. ECMAScript prescribes +, -, * and / on doubles (IEEE 754, round to nearest,
 * no fused multiply-add) but leaves Math.sin, Math.cos and Math.sqrt to the engine, so weights computed with those
 * need not be the same bytes everywhere. These use the four operations alone.
 */

/** Enough terms that the next one is below 2^-53 of the sum for |x| <= pi / 4. */
const TAYLOR_TERMS = 10;

/** sum of (-x^2)^n / (2n + odd)!, times x if odd: cosine (odd = 0) or sine (odd = 1), for |x| <= pi / 4. */
function taylor(x: number, odd: 0 | 1): number {
  let term = odd === 1 ? x : 1;
  let sum = term;
  for (let n = 1; n < TAYLOR_TERMS; n++) {
    const degree = 2 * n + odd;
    term = (-term * x * x) / (degree * (degree - 1));
    sum += term;
  }
  return sum;
}

/**
 * cos(2 pi i / period) for i = 0 .. period - 1, to about 1e-16; bitwise symmetric under reflection, and exactly
 * 0 and +-1 where the cosine is. The sine of entry i is entry i - period / 4.
 *
 * @param period a positive multiple of 8
 * @throws RangeError if it is not
 */
export function cosineTable(period: number): Float64Array {
  if (!Number.isInteger(period) || period <= 0 || period % 8 !== 0) {
    throw new RangeError(`period is ${period}, not a positive multiple of 8`);
  }
  const quarter = period / 4;
  const inFirstQuadrant = (i: number): number =>
    2 * i <= quarter ? taylor((2 * Math.PI * i) / period, 0) : taylor((2 * Math.PI * (quarter - i)) / period, 1);
  return Float64Array.from({ length: period }, (_, i) => {
    const folded = Math.min(i, period - i);
    return folded <= quarter ? inFirstQuadrant(folded) : -inFirstQuadrant(period / 2 - folded);
  });
}

/** The square root of a positive number, to within two units in the last place (Newton's iteration from above). */
export function squareRoot(x: number): number {
  if (!(x > 0 && Number.isFinite(x))) throw new RangeError(`squareRoot(x): x is ${x}, not positive and finite`);
  let root = Math.max(x, 1);
  for (;;) {
    const next = (root + x / root) / 2;
    if (next >= root) return root;
    root = next;
  }
}
