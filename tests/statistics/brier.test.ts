import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brierDecomposition, brierScore, brierSkill } from '../../src/statistics/index.js';

const FORECASTS = [0.8, 0.2, 0.8, 0.2, 0.8];
const OUTCOMES = [true, false, true, true, false];

describe('brierScore', () => {
  it('is the mean squared difference', () => {
    // .04 + .04 + .04 + .64 + .64
    expect(brierScore(FORECASTS, OUTCOMES)).toBeCloseTo(1.4 / 5, 12);
    expect(brierScore([1, 0], [true, false])).toBe(0);
    expect(brierScore([1, 0], [false, true])).toBe(1);
    expect(brierScore([], [])).toBeNaN();
  });

  it('refuses what is no probability, and missing outcomes', () => {
    expect(() => brierScore([0.5, 1.1], [true, true])).toThrow('forecast 1 is 1.1');
    expect(() => brierScore([Number.NaN], [true])).toThrow('forecast 0 is NaN');
    expect(() => brierScore([0.5], [])).toThrow('1 forecasts and 0 outcomes');
  });
});

describe('brierSkill', () => {
  it('compares with a reference, forecast by forecast', () => {
    // The base rate .6 everywhere scores .24.
    expect(brierSkill(FORECASTS, OUTCOMES, [0.6, 0.6, 0.6, 0.6, 0.6])).toBeCloseTo(1 - 0.28 / 0.24, 12);
    // .25 + .01 + .25 + .25 + .01
    expect(brierSkill(FORECASTS, OUTCOMES, [0.5, 0.1, 0.5, 0.5, 0.1])).toBeCloseTo(1 - 1.4 / 0.77, 12);
    expect(brierSkill(FORECASTS, OUTCOMES, FORECASTS)).toBe(0);
    expect(brierSkill([1, 0], [true, false], [0.5, 0.5])).toBe(1);
  });

  it('is undefined against a perfect reference', () => {
    expect(brierSkill([0.5], [true], [1])).toBeNaN();
    expect(() => brierSkill([0.5], [true], [])).toThrow(RangeError);
  });
});

describe('brierDecomposition', () => {
  it('gives the numbers computed by hand', () => {
    const found = brierDecomposition(FORECASTS, OUTCOMES);
    // Frequencies 1/2 at .2 and 2/3 at .8; base rate .6.
    expect(found.reliability).toBeCloseTo((2 * 0.3 ** 2 + 3 * (0.8 - 2 / 3) ** 2) / 5, 12);
    expect(found.resolution).toBeCloseTo((2 * 0.1 ** 2 + 3 * (2 / 3 - 0.6) ** 2) / 5, 12);
    expect(found.uncertainty).toBeCloseTo(0.24, 12);
    expect(found.withinBins).toBeCloseTo(0, 12);
    expect(found.curve).toHaveLength(2);
    expect(found.curve[0]).toEqual({ low: 0.2, high: 0.2, n: 2, forecast: 0.2, frequency: 0.5 });
    expect(found.curve[1]).toMatchObject({ low: 0.8, high: 0.8, n: 3, frequency: 2 / 3 });
    expect(found.curve[1].forecast).toBeCloseTo(0.8, 12);
  });

  it('fills bins alike, however uneven the forecasts are', () => {
    const forecasts = Array.from({ length: 25 }, (_, i) => (i / 25) ** 4);
    const outcomes = forecasts.map((_, i) => i % 2 === 0);
    const sizes = (bins: number): number[] => brierDecomposition(forecasts, outcomes, bins).curve.map(({ n }) => n);
    expect(sizes(5)).toEqual([5, 5, 5, 5, 5]);
    expect(sizes(10).every((n) => n === 2 || n === 3)).toBe(true);
    expect(sizes(10)).toHaveLength(10);
    expect(sizes(1)).toEqual([25]);
    expect(sizes(100)).toHaveLength(25);
  });

  it('never parts equal forecasts', () => {
    const forecasts = [...new Array<number>(60).fill(0.1), ...new Array<number>(40).fill(0.7)];
    const { curve } = brierDecomposition(forecasts, new Array<boolean>(100).fill(true));
    expect(curve.map(({ low, high, n }) => [low, high, n])).toEqual([
      [0.1, 0.1, 60],
      [0.7, 0.7, 40],
    ]);
    // Ranks 1 to 4 of 4 in two bins: the middle of the tie is in the upper one, its start in the lower.
    const tied = brierDecomposition([0.1, 0.2, 0.2, 0.2], [true, true, false, true], 2);
    expect(tied.curve.map(({ n }) => n)).toEqual([1, 3]);
  });

  const observations = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), {
    minLength: 1,
    maxLength: 60,
  });

  it('adds up to the score, to Murphy without the fourth part where bins hold equal forecasts', () => {
    fc.assert(
      fc.property(observations, fc.integer({ min: 1, max: 12 }), (pairs, bins) => {
        const forecasts = pairs.map(([twentieths]) => twentieths / 20);
        const outcomes = pairs.map(([, outcome]) => outcome);
        const all = brierDecomposition(forecasts, outcomes, bins);
        expect(all.reliability - all.resolution + all.uncertainty + all.withinBins).toBeCloseTo(all.score, 12);
        // With as many bins as observations every forecast has its own.
        const murphy = brierDecomposition(forecasts, outcomes, pairs.length);
        expect(murphy.curve.every(({ low, high }) => low === high)).toBe(true);
        expect(murphy.reliability - murphy.resolution + murphy.uncertainty).toBeCloseTo(murphy.score, 12);
      }),
    );
  });

  it('holds every observation once, in ascending bins, whatever the order of the rows', () => {
    fc.assert(
      fc.property(observations, (pairs) => {
        const decompose = (rows: typeof pairs): ReturnType<typeof brierDecomposition> =>
          brierDecomposition(
            rows.map(([twentieths]) => twentieths / 20),
            rows.map(([, outcome]) => outcome),
            4,
          );
        const { curve } = decompose(pairs);
        expect(curve.reduce((sum, { n }) => sum + n, 0)).toBe(pairs.length);
        curve.slice(1).forEach(({ low }, i) => expect(low).toBeGreaterThan(curve[i].high));
        const shape = (rows: typeof curve): unknown => rows.map(({ low, n, frequency }) => [low, n, frequency]);
        expect(shape(decompose(pairs.toReversed()).curve)).toEqual(shape(curve));
      }),
    );
  });

  it('has nothing to say of nothing, and refuses no bins', () => {
    expect(brierDecomposition([], [])).toEqual({
      score: NaN,
      reliability: NaN,
      resolution: NaN,
      uncertainty: NaN,
      withinBins: NaN,
      curve: [],
    });
    expect(() => brierDecomposition([0.5], [true], 0)).toThrow('bins is 0');
  });
});
