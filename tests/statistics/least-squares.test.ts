import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { clusterBootstrap, ClusterLeastSquares } from '../../src/statistics/index.js';

interface Observation {
  readonly cluster: number;
  readonly x: readonly number[];
  readonly y: number;
}

function coefficients(observations: readonly Observation[], weights: readonly number[]): number[] {
  const fit = new ClusterLeastSquares(observations[0].x.length);
  for (const { cluster, x, y } of observations) fit.add(cluster, x, y);
  const values = new Float64Array(observations[0].x.length);
  fit.coefficients(weights.length)(Float64Array.from(weights), values);
  return [...values];
}

const inOne = (rows: readonly (readonly [x: readonly number[], y: number])[]): Observation[] =>
  rows.map(([x, y]) => ({ cluster: 0, x, y }));

/** Employment on prices, product, unemployment, army, population and year (Longley 1967, as in NIST's StRD). */
const LONGLEY: readonly (readonly number[])[] = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
];

describe('ClusterLeastSquares', () => {
  it('gives the line computed by hand', () => {
    const rows = inOne([
      [[1, 1], 1],
      [[1, 2], 2],
      [[1, 3], 2],
    ]);
    const [intercept, slope] = coefficients(rows, [1]);
    expect(intercept).toBeCloseTo(2 / 3, 12);
    expect(slope).toBeCloseTo(0.5, 12);
  });

  it("gives NIST's certified coefficients of its worst-conditioned data", () => {
    const found = coefficients(inOne(LONGLEY.map(([y, ...x]) => [[1, ...x], y])), [1]);
    const certified = [
      -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
      -0.0511041056535807, 1829.15146461355,
    ];
    // The scaled equations have a condition of 2e9: 16 digits less 9 leave 6 or 7.
    found.forEach((value, i) => expect(Math.abs(value / certified[i] - 1)).toBeLessThan(1e-6));
  });

  const observation = fc.record({
    cluster: fc.integer({ min: 0, max: 3 }),
    x: fc.tuple(fc.constant(1), fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 1 })),
    y: fc.integer({ min: -9, max: 9 }),
  });
  const observations = fc.array(observation, { minLength: 1, maxLength: 25 });
  const draws = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 });

  it('weights clusters as if their observations were copied that often', () => {
    fc.assert(
      fc.property(observations, draws, (rows, weights) => {
        const copies = rows.flatMap((own) =>
          Array.from({ length: weights[own.cluster] }, () => ({ ...own, cluster: 0 })),
        );
        fc.pre(copies.length > 0);
        // All sums are of small whole numbers, hence exact and the same.
        expect(coefficients(rows, weights)).toEqual(coefficients(copies, [1]));
      }),
    );
  });

  it('leaves residuals that are orthogonal to every predictor', () => {
    fc.assert(
      fc.property(observations, (rows) => {
        const found = coefficients(rows, [1, 1, 1, 1]);
        fc.pre(!found.some(Number.isNaN));
        for (const p of [0, 1, 2]) {
          const product = rows.reduce(
            (sum, { x, y }) => sum + x[p] * (y - x.reduce((all, v, i) => all + v * found[i], 0)),
            0,
          );
          expect(product).toBeCloseTo(0, 8);
        }
      }),
    );
  });

  it('does not depend on units', () => {
    const random = createRandom('units');
    const rows = Array.from({ length: 40 }, () => [1, random.normal(), random.normal(), random.normal()] as const);
    const [a, b, c] = coefficients(inOne(rows.map(([one, x, z, y]) => [[one, x, z], y])), [1]);
    const [a2, b2, c2] = coefficients(inOne(rows.map(([one, x, z, y]) => [[one, x * 1e9, z * 1e-9], y])), [1]);
    expect(a2).toBeCloseTo(a, 12);
    expect(b2 * 1e9).toBeCloseTo(b, 12);
    expect(c2 * 1e-9).toBeCloseTo(c, 12);
  });

  it('has no coefficients where the clusters do not determine them', () => {
    const nothing = [NaN, NaN, NaN];
    // The third predictor is twice the second less the first; it is 0; there is nothing at all.
    const dependent = [0.1, 0.7, 1.3, 2.9, 3.1].map((x) => [[1, x, 2 * x - 1], x * x] as const);
    expect(coefficients(inOne(dependent), [1])).toEqual(nothing);
    expect(coefficients(inOne(dependent.map(([[one, x], y]) => [[one, x, 0], y])), [1])).toEqual(nothing);
    expect(coefficients(inOne(dependent), [0])).toEqual(nothing);
    // Only cluster 1 has the group.
    const rows = dependent.map(([[one, x], y], i) => ({
      cluster: i % 2,
      x: [one, x, i % 2 === 1 && i > 1 ? 1 : 0],
      y,
    }));
    expect(coefficients(rows, [1, 0])).toEqual(nothing);
    expect(coefficients(rows, [1, 1]).some(Number.isNaN)).toBe(false);
  });

  it('frees a group effect of a covariate, with a bootstrap interval', () => {
    // Scores depend on in-degree alone; members of the group have a higher one.
    const random = createRandom('adjusted');
    const [raw, adjusted] = [new ClusterLeastSquares(2), new ClusterLeastSquares(3)];
    for (let graph = 0; graph < 60; graph++) {
      const effect = random.normal();
      for (let node = 0; node < 10; node++) {
        const group = node % 2;
        const inDegree = group + random.integer(4);
        const score = 2 * inDegree + effect + random.normal();
        raw.add(graph, [1, group], score);
        adjusted.add(graph, [1, group, inDegree], score);
      }
    }
    const options = { seed: 1, resamples: 300 };
    const [, rawGroup] = clusterBootstrap(raw.coefficients(60), { clusters: 60, statistics: 2 }, options);
    const [, group, slope] = clusterBootstrap(adjusted.coefficients(60), { clusters: 60, statistics: 3 }, options);
    expect(rawGroup.low).toBeGreaterThan(1);
    expect(group.low).toBeLessThan(0);
    expect(group.high).toBeGreaterThan(0);
    // 600 nodes with a deviation of about 1.4 around the line give the slope a standard error of .05.
    expect(slope.value).toBeCloseTo(2, 0);
    expect(slope.low < 2 && 2 < slope.high).toBe(true);
  });

  it('refuses what it cannot fit', () => {
    expect(() => new ClusterLeastSquares(0)).toThrow('predictors is 0');
    const fit = new ClusterLeastSquares(2);
    expect(() => fit.add(0, [1], 2)).toThrow('there are 1 predictors, not 2');
    expect(() => fit.add(0, [1, Number.NaN], 2)).toThrow('a predictor or the response is NaN');
    expect(() => fit.add(0, [1, 2], Infinity)).toThrow('a predictor or the response is Infinity');
  });
});
