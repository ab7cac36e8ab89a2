import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incompleteBeta } from '../../src/statistics/incomplete-beta.js';

describe('incompleteBeta', () => {
  it.each([
    // A polynomial by hand (x^2 (6 - 8 x + 3 x^2) for 2, 3; 1 - (1 - x)^7 for 1, 7), the others by mpmath with 30 digits.
    [0.5, 2, 3, 0.6875],
    [0.3, 1, 7, 0.9176457],
    [0.1, 0.5, 0.5, 0.204832764699],
    [0.9, 20, 3, 0.620040938412],
    [0.999, 0.5, 4000, 1],
  ])('of %d for %d, %d is %d', (x, a, b, expected) => {
    expect(Math.abs(incompleteBeta(x, a, b) - expected)).toBeLessThan(1e-9);
  });

  it('keeps its relative precision in the lower tail', () => {
    expect(incompleteBeta(0.02, 300, 9000) / 4.84863026383e-15).toBeCloseTo(1, 8);
  });

  it('is the arcsine law for 1/2, 1/2, and the binomial tail for whole numbers', () => {
    for (const x of [0.001, 0.2, 0.5, 0.77, 0.999])
      expect(incompleteBeta(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 9);
    // 4 or more of 6 at .4 (Abramowitz and Stegun 26.5.24): 15 x .4^4 .6^2 + 6 x .4^5 .6 + .4^6.
    expect(incompleteBeta(0.4, 4, 3)).toBeCloseTo(0.1792, 9);
  });

  it('and its mirror image add up to 1, and it rises with x', () => {
    const shape = fc.double({ min: 0.1, max: 500, noNaN: true });
    // Whole 1,024ths, of which 1 - x is exact.
    const share = fc.integer({ min: 0, max: 1024 }).map((part) => part / 1024);
    fc.assert(
      fc.property(share, share, shape, shape, (x, y, a, b) => {
        expect(Math.abs(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a) - 1)).toBeLessThan(2e-9);
        const rise = incompleteBeta(Math.max(x, y), a, b) - incompleteBeta(Math.min(x, y), a, b);
        expect(rise).toBeGreaterThan(-2e-9);
      }),
    );
  });

  it('has its ends, and refuses what it is not defined for', () => {
    expect(incompleteBeta(0, 3, 4)).toBe(0);
    expect(incompleteBeta(1, 3, 4)).toBe(1);
    expect(() => incompleteBeta(1.1, 1, 1)).toThrow('x is 1.1');
    expect(() => incompleteBeta(0.5, 0, 1)).toThrow('a is 0');
    expect(() => incompleteBeta(0.5, 1, Number.NaN)).toThrow('b is NaN');
  });
});
