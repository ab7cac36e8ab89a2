import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averageOf,
  differenceOf,
  keptOf,
  meanOf,
  ratioOf,
  shareOf,
  slopeOf,
  type Statistic,
} from '../../src/claim/statistic.js';

const numbered = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const graphs = (n: number): string[] => numbered(n).map((i) => `graph ${i}`);
/** So many ones, and zeros up to n. */
const right = (count: number, n: number): number[] => numbered(n).map((i) => Number(i < count));

describe('averageOf', () => {
  it('is undefined of nothing', () => {
    expect([averageOf([]), averageOf([1, 2])]).toEqual([undefined, 1.5]);
  });
});

describe('shareOf', () => {
  it('has the interval of Wilson and the p of the score test: 18 of 30', () => {
    const found = shareOf(right(18, 30))(graphs(30));
    const { estimate } = found;
    expect(estimate).toMatchObject({ value: 0.6, n: 30, clusters: 30 });
    expect([estimate.low, estimate.high]).toEqual([expect.closeTo(0.4232036, 6), expect.closeTo(0.7540937, 6)]);
    // z = .2 / sqrt(.4 x .6 / 30) = sqrt 5.
    expect(found.p(0.4, 'above')).toBeCloseTo(0.0126737, 6);
    expect(found.p(0.4, 'below')).toBeCloseTo(1 - 0.0126737, 6);
  });

  it('counts those that have a value', () => {
    const { estimate } = shareOf([1, undefined, 0, 0.5])(graphs(4));
    expect(estimate).toEqual({ value: 0.5, low: null, high: null, n: 3, clusters: 3 });
  });

  it('takes graphs as the units: 60 answers about one of them are one observation', () => {
    const found = shareOf(right(60, 60))(new Array<string>(60).fill('one'));
    const { estimate } = found;
    expect(estimate).toEqual({ value: 1, low: null, high: null, n: 60, clusters: 1 });
    expect(found.p(0.5, 'above')).toBeNull();
  });

  it('keeps a width where all are alike: nothing wrong in 30 is compatible with 11 % wrong', () => {
    const { estimate } = shareOf(right(30, 30))(graphs(30));
    // 1 / (1 + z^2 / 30)
    expect(estimate.low).toBeCloseTo(1 / (1 + 3.8414588 / 30), 6);
    expect(estimate.high).toBe(1);
  });

  it('has nothing to say of nothing', () => {
    const found = shareOf([undefined])(graphs(1));
    const { estimate } = found;
    expect(estimate).toEqual({ value: null, low: null, high: null, n: 0, clusters: 0 });
    expect(found.p(0.5, 'above')).toBeNull();
  });
});

describe('meanOf', () => {
  it('between bounds is a share of their distance', () => {
    const share = shareOf(right(18, 30))(graphs(30));
    const mean = meanOf(
      right(18, 30).map((one) => 20 * one - 10),
      [-10, 10],
    )(graphs(30));
    const scaled = [share.estimate.value, share.estimate.low, share.estimate.high].map((x) => 20 * (x ?? NaN) - 10);
    const { value, low, high } = mean.estimate;
    [value, low, high].forEach((x, i) => expect(x).toBeCloseTo(scaled[i], 12));
    expect(mean.p(0, 'above')).toBeCloseTo(share.p(0.5, 'above') ?? NaN, 12);
  });

  it("without bounds has Student's interval: 1 .. 10", () => {
    const found = meanOf(numbered(10).map((i) => i + 1))(graphs(10));
    const { estimate } = found;
    // s^2 = 82.5 / 9, t_9 = 2.262157.
    const half = 2.262157 * Math.sqrt(82.5 / 90);
    expect(estimate).toMatchObject({ value: 5.5, low: expect.closeTo(5.5 - half, 5) as number, n: 10, clusters: 10 });
    expect(estimate.high).toBeCloseTo(5.5 + half, 5);
    // t = 2.5 / .957427 = 2.611165.
    expect(found.p(3, 'above')).toBeCloseTo(0.0141084, 5);
  });

  it('has no interval from fewer than ten graphs', () => {
    const found = meanOf(numbered(9))(graphs(9));
    const { estimate } = found;
    expect(estimate).toEqual({ value: 4, low: null, high: null, n: 9, clusters: 9 });
    expect(found.p(3, 'above')).toBeNull();
  });
});

describe('keptOf', () => {
  const ones = right(40, 40);

  it('leaves out who lacks either side', () => {
    const { estimate } = keptOf([1, 0.5, 1, undefined], [1, 0.75, undefined, 1])(graphs(4));
    expect(estimate).toMatchObject({ value: 0.25 / 0.375, n: 2, clusters: 2, low: null });
  });

  it("is the share's own excess, with its lower limit and its p, where all own answers are right: 36 of 40", () => {
    const found = keptOf(right(36, 40), ones)(graphs(40));
    expect(found.estimate.value).toBeCloseTo(0.8, 12);
    expect(found.estimate.low).toBeCloseTo(2 * 0.7694822 - 1, 6);
    expect(found.estimate.high).toBeCloseTo(1.0150433, 6);
    // z = (.9 - .75) / sqrt(.75 x .25 / 40).
    expect(found.p(0.5, 'above')).toBeCloseTo(0.0142299, 6);
    expect(found.p(0.5, 'below')).toBeCloseTo(1 - 0.0142299, 6);
  });

  it('has no interval where own answers may be at chance, or are of fewer than ten graphs', () => {
    for (const [own, n] of [
      [right(25, 40), 40],
      [right(20, 40), 40],
      [right(9, 9), 9],
    ] as const) {
      const found = keptOf(right(36, 40).slice(0, n), own)(graphs(n));
      expect(found.estimate).toMatchObject({ low: null, high: null, n, clusters: n });
      expect(found.p(0.5, 'above')).toBeNull();
    }
    expect(keptOf(right(36, 40), right(20, 40))(graphs(40)).estimate.value).toBeNull();
  });

  it('takes graphs as the units: copies of each item tell nothing new', () => {
    const [edited, own] = [right(30, 40), right(37, 40)];
    const once = keptOf(edited, own)(graphs(40)).estimate;
    const twice = keptOf([...edited, ...edited], [...own, ...own])([...graphs(40), ...graphs(40)]).estimate;
    expect(twice).toMatchObject({ value: once.value, n: 80, clusters: 40 });
    expect(twice.low).toBeLessThan(once.low ?? NaN);
    expect(twice.low).toBeGreaterThan((once.low ?? NaN) - 0.05);
  });

  it('has nothing to say of nothing', () => {
    expect(keptOf([1], [undefined])(graphs(1)).estimate).toMatchObject({ value: null, n: 0 });
  });
});

describe('ratioOf', () => {
  it('divides sums, not means of ratios, and leaves out who lacks either side', () => {
    const { estimate } = ratioOf([0.5, -0.5, 1, undefined], [0.5, 0.25, undefined, 0.5])(graphs(4));
    expect(estimate).toMatchObject({ value: 0, n: 2, clusters: 2 });
    expect(ratioOf([3, 1], [2, 6])(graphs(2)).estimate.value).toBe(0.5);
  });

  it('has the interval of its linearisation: 36 of 40 kept', () => {
    const kept = right(36, 40).map((one) => one - 0.5);
    const found = ratioOf(kept, new Array<number>(40).fill(0.5))(graphs(40));
    const { estimate } = found;
    // Influences .2 and -1.8: 36 x .04 + 4 x 3.24 = 14.4; imagined 2 (.25 + .64 x .25) / .25 = 3.28; t_39 = 2.022691.
    const error = Math.sqrt(((40 / 39) * (14.4 + 3.28)) / 40 ** 2);
    expect(estimate.value).toBeCloseTo(0.8, 12);
    expect(estimate.low).toBeCloseTo(0.8 - 2.022691 * error, 6);
    expect(estimate.high).toBeCloseTo(0.8 + 2.022691 * error, 6);
    expect(found.p(0.5, 'above')).toBeCloseTo(0.0037747, 6);
  });

  it('is not defined over a whole that is not positive', () => {
    for (const whole of [0, -1]) {
      const found = ratioOf(right(20, 20), new Array<number>(20).fill(whole))(graphs(20));
      const { estimate } = found;
      expect(estimate).toEqual({ value: null, low: null, high: null, n: 20, clusters: 20 });
      expect(found.p(0.5, 'above')).toBeNull();
    }
  });
});

describe('slopeOf', () => {
  it('is the least-squares slope within strata, whatever lies between them', () => {
    // Two strata with slope 2 each; pooled, the second's high level would make it negative.
    const strata = [
      [[[0, 0] as const], [[0, 100] as const]],
      [[[1, 2] as const], [[-1, 98] as const]],
      [[[2, 4] as const], [[-2, 96] as const]],
    ];
    expect(slopeOf(strata)(graphs(3)).estimate.value).toBeCloseTo(2, 12);
  });

  /** 15 of 20 right where x is 1, 5 of 20 where it is 0. */
  const compared = numbered(40).map((i) => [[[Number(i < 20), Number(i < 15 || i >= 35)] as const]]);

  it('is the difference of two shares with the interval of the jackknife', () => {
    const found = slopeOf(compared, 0.5)(graphs(40));
    const { estimate } = found;
    // Influence 39 (y - m) / 19, 40 times .1875 of them; imagined 2 (40 x .5 / 10)^2 (.25 + .25) = 4.
    const error = Math.sqrt(((40 / 39) * ((39 / 19) ** 2 * 7.5 + 4)) / 40 ** 2);
    expect(estimate.value).toBeCloseTo(0.5, 12);
    expect(estimate.low).toBeCloseTo(0.5 - 2.022691 * error, 6);
    expect(estimate.high).toBeCloseTo(0.5 + 2.022691 * error, 6);
    expect(found.p(0.2, 'above')).toBeCloseTo(0.0270522, 6);
  });

  it('counts observations that have points, and is not defined where x does not vary', () => {
    expect(slopeOf([[[]], [[[0, 1]]], [[[1, 2]]]])(graphs(3)).estimate).toMatchObject({ value: 1, n: 2 });
    const found = slopeOf(numbered(20).map((y) => [[[1, y]]]))(graphs(20));
    const { estimate } = found;
    expect([estimate.value, found.p(0, 'above')]).toEqual([null, null]);
    expect(slopeOf([[[]]])(graphs(1)).estimate).toMatchObject({ value: null, n: 0 });
  });
});

describe('differenceOf', () => {
  const halves = numbered(40).map((i): 0 | 1 => (i < 20 ? 1 : 0));
  const answers = numbered(40).map((i) => Number(i < 15 || i >= 35));

  it("has Newcombe's interval: 15 of 20 less 5 of 20", () => {
    const found = differenceOf(answers, halves)(graphs(40));
    // Wilson's are .5312990 to .8881377 and 1 less these; sqrt(.2187010^2 + .2187010^2), and with .1381377.
    expect(found.estimate).toMatchObject({
      value: 0.5,
      low: expect.closeTo(0.5 - 0.218701 * Math.SQRT2, 5) as number,
      high: expect.closeTo(0.5 + 0.1381377 * Math.SQRT2, 5) as number,
      n: 40,
      clusters: 40,
    });
    // Where the shares' limits are the threshold and 1 less it, as far from both: .75 - .2 / sqrt 2 = .6085786.
    // z = .1414214 / sqrt(.6085786 x .3914214 / 20).
    expect(found.p(0.3, 'above')).toBeCloseTo(0.0975, 3);
    expect(found.p(0.3, 'below')).toBeCloseTo(1 - 0.0975, 3);
  });

  it('is narrower where both questions about a graph are answered alike, leaving out who is in no group', () => {
    const ofPairs = numbered(41).map((i) => `graph ${i % 20}`);
    const groups = [...halves, undefined];
    // Right are the first 15 of each.
    const alike = numbered(41).map((i) => Number(i % 20 < 15));
    const [apart, paired] = [graphs(41), ofPairs].map((all) => differenceOf(alike, groups)(all).estimate);
    expect(apart).toMatchObject({ value: 0, n: 40, clusters: 40 });
    expect(paired).toMatchObject({ value: 0, n: 40, clusters: 20 });
    // Correlation 1: the reaches below and above, .2187010 and .1381377, less each other.
    expect(apart.low).toBeCloseTo(-Math.hypot(0.218701, 0.1381377), 5);
    expect(paired.low).toBeCloseTo(0.1381377 - 0.218701, 5);
  });

  it('has no interval where one of the groups is of fewer than ten graphs, whatever the other', () => {
    const groups = numbered(40).map((i): 0 | 1 => (i < 9 ? 1 : 0));
    const found = differenceOf(right(8, 40), groups)(graphs(40));
    expect(found.estimate).toMatchObject({ low: null, high: null, n: 40, clusters: 9 });
    expect(found.estimate.value).toBeCloseTo(8 / 9, 12);
    expect(found.p(0.5, 'above')).toBeNull();
    expect(differenceOf(right(8, 40), new Array<1>(40).fill(1))(graphs(40)).estimate).toMatchObject({
      value: null,
      n: 0,
    });
  });
});

describe('p and interval', () => {
  const observations = fc.array(
    fc.record({
      x: fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20),
      y: fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20),
      graph: fc.nat({ max: 39 }),
    }),
    { minLength: 10, maxLength: 80, size: 'max' },
  );
  type Observations = readonly { readonly x: number; readonly y: number; readonly graph: number }[];

  const STATISTICS: readonly (readonly [string, (all: Observations) => Statistic])[] = [
    ['a share', (all) => shareOf(all.map(({ y }) => y))],
    [
      'a bounded mean',
      (all) =>
        meanOf(
          all.map(({ y }) => 2 * y - 1),
          [-1, 1],
        ),
    ],
    ['a mean', (all) => meanOf(all.map(({ y }) => y))],
    [
      'a ratio',
      (all) =>
        ratioOf(
          all.map(({ y }) => y - 0.5),
          all.map(({ x }) => x - 0.25),
        ),
    ],
    [
      'what is kept',
      (all) =>
        keptOf(
          all.map(({ y }) => y),
          all.map(({ x, y }) => 1 - (x * y) / 2),
        ),
    ],
    [
      'a slope',
      (all) =>
        slopeOf(
          all.map(({ x, y }) => [[[x, y]]]),
          0.5,
        ),
    ],
    [
      'a difference',
      (all) =>
        differenceOf(
          all.map(({ y }) => y),
          all.map(({ x }) => (x === 0.5 ? undefined : x < 0.5 ? 0 : 1)),
        ),
    ],
  ];

  it.each(STATISTICS)('agree: p of %s is below .025 exactly where the whole interval is beyond', (_, of) => {
    const thresholds = fc.integer({ min: -19, max: 19 }).map((twentieths) => twentieths / 20);
    let decided = 0;
    fc.assert(
      fc.property(observations, thresholds, (all, threshold) => {
        const found = of(all)(all.map(({ graph }) => `graph ${graph}`));
        const { estimate } = found;
        const { low, high } = estimate;
        const isBounded = of === STATISTICS[0][1];
        if (isBounded && threshold < 0) return;
        const [above, below] = [found.p(threshold, 'above'), found.p(threshold, 'below')];
        if (low === null || high === null) {
          expect([above, below]).toEqual([null, null]);
          return;
        }
        // At the threshold itself rounding decides.
        if (Math.min(Math.abs(low - threshold), Math.abs(high - threshold)) < 1e-9) return;
        expect((above ?? NaN) < 0.025, `${low} above ${threshold}, p ${above}`).toBe(low > threshold);
        expect((below ?? NaN) < 0.025, `${high} below ${threshold}, p ${below}`).toBe(high < threshold);
        expect((above ?? NaN) + (below ?? NaN)).toBeCloseTo(1, 9);
        decided++;
      }),
      { numRuns: 300 },
    );
    expect(decided).toBeGreaterThan(50);
  });
});
