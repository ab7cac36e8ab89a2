import { describe, expect, it } from 'vitest';
import { upperIncompleteGamma } from '../../src/statistics/incomplete-gamma.js';

describe('upperIncompleteGamma', () => {
  it('is e^-x times a sum for whole a', () => {
    // Q(a, x) = e^-x (1 + x + x^2 / 2! + ... + x^(a-1) / (a-1)!), Abramowitz and Stegun 6.5.13
    for (const x of [0.1, 1, 2.5, 7, 30]) {
      expect(upperIncompleteGamma(1, x)).toBeCloseTo(Math.exp(-x), 9);
      expect(upperIncompleteGamma(2, x)).toBeCloseTo(Math.exp(-x) * (1 + x), 9);
      expect(upperIncompleteGamma(4, x)).toBeCloseTo(Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6), 9);
    }
  });

  it('is the complementary error function of the root for a = 1/2', () => {
    // erfc(1) = .15729 92071, erfc(.5) = .47950 01222, erfc(2) = .00467 77350 (Abramowitz and Stegun, table 7.1)
    expect(upperIncompleteGamma(0.5, 1)).toBeCloseTo(0.1572992071, 9);
    expect(upperIncompleteGamma(0.5, 0.25)).toBeCloseTo(0.4795001222, 9);
    expect(upperIncompleteGamma(0.5, 4)).toBeCloseTo(0.004677735, 9);
  });

  it('keeps its relative precision in the tail, and joins its two methods', () => {
    expect(upperIncompleteGamma(1, 100) / Math.exp(-100)).toBeCloseTo(1, 9);
    for (const a of [0.5, 3, 40]) {
      const [below, above] = [a + 1 - 1e-9, a + 1 + 1e-9].map((x) => upperIncompleteGamma(a, x));
      expect(below).toBeGreaterThan(above);
      // The slope of Q is less than 1 everywhere here, so that two ends 2e-9 apart differ by less; 1e-9 of error each.
      expect(below - above).toBeLessThan(4e-9);
    }
  });

  it('has its ends, and refuses what it is not defined for', () => {
    expect(upperIncompleteGamma(3, 0)).toBe(1);
    expect(upperIncompleteGamma(3, Infinity)).toBe(0);
    expect(() => upperIncompleteGamma(0, 1)).toThrow('a is 0');
    expect(() => upperIncompleteGamma(1, -1)).toThrow('x is -1');
    expect(() => upperIncompleteGamma(Number.NaN, 1)).toThrow(RangeError);
    expect(() => upperIncompleteGamma(1, Number.NaN)).toThrow(RangeError);
  });
});
