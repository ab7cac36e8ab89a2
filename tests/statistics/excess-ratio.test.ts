import { describe, expect, it } from 'vitest';
import { clusteredShare, excessRatio, excessRatioP, sharePair, type SharePair } from '../../src/statistics/index.js';

/** Edited and own answers, one item a cluster: how many are right in both, in the edited alone, in the own alone, in none. */
function answers(both: number, edited: number, own: number, none: number): SharePair {
  const cells = [
    ...new Array<number[]>(both).fill([1, 1]),
    ...new Array<number[]>(edited).fill([1, 0]),
    ...new Array<number[]>(own).fill([0, 1]),
    ...new Array<number[]>(none).fill([0, 0]),
  ];
  const clusters = [...cells.keys()];
  return sharePair({ values: cells.map(([x]) => x), clusters }, { values: cells.map(([, y]) => y), clusters });
}

describe('excessRatio', () => {
  it('has the lower limit of the share itself where the other is certain: 36 of 40 over 40 of 40', () => {
    const { value, low, high } = excessRatio(answers(36, 0, 4, 0));
    expect(value).toBeCloseTo(0.8, 12);
    // Wilson's interval of 36 of 40 is .7694822 to .9604205.
    expect(low).toBeCloseTo(2 * 0.7694822 - 1, 6);
    expect(low).toBeCloseTo(
      2 *
        clusteredShare(
          [...Array(40).keys()].map((i) => Number(i < 36)),
          [...Array(40).keys()],
        ).low -
        1,
      12,
    );
    // Where .4 - high / 2 + sqrt(.0604205^2 + (.0876230 high)^2) = 0: 40 of 40 reaches down to 1 / (1 + z^2 / 40).
    expect(high).toBeCloseTo(1.0150433, 6);
  });

  it('lets alike answers narrow it: 34 of 40 over 36 of 40, 32 right in both', () => {
    // Correlation (32 x 2 - 2 x 4) / sqrt(34 x 6 x 36 x 4) = .3267320; ends by bisection of the definition.
    const pair = answers(32, 2, 4, 2);
    expect(pair.correlation).toBeCloseTo(0.326732, 6);
    expect(excessRatio(pair)).toEqual({
      value: expect.closeTo(0.875, 12) as number,
      low: expect.closeTo(0.5408416, 6) as number,
      high: expect.closeTo(1.2723823, 6) as number,
    });
    const { low, high } = excessRatio({ ...pair, correlation: 0 });
    expect(low).toBeLessThan(0.54);
    expect(high).toBeGreaterThan(1.28);
  });

  it('may be negative as a whole: 12 of 40 over 36 of 40', () => {
    expect(excessRatio(answers(10, 2, 26, 2))).toEqual({
      value: expect.closeTo(-0.5, 12) as number,
      low: expect.closeTo(-0.8833489, 6) as number,
      high: expect.closeTo(-0.1164129, 6) as number,
    });
  });

  it('has no interval where the whole is not above chance for sure, and no value where it is not above', () => {
    // Wilson's interval of 25 of 40 is .4703 to .7578.
    const unsure = answers(20, 5, 5, 10);
    expect(excessRatio(unsure)).toEqual({ value: 1, low: NaN, high: NaN });
    expect(excessRatioP(unsure, 0.5, 'greater')).toBeNaN();
    expect(excessRatio(answers(10, 10, 10, 10))).toEqual({ value: NaN, low: NaN, high: NaN });
  });
});

describe('excessRatioP', () => {
  it('is that of the score test where the other share is certain', () => {
    // z = (.9 - .75) / sqrt(.75 x .25 / 40) = 2.1908902.
    const pair = answers(36, 0, 4, 0);
    expect(excessRatioP(pair, 0.5, 'greater')).toBeCloseTo(0.0142299, 6);
    expect(excessRatioP(pair, 0.5, 'less')).toBeCloseTo(1 - 0.0142299, 6);
    expect(excessRatioP(pair, 0.8, 'greater')).toBeCloseTo(0.5, 9);
  });

  it('asks for a finite threshold', () => {
    expect(() => excessRatioP(answers(36, 0, 4, 0), Infinity, 'greater')).toThrow('the threshold is not finite');
  });
});
