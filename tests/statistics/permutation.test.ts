import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { permutationTest, type Alternative } from '../../src/statistics/index.js';

/** Sum of the values whose label is 1. */
const labelledSum =
  (values: readonly number[], labels: readonly number[]) =>
  (permutation: readonly number[]): number =>
    values.reduce((sum, value, i) => sum + value * labels[permutation[i]], 0);

describe('permutationTest', () => {
  it('evaluates the data first, then permutations, equally often each', () => {
    const seen: string[] = [];
    permutationTest((permutation) => seen.push(permutation.join('')), 3, { seed: 1, permutations: 6000 });
    expect(seen).toHaveLength(6001);
    expect(seen[0]).toBe('012');
    const counts = new Map<string, number>();
    for (const text of seen.slice(1)) counts.set(text, (counts.get(text) ?? 0) + 1);
    expect(counts.size).toBe(6);
    // 1,000 each; 4 standard deviations of sqrt(6000 x 5/36) = 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(116);
  });

  it.each<[Alternative, number]>([
    // 4, 5, 6 of 1..6 is the highest of 20 sums.
    ['greater', 1 / 20],
    ['less', 1],
    ['two-sided', 1 / 10],
  ])('approaches the exact p, %s', (alternative, exact) => {
    const statistic = labelledSum([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1]);
    const found = permutationTest(statistic, 6, { seed: 1, permutations: 20_000, alternative });
    expect(found).toMatchObject({ statistic: 15, permutations: 20_000 });
    // 4 standard errors of a share of .05 among 20,000, twice that when doubled.
    expect(Math.abs(found.p - exact)).toBeLessThan(0.0125);
  });

  it('does not care where the statistic is centred', () => {
    const statistic = labelledSum([3, 1, 4, 1, 5, 9, 2, 6], [1, 0, 1, 0, 1, 1, 0, 0]);
    const options = { seed: 1, permutations: 200 };
    const { p } = permutationTest(statistic, 8, options);
    expect(permutationTest((permutation) => statistic(permutation) + 100, 8, options).p).toBe(p);
    expect(permutationTest((permutation) => -statistic(permutation), 8, options).p).toBe(p);
  });

  it('counts the data themselves: p is never 0', () => {
    let calls = 0;
    const falling = (): number => -calls++;
    expect(permutationTest(falling, 5, { seed: 1, permutations: 99, alternative: 'greater' }).p).toBe(1 / 100);
    calls = 0;
    expect(permutationTest(falling, 5, { seed: 1, permutations: 99 }).p).toBe(2 / 100);
  });

  it('counts ties, those up to rounding too, and permutations without a statistic', () => {
    const then =
      (value: number) =>
      (permutation: readonly number[]): number =>
        permutation.every((label, i) => label === i) ? 0.3 : value;
    const options = { seed: 1, permutations: 50, alternative: 'greater' as const };
    expect(permutationTest(then(0.3), 20, options).p).toBe(1);
    expect(permutationTest(then(0.3 - 1e-16), 20, options).p).toBe(1);
    expect(permutationTest(then(Number.NaN), 20, options).p).toBe(1);
    expect(permutationTest(then(0.29), 20, options).p).toBe(1 / 51);
  });

  it('has no p for data without a statistic', () => {
    expect(permutationTest(() => Number.NaN, 3, { seed: 1 })).toEqual({ statistic: NaN, p: NaN, permutations: 2000 });
  });

  it('stays in [1 / (m + 1), 1]', () => {
    const values = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 });
    const alternatives = fc.constantFrom<Alternative>('two-sided', 'greater', 'less');
    fc.assert(
      fc.property(values, alternatives, fc.integer(), (own, alternative, seed) => {
        const labels = own.map((_, i) => i % 2);
        const { p } = permutationTest(labelledSum(own, labels), own.length, { seed, permutations: 20, alternative });
        expect(p).toBeGreaterThanOrEqual(1 / 21);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses a true hypothesis as often as it says', () => {
    const random = createRandom('permutations under the null');
    const labels = Array.from({ length: 14 }, (_, i) => i % 2);
    let refused = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const values = labels.map(() => random.normal());
      if (permutationTest(labelledSum(values, labels), 14, { seed: trial, permutations: 199 }).p <= 0.1) refused++;
    }
    // 100 are expected; 4 standard deviations are 38.
    expect(Math.abs(refused - 100)).toBeLessThan(38);
  });

  it('repeats itself with the same seed, and not with another', () => {
    const statistic = labelledSum([3, 1, 4, 1, 5, 9, 2, 6], [1, 0, 1, 0, 1, 1, 0, 0]);
    const run = (seed: number): number => permutationTest(statistic, 8, { seed }).p;
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });

  it('refuses options that make no sense', () => {
    expect(() => permutationTest(() => 0, 0, { seed: 1 })).toThrow('units is 0');
    expect(() => permutationTest(() => 0, 3, { seed: 1, permutations: 1.5 })).toThrow('permutations is 1.5');
  });
});
