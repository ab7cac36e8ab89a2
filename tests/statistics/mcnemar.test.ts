import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemar } from '../../src/statistics/index.js';

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

  it('refuses verdicts on different numbers of items', () => {
    expect(() => mcnemar([true], [])).toThrow(RangeError);
  });
});
