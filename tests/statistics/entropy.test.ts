import { describe, expect, it } from 'vitest';
import { effectiveNumber, entropyBits, entropyNats } from '../../src/statistics/index.js';

describe('entropy', () => {
  it('is the logarithm of the number of equal weights', () => {
    expect(entropyBits([1, 1, 1, 1])).toBeCloseTo(2, 14);
    expect(entropyNats([1, 1, 1, 1])).toBeCloseTo(2 * Math.LN2, 14);
    expect(effectiveNumber([1, 1, 1, 1])).toBeCloseTo(4, 14);
  });

  it('matches a sum done by hand', () => {
    // 1/2 at 1 bit, 1/4 and 1/4 at 2 bits: 1.5 bits, and 2^1.5 = 2.828... effective outcomes.
    expect(entropyBits([0.5, 0.25, 0.25])).toBeCloseTo(1.5, 14);
    expect(effectiveNumber([0.5, 0.25, 0.25])).toBeCloseTo(Math.sqrt(8), 13);
  });

  it('normalises, and ignores zero weights', () => {
    expect(entropyBits([6, 0, 3, 3])).toBeCloseTo(1.5, 14);
    expect(entropyBits([0, 3, 0])).toBe(0);
    expect(effectiveNumber([0, 3, 0])).toBe(1);
  });

  it('is NaN without weight and refuses what is no weight', () => {
    expect(entropyBits([])).toBeNaN();
    expect(entropyBits([0, 0])).toBeNaN();
    expect(() => entropyNats([1, -0.1])).toThrow('weight 1 is -0.1');
    expect(() => entropyNats([Number.NaN])).toThrow('weight 0 is NaN');
    expect(() => entropyNats([Infinity])).toThrow('weight 0 is Infinity');
  });
});
