import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../src/random.js';
import { permutationTest, rsa, spearman } from '../../src/statistics/index.js';

const distances = (points: readonly number[]): number[] =>
  points.flatMap((a, i) => points.slice(i + 1).map((b) => Math.abs(a - b)));

const normals = (random: Random, n: number): number[] => Array.from({ length: n }, () => random.normal());

describe('rsa', () => {
  it('is the rank correlation of the pairs, with a p over the units', () => {
    const points = [0, 1, 3, 7, 15, 31, 63, 127];
    const first = distances(points);
    const found = rsa(first, distances(points.map(Math.sqrt)), { seed: 1, permutations: 999 });
    expect(found).toMatchObject({ units: 8, permutations: 999 });
    expect(found.statistic).toBe(spearman(first, distances(points.map(Math.sqrt))));
    // Only the identity among the 40,320 permutations fits as well, if any does.
    expect(found.p).toBeLessThanOrEqual(2 / 1000);
    // All pairs farther where the others are nearer: no sign of likeness.
    expect(
      rsa(
        first,
        first.map((d) => -d),
        { seed: 1, permutations: 999 },
      ).p,
    ).toBeGreaterThan(0.99);
  });

  it('permutes rows and columns together, as written out', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
      minLength: 3,
      maxLength: 7,
    });
    fc.assert(
      fc.property(points, fc.constantFrom('two-sided', 'greater', 'less'), (pairs, alternative) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const options = { seed: 3, permutations: 40, alternative };
        const writtenOut = permutationTest(
          (permutation) => spearman(distances(x), distances(permutation.map((i) => y[i]))),
          pairs.length,
          options,
        );
        expect(rsa(distances(x), distances(y), options)).toEqual({ ...writtenOut, units: pairs.length });
      }),
    );
  });

  it('refuses a true hypothesis as often as it says, though pairs are dependent', () => {
    const random = createRandom('Mantel under the null');
    let refused = 0;
    for (let trial = 0; trial < 600; trial++) {
      const [x, y] = [normals(random, 10), normals(random, 10)];
      if (rsa(distances(x), distances(y), { seed: trial, permutations: 99 }).p <= 0.1) refused++;
    }
    // 60 are expected; 4 standard deviations of sqrt(600 x .1 x .9) = 7.3 are 29.
    expect(Math.abs(refused - 60)).toBeLessThan(29);
  });

  it('has no number for constant dissimilarities', () => {
    const options = { seed: 1, permutations: 10 };
    expect(rsa([1, 1, 1], [1, 2, 3], options)).toEqual({ statistic: NaN, p: NaN, permutations: 10, units: 3 });
  });

  it('refuses what are no pairs of units', () => {
    expect(() => rsa([1, 2], [1, 2], { seed: 1 })).toThrow('2 dissimilarities are not the pairs');
    expect(() => rsa([1], [1], { seed: 1 })).toThrow('1 dissimilarities are not the pairs');
    expect(() => rsa([1, 2, 3], [1], { seed: 1 })).toThrow('3 and 1 dissimilarities');
    expect(() => rsa([1, 2, Number.NaN], [1, 2, 3], { seed: 1 })).toThrow('value 2 is NaN');
    expect(() => rsa([1, 1, 1], [1, 2, 3], { seed: 1, permutations: 0 })).toThrow('permutations is 0');
  });
});
