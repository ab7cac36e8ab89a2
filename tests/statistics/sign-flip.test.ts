import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { signFlips, signFlipTest } from '../../src/statistics/index.js';

/** Darwin's maize: heights of crossed less self-fertilised plants, in eighths of an inch. */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

describe('signFlipTest', () => {
  it('gives the published p: 863 of 32,768 sums in one tail (Fisher 1935, section 21)', () => {
    const options = { seed: 1, flips: 2 ** 15 };
    expect(signFlipTest(MAIZE, options)).toEqual({ mean: 314 / 15, p: 1726 / 32768, flips: 32767, exact: true });
    expect(signFlipTest(MAIZE, { ...options, alternative: 'greater' }).p).toBe(863 / 32768);
    // All but the 863 mirror images, plus the patterns that tie with the data: those sums are at most 314.
    expect(signFlipTest(MAIZE, { ...options, alternative: 'less' }).p).toBeGreaterThan(1 - 863 / 32768);
  });

  it('approaches it with random flips', () => {
    const { p, flips, exact } = signFlipTest(MAIZE, { seed: 1 });
    expect([flips, exact]).toEqual([2000, false]);
    // Four standard errors of a share of .0527 among 2,000.
    expect(Math.abs(p - 1726 / 32768)).toBeLessThan(0.02);
  });

  it.each([
    // Sums of 1, 2, 3 with signs: only +++ (and ---) reaches 6.
    [[1, 2, 3], 2 / 8, 1 / 8, 1],
    // Sums 3, 1 x 3, -1 x 3, -3; the data have 1.
    [[1, 1, -1], 1, 4 / 8, 7 / 8],
    [[5], 1, 1 / 2, 1],
  ])('has the p of %j by hand', (differences, twoSided, greater, less) => {
    expect(signFlipTest(differences, { seed: 1 }).p).toBe(twoSided);
    expect(signFlipTest(differences, { seed: 1, alternative: 'greater' }).p).toBe(greater);
    expect(signFlipTest(differences, { seed: 1, alternative: 'less' }).p).toBe(less);
  });

  it('takes sums that differ by rounding for equal', () => {
    // .1 + .2 - .3 and -.1 - .2 + .3 are both 0, but not in floating point. Sums of 0 and more: 5 of 8.
    expect(signFlipTest([0.1, 0.2, -0.3], { seed: 1, alternative: 'greater' }).p).toBe(5 / 8);
  });

  it('gives zeros a place in the mean and none in p', () => {
    const zeros = new Array<number>(97).fill(0);
    expect(signFlipTest([1, 2, 3, ...zeros], { seed: 1 })).toEqual({ mean: 0.06, p: 0.25, flips: 7, exact: true });
    expect(signFlipTest([0, 0], { seed: 1 })).toEqual({ mean: 0, p: 1, flips: 0, exact: true });
  });

  it('stays in [1 / (m + 1), 1], and mirrors with the data', () => {
    const differences = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(differences, fc.integer(), (values, seed) => {
        const options = { seed, flips: 30 };
        const { p } = signFlipTest(values, options);
        expect(p).toBeGreaterThanOrEqual(1 / 31);
        expect(p).toBeLessThanOrEqual(1);
        const mirrored = values.map((x) => -x);
        expect(signFlipTest(mirrored, options).p).toBe(p);
        expect(signFlipTest(mirrored, { ...options, alternative: 'less' }).p).toBe(
          signFlipTest(values, { ...options, alternative: 'greater' }).p,
        );
      }),
    );
  });

  it('has a uniform p where the hypothesis is true', () => {
    const random = createRandom('sign flips under the null');
    const tenths = new Array<number>(10).fill(0);
    for (let trial = 0; trial < 1000; trial++) {
      const { p } = signFlipTest(
        Array.from({ length: 20 }, () => random.normal()),
        { seed: trial, flips: 199 },
      );
      // p is a multiple of 1/200; 20 of them make a tenth.
      tenths[Math.ceil(Math.round(200 * p) / 20) - 1]++;
    }
    // 100 each; the standard deviation is sqrt(1000 x .1 x .9) = 9.5, and 4 of them are 38.
    for (const count of tenths) expect(Math.abs(count - 100)).toBeLessThan(38);
  });

  it('repeats itself with the same seed, and not with another', () => {
    const run = (seed: number): unknown => signFlipTest(MAIZE, { seed });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('refuses what it cannot test', () => {
    expect(() => signFlipTest([], { seed: 1 })).toThrow('there are no differences');
    expect(() => signFlipTest([1, Number.NaN], { seed: 1 })).toThrow('difference 1 is NaN');
    expect(() => signFlipTest([0], { seed: 1, flips: 0 })).toThrow('flips is 0');
  });
});

describe('signFlips', () => {
  const patterns = (units: number, flips: number): string[] =>
    Array.from(signFlips(units, { seed: 1, flips }), (signs) => signs.join(' '));

  it('makes every pattern but the data once, where there are few', () => {
    expect(patterns(2, 4)).toEqual(['-1 1', '1 -1', '-1 -1']);
    expect(new Set(patterns(10, 2000)).size).toBe(1023);
  });

  it('draws as many as are asked for, where there are more, each sign equally often', () => {
    const drawn = patterns(2, 3);
    expect(drawn).toHaveLength(3);
    const minus = patterns(40, 1000).join(' ').match(/-1/g)?.length ?? 0;
    // Of 40,000 signs half; 4 standard deviations are 400.
    expect(Math.abs(minus - 20_000)).toBeLessThan(400);
  });

  it('refuses no units', () => {
    expect(() => [...signFlips(0, { seed: 1 })]).toThrow('units is 0');
  });
});
