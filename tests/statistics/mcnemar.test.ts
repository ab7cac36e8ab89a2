import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemar, signFlipTest } from '../../src/statistics/index.js';

const verdicts = (both: number, onlyFirst: number, onlySecond: number): [boolean[], boolean[]] => {
  const pairs = [
    ...Array<[boolean, boolean]>(both).fill([true, true]),
    ...Array<[boolean, boolean]>(onlyFirst).fill([true, false]),
    ...Array<[boolean, boolean]>(onlySecond).fill([false, true]),
  ];
  return [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
};

describe('mcnemar', () => {
  // 2 (1 + 10 + 45) / 1024 and 2 / 32 by hand; 6 against 6 is more than 1 before the cap.
  it.each([
    [2, 8, 112 / 1024],
    [5, 0, 2 / 32],
    [6, 6, 1],
    [0, 0, 1],
  ])('has the p of %i against %i by hand', (onlyFirst, onlySecond, p) => {
    const found = mcnemar(...verdicts(7, onlyFirst, onlySecond));
    expect(found).toMatchObject({ onlyFirst, onlySecond });
    expect(found.p).toBeCloseTo(p, 12);
  });

  it('does not depend on which judge comes first, nor on what they agree on', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(20), (a, b, both) => {
        expect(mcnemar(...verdicts(both, a, b)).p).toBe(mcnemar(...verdicts(0, b, a)).p);
      }),
    );
  });

  it('has a p for thousands of differences, where 2^-n is no double', () => {
    // 1,500 against 1,600: z = 99 / sqrt(3100) with continuity, two-sided p .0754 by the normal approximation.
    expect(mcnemar(...verdicts(0, 1500, 1600)).p).toBeCloseTo(0.0754, 3);
  });

  it('turns the items of a cluster together', () => {
    const [first, second] = verdicts(0, 3, 0);
    // Differences of 2 and 1: of the sums 3, 1, -1 and -3 two are as far from 0 as 3.
    expect(mcnemar(first, second, ['a', 'a', 'b'])).toEqual({ onlyFirst: 3, onlySecond: 0, p: 0.5 });
    expect(mcnemar(first, second, ['a', 'a', 'a']).p).toBe(1);
    // One for and one against in the same cluster are no difference.
    expect(mcnemar([true, false, true], [false, true, false], ['a', 'a', 'b'])).toEqual({
      onlyFirst: 2,
      onlySecond: 1,
      p: 1,
    });
  });

  it('has the p of all sign patterns of the clusters', () => {
    const judged = fc.tuple(fc.boolean(), fc.boolean(), fc.nat(9));
    fc.assert(
      fc.property(fc.array(judged, { minLength: 1, maxLength: 40 }), (items) => {
        const clusters = items.map(([, , cluster]) => cluster);
        const sums = new Array<number>(10).fill(0);
        for (const [a, b, cluster] of items) sums[cluster] += Number(a) - Number(b);
        const { p } = mcnemar(
          items.map(([a]) => a),
          items.map(([, b]) => b),
          clusters,
        );
        expect(p).toBeCloseTo(signFlipTest(sums, { seed: 1, flips: 1024 }).p, 12);
      }),
    );
  });

  it('is no surer for having every item twice', () => {
    const [first, second] = verdicts(3, 9, 2);
    const twice = <T>(values: readonly T[]): T[] => [...values, ...values];
    const { p } = mcnemar(twice(first), twice(second), twice([...first.keys()]));
    expect(p).toBeCloseTo(mcnemar(first, second).p, 12);
    expect(mcnemar(twice(first), twice(second)).p).toBeLessThan(p / 2);
  });

  it('refuses verdicts on different numbers of items', () => {
    expect(() => mcnemar([true], [])).toThrow(RangeError);
    expect(() => mcnemar([true], [true], ['a', 'b'])).toThrow(RangeError);
  });
});
