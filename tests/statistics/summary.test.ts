import { describe, expect, it } from 'vitest';
import { mean, quantile } from '../../src/statistics/index.js';

describe('mean', () => {
  it('is the sum over the count', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean(Float32Array.of(0.5))).toBe(0.5);
  });

  it('is NaN of nothing', () => {
    expect(mean([])).toBeNaN();
  });
});

describe('quantile', () => {
  it('interpolates at position p (n - 1), as NumPy and R type 7 do', () => {
    const sorted = [1, 2, 4, 8];
    expect(quantile(sorted, 0)).toBe(1);
    expect(quantile(sorted, 1)).toBe(8);
    expect(quantile(sorted, 0.5)).toBe(3); // position 1.5
    expect(quantile(sorted, 0.25)).toBe(1.75); // position .75
    expect(quantile(sorted, 0.9)).toBeCloseTo(6.8, 12); // position 2.7
    expect(quantile([5], 0.3)).toBe(5);
  });

  it('is NaN of nothing and refuses a p outside 0..1', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(() => quantile([1], 1.01)).toThrow('p is 1.01');
    expect(() => quantile([1], Number.NaN)).toThrow('p is NaN');
  });
});
