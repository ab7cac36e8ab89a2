import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { clusteredWilson, wilson, type ClusterTrials } from '../../src/statistics/index.js';
import { createRandom } from '../../src/random.js';
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

  // One cluster of 4 and 8 of one: K = 12^2 / (4^2 + 8) = 6, and Student's t with 5 degrees of freedom.
  const oneLarge = (of4: number, of8: number): ClusterTrials[] => [
    { successes: of4, n: 4 },
    ...repeated(of8, { successes: 1, n: 1 }),
    ...repeated(8 - of8, { successes: 0, n: 1 }),
  ];
  const shrunk = (independent: number, freedom: number): number =>
    independent * (1.959964 / studentQuantile975(freedom)) ** 2;

  it('counts clusters of unequal sizes as so many equal ones where all trials agree', () => {
    const { low, high, effectiveN } = clusteredWilson(oneLarge(4, 8));
    expect(effectiveN).toBeCloseTo(shrunk(6, 5), 5);
    expect([low, high]).toEqual([wilson(effectiveN, effectiveN).low, 1]);
    // 6 in one and 1 in each of 4: K = 10^2 / 40 = 2.5, and t_1.5 = 6.016663.
    const between = clusteredWilson([{ successes: 0, n: 6 }, ...repeated(4, { successes: 0, n: 1 })]);
    expect(between.effectiveN).toBeCloseTo(2.5 * (1.959964 / 6.016663) ** 2, 6);
  });

  it('sees that the trials of a large cluster agree, though the proportion follows it', () => {
    // p = 2/3. W = 0, so r = 1, D = 12 / 6 = 2, v = p q 2 / 10: 5 trials; the jackknife says .0410, p q / 5 is .0444.
    expect(clusteredWilson(oneLarge(4, 4)).effectiveN).toBeCloseTo(shrunk(5, 5), 5);
    // p = 2/3, K = 12^2 / 36 = 4. W = 3/4 of n p q = 8/3, r = (6 - 9/32 x 11) / (6 - 9/32 x 2) = 31/58, D = 60/29.
    const clusters = [
      { successes: 4, n: 4 },
      { successes: 3, n: 4 },
      { successes: 1, n: 1 },
      ...repeated(3, { successes: 0, n: 1 }),
    ];
    expect(clusteredWilson(clusters).effectiveN).toBeCloseTo(shrunk((12 * 29) / 60 - 1, 3), 5);
  });

  it('sees that a large cluster differs from the others', () => {
    // p = 2/3: 8/9 ((8/3 / 8)^2 + 8 (1/3 / 11)^2) = 1032 / 9801 is more than p q / 5.
    expect(clusteredWilson(oneLarge(0, 8)).effectiveN).toBeCloseTo(shrunk(((2 / 9) * 9801) / 1032, 5), 5);
  });

  it('says nothing of others where one cluster has nearly all trials', () => {
    // K = 119^2 / (100^2 + 19) = 1.41.
    const clusters = [{ successes: 100, n: 100 }, ...repeated(19, { successes: 1, n: 1 })];
    expect(clusteredWilson(clusters)).toEqual({ value: 1, low: 0, high: 1, n: 119, clusters: 20, effectiveN: 0 });
  });

  it('rests on the linearised variance where all clusters have the same size', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(shares, (halves) => {
        const [n, count] = [6 * halves.length, halves.length];
        const p = halves.reduce((sum, half) => sum + half / 2, 0) / n;
        fc.pre(p > 0 && p < 1);
        const v = ((count / (count - 1)) * halves.reduce((sum, half) => sum + (half / 2 - 6 * p) ** 2, 0)) / n ** 2;
        const { effectiveN } = clusteredWilson(halves.map((half) => ({ successes: half / 2, n: 6 })));
        expect(effectiveN).toBeCloseTo(shrunk(Math.min(n, (p * (1 - p)) / v), count - 1), 4);
      }),
    );
  });

  it('covers the truth where the items of a graph are identical and some graphs have many', () => {
    const random = createRandom('coverage');
    const sizes = [...Array<number>(5).fill(20), ...Array<number>(55).fill(1)];
    const covered = Array.from({ length: 500 }, () => {
      const { low, high } = clusteredWilson(sizes.map((n) => ({ n, successes: random.uniform() < 0.9 ? n : 0 })));
      return low <= 0.9 && 0.9 <= high;
    });
    expect(covered.filter(Boolean).length).toBeGreaterThan(0.95 * 500);
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
