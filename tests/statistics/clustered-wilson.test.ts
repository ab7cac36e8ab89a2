import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { clusteredWilson, wilson, type ClusterTrials } from '../../src/statistics/index.js';
import { studentQuantile975 } from '../../src/statistics/student.js';

const repeated = (count: number, trials: ClusterTrials): ClusterTrials[] => Array.from({ length: count }, () => trials);

describe('clusteredWilson', () => {
  it("is Wilson's interval where every cluster has one trial", () => {
    const clusters = [...repeated(81, { successes: 1, n: 1 }), ...repeated(182, { successes: 0, n: 1 })];
    expect(clusteredWilson(clusters)).toEqual({ ...wilson(81, 263), clusters: 263, effectiveN: 263 });
  });

  it('counts identical trials of a cluster about once: 10 clusters of 30, all right in three of them', () => {
    const clusters = [...repeated(3, { successes: 30, n: 30 }), ...repeated(7, { successes: 0, n: 30 })];
    const found = clusteredWilson(clusters);
    // v = 10/9 (3 x 21^2 + 7 x 9^2) / 300^2 = .3 x .7 / 9, so 9 independent trials, times (1.95996 / 2.26216)^2.
    expect(found.effectiveN).toBeCloseTo(9 * (1.959964 / 2.262157) ** 2, 3);
    expect(found).toMatchObject({ n: 300, clusters: 10 });
    expect(found.value).toBeCloseTo(0.3, 12);
    expect(found.low).toBeCloseTo(wilson(0.3 * found.effectiveN, found.effectiveN).low, 12);
    expect(found.low).toBeLessThan(0.1);
    expect(found.high).toBeGreaterThan(0.6);
  });

  it('never takes more independent trials than there are: all clusters alike', () => {
    const { effectiveN } = clusteredWilson(repeated(100, { successes: 1, n: 2 }));
    expect(effectiveN).toBeLessThanOrEqual(200);
    expect(effectiveN).toBeCloseTo(200 * (1.959964 / studentQuantile975(99)) ** 2, 3);
  });

  it('counts clusters, not trials, where all trials agree', () => {
    const { value, low, high } = clusteredWilson(repeated(10, { successes: 30, n: 30 }));
    expect([value, high]).toEqual([1, 1]);
    expect(low).toBeLessThan(wilson(10, 10).low);
    expect(low).toBeGreaterThan(0.5);
    expect(clusteredWilson(repeated(10, { successes: 0, n: 30 }))).toMatchObject({ value: 0, low: 0 });
  });

  it('says nothing of other clusters after one', () => {
    expect(clusteredWilson([{ successes: 7, n: 10 }])).toEqual({
      value: 0.7,
      low: 0,
      high: 1,
      n: 10,
      clusters: 1,
      effectiveN: 0,
    });
  });

  it('refuses no clusters and impossible ones', () => {
    expect(() => clusteredWilson([])).toThrow(RangeError);
    expect(() => clusteredWilson([{ successes: 0, n: 0 }])).toThrow('a cluster has 0 trials');
    expect(() => clusteredWilson([{ successes: 2, n: 1 }])).toThrow('a cluster has 2 successes of 1');
    expect(() => clusteredWilson([{ successes: Number.NaN, n: 1 }])).toThrow(RangeError);
  });

  it('holds the proportion and stays inside [0, 1], whatever the clusters', () => {
    const trials = fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([n, share]) => ({ successes: Math.round(share * n * 2) / 2, n }));
    fc.assert(
      fc.property(fc.array(trials, { minLength: 1, maxLength: 30 }), (clusters) => {
        const { value, low, high } = clusteredWilson(clusters);
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
      }),
    );
  });
});
