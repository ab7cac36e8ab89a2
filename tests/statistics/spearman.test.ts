import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spearman } from '../../src/statistics/index.js';
import { midRanks } from '../../src/statistics/spearman.js';

describe('midRanks', () => {
  it('shares the ranks of a tie', () => {
    expect([...midRanks([10, 30, 20, 30])]).toEqual([1, 3.5, 2, 3.5]);
    expect([...midRanks([7, 7, 7])]).toEqual([2, 2, 2]);
    expect([...midRanks([Infinity, 0, -Infinity, -0])]).toEqual([4, 2.5, 1, 2.5]);
    expect([...midRanks([])]).toEqual([]);
  });

  it('refuses NaN', () => {
    expect(() => midRanks([1, Number.NaN])).toThrow('value 1 is NaN');
  });
});

describe('spearman', () => {
  it('is 1 - 6 sum d^2 / (n^3 - n) without ties', () => {
    // Ranks of the second: 2 1 4 3 5; squared differences add up to 4: 1 - 24 / 120.
    expect(spearman([1, 2, 3, 4, 5], [20, 10, 40, 30, 50])).toBeCloseTo(0.8, 12);
    expect(spearman([1, 2, 3], [1, 10, 100])).toBe(1);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBe(-1);
  });

  it('gives the number computed by hand with ties', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1..4: covariance 4.5, variances 4.5 and 5. The formula above would say .95.
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('is undefined where a side is constant or there is one pair', () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(spearman([1], [2])).toBeNaN();
    expect(spearman([], [])).toBeNaN();
  });

  it('depends on order alone, and on neither which side comes first nor the order of the rows', () => {
    const pair = fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 20 }), (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const value = spearman(x, y);
        fc.pre(!Number.isNaN(value));
        expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-12);
        expect(spearman(y, x)).toBe(value);
        expect(spearman(x.map(Math.exp), y)).toBe(value);
        expect(spearman(x.toReversed(), y.toReversed())).toBeCloseTo(value, 12);
        expect(
          spearman(
            x,
            y.map((b) => -b),
          ),
        ).toBeCloseTo(-value, 12);
      }),
    );
  });

  it('refuses NaN and sides of different lengths', () => {
    expect(() => spearman([1, Number.NaN], [1, 2])).toThrow(RangeError);
    expect(() => spearman([1], [1, 2])).toThrow('1 and 2 values');
  });
});
