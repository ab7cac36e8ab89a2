import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredShare, clusteredWilson, shareP, wilson } from '../../src/statistics/index.js';
import { NORMAL_975 } from '../../src/statistics/wilson.js';

const numbered = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Values in [0, 1], each with a cluster and a weight. */
const observations = fc.array(
  fc.record({
    value: fc.oneof(
      fc.constantFrom(0, 1),
      fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20),
    ),
    cluster: fc.nat({ max: 12 }),
    weight: fc.integer({ min: 1, max: 8 }).map((halves) => halves / 2),
  }),
  { minLength: 1, maxLength: 40 },
);
type Observations = readonly { readonly value: number; readonly cluster: number; readonly weight: number }[];

const shareOf = (all: Observations): ReturnType<typeof clusteredShare> =>
  clusteredShare(
    all.map(({ value }) => value),
    all.map(({ cluster }) => cluster),
    all.map(({ weight }) => weight),
  );

describe('clusteredShare', () => {
  it("is Wilson's interval of zeros and ones, one in each cluster", () => {
    for (const successes of [0, 1, 17, 29, 30]) {
      const found = clusteredShare(
        numbered(30).map((i) => Number(i < successes)),
        numbered(30),
      );
      const { value, low, high } = wilson(successes, 30);
      expect(found).toMatchObject({ value, n: 30, clusters: 30, freedom: Infinity });
      expect(found.low).toBeCloseTo(low, 12);
      expect(found.high).toBeCloseTo(high, 12);
      expect(found.effectiveN).toBeCloseTo(30, 9);
    }
  });

  it('is the clustered one of zeros and ones, several in each cluster', () => {
    const cluster = fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 })).filter(([right, wrong]) => right + wrong > 0);
    fc.assert(
      fc.property(fc.array(cluster, { minLength: 1, maxLength: 15 }), (clusters) => {
        const answers = clusters.flatMap(([right, wrong], graph) =>
          numbered(right + wrong).map((i) => ({ value: Number(i < right), cluster: graph, weight: 1 })),
        );
        const found = shareOf(answers);
        const expected = clusteredWilson(clusters.map(([right, wrong]) => ({ successes: right, n: right + wrong })));
        for (const end of ['value', 'low', 'high'] as const) expect(found[end]).toBeCloseTo(expected[end], 9);
        expect(found).toMatchObject({ n: expected.n, clusters: expected.clusters });
      }),
    );
  });

  it('is narrower for values between 0 and 1: ten of .8 and ten of 1', () => {
    // p = .9, S = .01: dispersion (20 x .01 + .25) / (20 x .09 + .25) = .45 / 2.05.
    const { effectiveN, low, high } = clusteredShare(
      numbered(20).map((i) => (i < 10 ? 0.8 : 1)),
      numbered(20),
    );
    expect(effectiveN).toBeCloseTo((20 * 2.05) / 0.45, 9);
    // Wilson's at n = 91.11: ((.9 n + 1.9207) -+ 1.95996 sqrt(.09 n + .9604)) / (n + 3.8415).
    expect(low).toBeCloseTo((82 + 1.9207 - 1.95996 * Math.sqrt(8.2 + 0.9604)) / 94.9526, 4);
    expect(high).toBeCloseTo((82 + 1.9207 + 1.95996 * Math.sqrt(8.2 + 0.9604)) / 94.9526, 4);
  });

  it('keeps a width where all values are the same, and reads them as zeros and ones where they are nearly 1', () => {
    // S = 0: dispersion .25 / (30 x .09 + .25).
    expect(clusteredShare(Array<number>(30).fill(0.9), numbered(30)).effectiveN).toBeCloseTo((30 * 2.95) / 0.25, 6);
    const nearly = clusteredShare(Array<number>(30).fill(1 - 1e-6), numbered(30));
    expect(nearly.low).toBeCloseTo(wilson(30, 30).low, 3);
  });

  it('counts clusters where their values are copies: each value twice is as good as once, with t of 19 degrees', () => {
    const values = numbered(20).map((i) => (i < 10 ? 0.8 : 1));
    const twice = clusteredShare([...values, ...values], [...numbered(20), ...numbered(20)]);
    // r = 1, so D = 2 and the model's variance is S 2 / (40 - 2): 19 trials. t_19 = 2.093024.
    const dispersion = (19 * 0.01 + 0.25) / (19 * 0.09 + 0.25);
    expect(twice.effectiveN).toBeCloseTo((19 / dispersion) * (NORMAL_975 / 2.0930240544) ** 2, 6);
    expect(twice).toMatchObject({ n: 40, clusters: 20 });
    expect(twice.freedom).toBeCloseTo(19, 9);
  });

  it('takes observations by their weight: one of 3 beside nine of 1', () => {
    // N = K = 12^2 / (9 + 9) = 8, p = 11 / 12.
    const found = clusteredShare([...Array<number>(9).fill(1), 2 / 3], numbered(10), [...Array<number>(9).fill(1), 3]);
    expect(found.value).toBeCloseTo(11 / 12, 12);
    // S = (9 / 144 + 3 / 16) / 12 = 1 / 48.
    expect(found.effectiveN).toBeCloseTo((8 * (8 * (11 / 144) + 0.25)) / (8 / 48 + 0.25), 9);
  });

  it('does not depend on the order, the names of clusters or the unit of weights', () => {
    const close = (a: number, b: number): void => {
      expect(a).toBeCloseTo(b, 8);
    };
    fc.assert(
      fc.property(observations, (all) => {
        const found = shareOf(all);
        const others = [
          shareOf([...all].reverse()),
          shareOf(all.map((own) => ({ ...own, weight: own.weight / 10 }))),
          clusteredShare(
            all.map(({ value }) => value),
            all.map(({ cluster }) => `graph ${cluster}`),
            all.map(({ weight }) => weight),
          ),
        ];
        for (const other of others) for (const end of ['value', 'low', 'high'] as const) close(other[end], found[end]);
      }),
    );
  });

  it('holds the share inside [0, 1], and 1 less the values have 1 less the interval', () => {
    fc.assert(
      fc.property(observations, (all) => {
        const { value, low, high } = shareOf(all);
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
        const mirrored = shareOf(all.map((own) => ({ ...own, value: 1 - own.value })));
        expect(mirrored.low).toBeCloseTo(1 - high, 8);
        expect(mirrored.high).toBeCloseTo(1 - low, 8);
      }),
    );
  });

  it('says nothing of other clusters after one', () => {
    const found = clusteredShare([1, 1, 0.5], ['a', 'a', 'a']);
    expect(found).toMatchObject({ low: 0, high: 1, clusters: 1, effectiveN: 0 });
    expect(shareP(found, 0.5, 'greater')).toBe(1);
  });

  it('refuses what is no share of anything', () => {
    expect(() => clusteredShare([], [])).toThrow('there are no values');
    expect(() => clusteredShare([1.5], [0])).toThrow('value 0 is 1.5, not in [0, 1]');
    expect(() => clusteredShare([Number.NaN], [0])).toThrow(RangeError);
    expect(() => clusteredShare([1], [0, 1])).toThrow('1 values and 2 clusters');
    expect(() => clusteredShare([1], [0], [])).toThrow('1 values and 0 weights');
    expect(() => clusteredShare([1], [0], [0])).toThrow('weight 0 is 0, not above 0');
  });
});

describe('shareP', () => {
  it('is the score test: 21 of 30 against a half', () => {
    const found = clusteredShare(
      numbered(30).map((i) => Number(i < 21)),
      numbered(30),
    );
    // (.7 - .5) / sqrt(.25 / 30) = 2.19089.
    expect(shareP(found, 0.5, 'greater')).toBeCloseTo(0.0142299, 6);
    expect(shareP(found, 0.5, 'less')).toBeCloseTo(1 - 0.0142299, 6);
  });

  it('has its ends', () => {
    const all = clusteredShare([1, 1, 1], [0, 1, 2]);
    expect([shareP(all, 1, 'less'), shareP(all, 0, 'greater')]).toEqual([0.5, 0]);
    const some = clusteredShare([1, 1, 0], [0, 1, 2]);
    expect([shareP(some, 1, 'less'), shareP(some, 1, 'greater')]).toEqual([0, 1]);
    expect(() => shareP(some, 1.1, 'less')).toThrow('the threshold is 1.1, not in [0, 1]');
  });

  it('is below .025 exactly where the interval lies beyond the threshold', () => {
    fc.assert(
      fc.property(observations, fc.integer({ min: 0, max: 1000 }), (all, thousandths) => {
        const found = shareOf(all);
        const threshold = thousandths / 1000;
        // At an end itself rounding decides.
        fc.pre(Math.abs(threshold - found.low) > 1e-9 && Math.abs(threshold - found.high) > 1e-9);
        expect(shareP(found, threshold, 'greater') < 0.025).toBe(threshold < found.low);
        expect(shareP(found, threshold, 'less') < 0.025).toBe(threshold > found.high);
      }),
    );
  });
});
