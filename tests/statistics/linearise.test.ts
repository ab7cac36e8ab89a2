import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linearisedInterval,
  linearisedMean,
  linearisedRatio,
  linearisedSlope,
  type SlopePoint,
} from '../../src/statistics/index.js';

describe('linearisedMean', () => {
  it('has the distances as influences', () => {
    expect(linearisedMean([1, 2, 6])).toEqual({ value: 3, influence: Float64Array.of(-2, -1, 3) });
    expect(linearisedMean([]).value).toBeNaN();
  });
});

describe('linearisedRatio', () => {
  it('has influences (a - r b) / mean b: 1 + 2 of 2 + 4', () => {
    expect(linearisedRatio([1, 2, 0], [2, 2, 2])).toEqual({
      value: 0.5,
      influence: Float64Array.of(0, 0.5, -0.5),
      imagined: 0,
    });
  });

  it('keeps a width where own and edited answers are all correct', () => {
    const halves = Array<number>(30).fill(0.5);
    const { value, influence, imagined } = linearisedRatio(halves, halves, [0.5, 0.5]);
    expect([value, Math.max(...Array.from(influence))]).toEqual([1, 0]);
    // Half of 4 corners: (0 + 1 + 1 + 0) / 2 over a mean of 1/2 squared.
    expect(imagined).toBe(4);
    const { low } = linearisedInterval(linearisedRatio(halves, halves, [0.5, 0.5]), [...halves.keys()]);
    // t_29 = 2.045230.
    expect(low).toBeCloseTo(1 - (2.0452296 * Math.sqrt((30 / 29) * 4)) / 30, 6);
  });

  it('is the derivative: one observation more of a small weight', () => {
    const pair = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 12 }), (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const { value, influence } = linearisedRatio(a, b);
        const [sumA, sumB] = [a, b].map((own) => own.reduce((sum, x) => sum + x, 0));
        const e = 1e-6;
        pairs.forEach(([x, y], i) => {
          const moved = (sumA + e * x) / (sumB + e * y);
          // The second derivative is at most 2 (9 / 1)^2 9.
          expect(Math.abs((pairs.length * (moved - value)) / e - influence[i])).toBeLessThan(0.1);
        });
      }),
    );
  });

  it('is NaN without an excess to have a share of', () => {
    expect(linearisedRatio([1, 1], [1, -1]).value).toBeNaN();
    expect(() => linearisedRatio([1], [])).toThrow('1 numerators and 0 denominators');
  });
});

/** Written out: the slope within strata. */
function slopeOf(points: readonly SlopePoint[]): number {
  let [xx, xy] = [0, 0];
  for (const stratum of new Set(points.map((point) => point.stratum))) {
    const own = points.filter((point) => point.stratum === stratum);
    const [mx, my] = [own.reduce((sum, { x }) => sum + x, 0), own.reduce((sum, { y }) => sum + y, 0)];
    for (const { x, y } of own) {
      xx += (x - mx / own.length) ** 2;
      xy += (x - mx / own.length) * (y - my / own.length);
    }
  }
  return xy / xx;
}

describe('linearisedSlope', () => {
  it('adds up to what leaving out a cluster changes, in every stratum', () => {
    const point = fc.record({
      x: fc.integer({ min: -9, max: 9 }),
      y: fc.integer({ min: -9, max: 9 }),
      cluster: fc.nat({ max: 4 }),
      stratum: fc.nat({ max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 6, maxLength: 30 }), (points) => {
        const { value, influence } = linearisedSlope(points);
        const clusters = new Set(points.map(({ cluster }) => cluster));
        const whole = slopeOf(points);
        if (Number.isNaN(whole)) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(whole, 9);
        for (const cluster of clusters) {
          const without = slopeOf(points.filter((own) => own.cluster !== cluster));
          const sum = points.reduce((all, own, i) => all + (own.cluster === cluster ? influence[i] : 0), 0);
          const expected = points.length * (1 - 1 / clusters.size) * (whole - without);
          if (Number.isNaN(expected)) expect(sum).toBeNaN();
          else expect(sum).toBeCloseTo(expected, 6);
        }
      }),
    );
  });

  it('is the difference of two shares, with a width where nothing varies', () => {
    const points = Array.from({ length: 20 }, (_, cluster) => ({ x: Number(cluster < 5), y: 1, cluster }));
    const { value, imagined } = linearisedSlope(points, 0.5);
    expect(value).toBe(0);
    // 20 x / (20 x 3/16) times 1/2, x = 3/4 and -1/4 from the mean.
    expect(imagined).toBeCloseTo(2 * (0.5 / (3 / 16)) ** 2 * (9 / 16 + 1 / 16), 12);
    const { standardError } = linearisedInterval(
      linearisedSlope(points, 0.5),
      points.map(({ cluster }) => cluster),
    );
    // A success and a failure in each group: 2 x .25 / 5^2 + 2 x .25 / 15^2.
    expect(standardError).toBeCloseTo(Math.sqrt((20 / 19) * (0.5 / 25 + 0.5 / 225)), 12);
  });

  it('rests on more than one cluster', () => {
    const points = [0, 1, 2].map((cluster) => ({ x: Number(cluster === 0), y: cluster, cluster }));
    const { value, influence } = linearisedSlope(points);
    expect(value).toBeCloseTo(-1.5, 12);
    expect(influence[0]).toBeNaN();
    expect(linearisedInterval({ value, influence }, [0, 1, 2]).low).toBeNaN();
  });

  it('is NaN where x does not vary, rounding aside', () => {
    const points = Array.from({ length: 10 }, (_, cluster) => ({ x: 0.1, y: cluster, cluster }));
    expect(linearisedSlope(points).value).toBeNaN();
    const level = Array.from({ length: 10 }, (_, cluster) => ({ x: cluster, y: 0.1, cluster }));
    expect(linearisedSlope(level).value).toBe(0);
  });
});
