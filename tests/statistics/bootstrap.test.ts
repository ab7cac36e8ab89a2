import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import {
  clusterBootstrap,
  ClusterSums,
  DEFAULT_RESAMPLES,
  MINIMUM_CLUSTERS,
  toEstimate,
  type WeightedStatistics,
} from '../../src/statistics/index.js';

/** The mean of one number per cluster. */
function meanOf(numbers: readonly number[]): WeightedStatistics {
  return (weights, values) => {
    const sum = numbers.reduce((total, x, i) => total + weights[i] * x, 0);
    values[0] = sum / weights.reduce((total, weight) => total + weight, 0);
  };
}

describe('clusterBootstrap', () => {
  it('evaluates the full sample first, then draws as many clusters as there are', () => {
    const seen: number[][] = [];
    clusterBootstrap((weights) => seen.push([...weights]), { clusters: 5, statistics: 1 }, { seed: 1, resamples: 40 });
    expect(seen).toHaveLength(41);
    expect(seen[0]).toEqual([1, 1, 1, 1, 1]);
    for (const weights of seen) expect(weights.reduce((a, b) => a + b, 0)).toBe(5);
    expect(new Set(seen.map(String)).size).toBeGreaterThan(10);
  });

  it('draws every cluster equally often', () => {
    const counts = new Float64Array(4);
    clusterBootstrap(
      (weights) => weights.forEach((weight, i) => (counts[i] += weight)),
      { clusters: 4, statistics: 1 },
      { seed: 1, resamples: 10_000 },
    );
    // 40,001 draws in all, 10,000 each; the standard deviation is sqrt(40,000 x 3/16) = 87, and 4 of them are 350.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(350);
  });

  it('takes percentiles of the resampled statistic', () => {
    // Two clusters, 0 and 1: the mean is 0, 1/2, 1 with probability 1/4, 1/2, 1/4.
    const size = { clusters: 2, statistics: 1 };
    const at = (level: number): unknown => clusterBootstrap(meanOf([0, 1]), size, { seed: 3, level })[0];
    expect(at(0.95)).toEqual({ value: 0.5, low: 0, high: 1 });
    expect(at(0.4)).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
  });

  it('agrees with the standard error of a mean', () => {
    const random = createRandom('standard error');
    const numbers = Array.from({ length: 200 }, () => random.normal());
    const [{ value, low, high }] = clusterBootstrap(meanOf(numbers), { clusters: 200, statistics: 1 }, { seed: 5 });
    const deviation = Math.sqrt(numbers.reduce((sum, x) => sum + (x - value) ** 2, 0) / 200);
    // 2,000 resamples give a 2.5 % point of a normal with a standard error of 2 % of the half-width.
    expect((high - low) / 2 / (1.96 * (deviation / Math.sqrt(200)))).toBeCloseTo(1, 1);
    expect((high + low) / 2).toBeCloseTo(value, 1);
  });

  it('repeats itself with the same seed, and not with another', () => {
    const numbers = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
    const run = (seed: number): unknown =>
      clusterBootstrap(meanOf(numbers), { clusters: 11, statistics: 1 }, { seed, resamples: 200 });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('shows all statistics the same resamples', () => {
    const [, difference] = clusterBootstrap(
      (weights, values) => {
        values[0] = weights[0];
        values[1] = values[0] - weights[0];
      },
      { clusters: 3, statistics: 2 },
      { seed: 1, resamples: 100 },
    );
    expect(difference).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('leaves out resamples that do not define the statistic', () => {
    // Only cluster 0 has data, always the value 7; about 30 % of the resamples miss it.
    const sums = new ClusterSums(['sum', 'count']);
    sums.add(0, 'sum', 7);
    sums.add(0, 'count', 1);
    const totals = sums.weightedTotals(['sum', 'count'], 3);
    const [interval] = clusterBootstrap(
      (weights, values) => {
        const [sum, count] = totals(weights);
        values[0] = sum / count;
      },
      { clusters: 3, statistics: 1 },
      { seed: 1, resamples: 200 },
    );
    expect(interval).toEqual({ value: 7, low: 7, high: 7 });
  });

  it('gives NaN for a statistic that is never defined, also without clusters', () => {
    const undefinedAlways: WeightedStatistics = (_, values) => (values[0] = Number.NaN);
    const nothing = { value: NaN, low: NaN, high: NaN };
    const options = { seed: 1, resamples: 10 };
    expect(clusterBootstrap(undefinedAlways, { clusters: 4, statistics: 1 }, options)).toEqual([nothing]);
    expect(clusterBootstrap(meanOf([]), { clusters: 0, statistics: 1 }, options)).toEqual([nothing]);
  });

  it('refuses options that make no sense', () => {
    const run = (options: object): unknown =>
      clusterBootstrap(meanOf([1]), { clusters: 1, statistics: 1 }, { seed: 1, ...options });
    expect(() => run({ resamples: 0 })).toThrow('resamples is 0');
    expect(() => run({ resamples: 1.5 })).toThrow('resamples is 1.5');
    expect(() => run({ level: 1 })).toThrow('level is 1');
    expect(() => run({ level: Number.NaN })).toThrow('level is NaN');
    expect(DEFAULT_RESAMPLES).toBe(2000);
  });

  it('covers the truth about as often as it says, where members of a cluster resemble each other', () => {
    // 40 clusters of 1-9 members that share a cluster effect as large as their own noise; pooled mean, truth 0. An
    // interval that took members for independent would be half as wide and cover about two times in three.
    const random = createRandom('coverage');
    const trials = 200;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const sums = new ClusterSums(['sum', 'count']);
      for (let cluster = 0; cluster < 40; cluster++) {
        const effect = random.normal();
        const members = 1 + random.integer(9);
        for (let i = 0; i < members; i++) sums.add(cluster, 'sum', effect + random.normal());
        sums.add(cluster, 'count', members);
      }
      const totals = sums.weightedTotals(['sum', 'count'], 40);
      const [{ low, high }] = clusterBootstrap(
        (weights, values) => {
          const [sum, count] = totals(weights);
          values[0] = sum / count;
        },
        { clusters: 40, statistics: 1 },
        { seed: trial, resamples: 400 },
      );
      if (low <= 0 && 0 <= high) covered++;
    }
    // 200 trials at a true coverage of .93-.95 have a standard deviation of .017.
    expect(covered / trials).toBeGreaterThan(0.88);
    expect(covered / trials).toBeLessThan(0.99);
  });
});

describe('toEstimate', () => {
  const interval = { value: 0.5, low: 0.4, high: 0.6 };

  it('keeps n and clusters beside the number', () => {
    expect(toEstimate(interval, 30, 20)).toEqual({ ...interval, n: 30, clusters: 20 });
  });

  it('gives no interval for few clusters', () => {
    expect(toEstimate(interval, 30, MINIMUM_CLUSTERS).low).toBe(0.4);
    expect(toEstimate(interval, 30, MINIMUM_CLUSTERS - 1)).toEqual({
      value: 0.5,
      low: null,
      high: null,
      n: 30,
      clusters: 9,
    });
  });

  it('turns what is undefined into null', () => {
    const undefinedInterval = { value: NaN, low: NaN, high: NaN };
    expect(toEstimate(undefinedInterval, 0, 0)).toEqual({ value: null, low: null, high: null, n: 0, clusters: 0 });
  });
});
