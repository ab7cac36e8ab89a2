import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearisedInterval, linearisedMean, linearisedP } from '../../src/statistics/index.js';

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 30 });

describe('linearisedInterval', () => {
  it("is Student's interval of a mean, one observation in each cluster: 1, 2, 3, 4, 10", () => {
    const found = linearisedInterval(linearisedMean([1, 2, 3, 4, 10]), ['a', 'b', 'c', 'd', 'e']);
    // Variance 50 / 4, standard error sqrt(12.5 / 5), t_4 = 2.776445.
    expect(found).toMatchObject({ value: 4, n: 5, clusters: 5, freedom: 4 });
    expect(found.standardError).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(found.low).toBeCloseTo(4 - 2.7764451052 * Math.sqrt(2.5), 9);
    expect(found.high).toBeCloseTo(4 + 2.7764451052 * Math.sqrt(2.5), 9);
  });

  it('adds up what the observations of a cluster say: 1, 3 | 2, 6 | 9', () => {
    // Mean 4.2. U = -4.4, -0.4, 4.8: sum of squares 42.56; 3/2 of that over 25.
    const { standardError, freedom } = linearisedInterval(linearisedMean([1, 3, 2, 6, 9]), [0, 0, 1, 1, 2]);
    expect(standardError).toBeCloseTo(Math.sqrt((1.5 * 42.56) / 25), 12);
    expect(freedom).toBe(2);
  });

  it('counts imagined observations in the variance alone', () => {
    const found = linearisedInterval({ value: 1, influence: [0, 0, 0, 0], imagined: 12 }, [0, 1, 2, 3]);
    expect(found.value).toBe(1);
    expect(found.standardError).toBeCloseTo(Math.sqrt((4 / 3) * 12) / 4, 12);
  });

  it('does not depend on the order; every observation twice is as good as once', () => {
    fc.assert(
      fc.property(values, (own) => {
        fc.pre(new Set(own).size > 1);
        const clusters = own.map((_, i) => i);
        const { low, high } = linearisedInterval(linearisedMean(own), clusters);
        for (const other of [
          linearisedInterval(linearisedMean([...own].reverse()), [...clusters].reverse()),
          linearisedInterval(linearisedMean([...own, ...own]), [...clusters, ...clusters]),
        ]) {
          expect(other.low).toBeCloseTo(low, 9);
          expect(other.high).toBeCloseTo(high, 9);
        }
      }),
    );
  });

  it('has none where nothing varies, rounding aside, or where there is one cluster', () => {
    for (const [own, clusters] of [
      [Array<number>(10).fill(0.1), [...Array<number>(10).keys()]],
      [
        [1, 2, 3],
        [7, 7, 7],
      ],
    ]) {
      const found = linearisedInterval(linearisedMean(own), clusters);
      expect([found.low, found.high]).toEqual([Number.NaN, Number.NaN]);
      expect(linearisedP(found, 0, 'greater')).toBeNaN();
    }
  });

  it('refuses nothing, and clusters for others', () => {
    expect(() => linearisedInterval(linearisedMean([]), [])).toThrow('there are no observations');
    expect(() => linearisedInterval(linearisedMean([1, 2]), [0])).toThrow('2 observations and 1 clusters');
  });
});

describe('linearisedP', () => {
  it('is the one-sided t test: 1, 2, 3, 4, 10 against 1', () => {
    const found = linearisedInterval(linearisedMean([1, 2, 3, 4, 10]), [0, 1, 2, 3, 4]);
    // t = 3 / sqrt(2.5) = 1.897367 with 4 degrees: 1/2 - (3/8) s (1 - s^2 / 12), s = t / sqrt(1 + t^2 / 4).
    const t = 3 / Math.sqrt(2.5);
    const s = t / Math.sqrt(1 + (t * t) / 4);
    const p = 0.5 - (3 / 8) * s * (1 - (s * s) / 12);
    expect(linearisedP(found, 1, 'greater')).toBeCloseTo(p, 12);
    expect(linearisedP(found, 1, 'less')).toBeCloseTo(1 - p, 12);
    expect(() => linearisedP(found, Infinity, 'less')).toThrow('the threshold is Infinity, not finite');
  });

  it('is below .025 exactly where the interval lies beyond the threshold', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: -60, max: 60 }), (own, threshold) => {
        const found = linearisedInterval(
          linearisedMean(own),
          own.map((_, i) => i),
        );
        fc.pre(!(Math.abs(threshold - found.low) < 1e-9) && !(Math.abs(threshold - found.high) < 1e-9));
        expect(linearisedP(found, threshold, 'greater') < 0.025).toBe(threshold < found.low);
        expect(linearisedP(found, threshold, 'less') < 0.025).toBe(threshold > found.high);
      }),
    );
  });
});
