import { describe, expect, it } from 'vitest';
import { meanOf, ratioOf, slopeOf } from '../../src/claim/statistic.js';

const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

describe('meanOf', () => {
  it('is the mean of those that have a value, under any weights', () => {
    const statistic = meanOf([1, undefined, 0, 0.5], 0.5);
    expect(statistic.of(ones(4))).toBe(0.5);
    expect(statistic.of(Float64Array.of(2, 9, 0, 2))).toBe(0.75);
    expect([...statistic.evidence]).toEqual([0.5, Number.NaN, -0.5, 0]);
  });

  it('is not defined where nobody has one', () => {
    expect(meanOf([undefined], 0).of(ones(1))).toBeNaN();
  });
});

describe('ratioOf', () => {
  it('divides sums, not means of ratios, and leaves out who lacks either side', () => {
    const statistic = ratioOf([0.5, -0.5, 1, undefined], [0.5, 0.5, undefined, 0.5], 0);
    expect(statistic.of(ones(4))).toBe(0);
    expect(statistic.of(Float64Array.of(3, 1, 1, 1))).toBe((1.5 - 0.5) / 2);
    expect([...statistic.evidence].map(Number.isNaN)).toEqual([false, false, true, true]);
  });

  it('has as evidence what departs from the reference', () => {
    expect([...ratioOf([0.25, 1], [0.5, 0.5], 1).evidence]).toEqual([-0.25, 0.5]);
  });

  it('is not defined over a whole that is not positive', () => {
    expect(ratioOf([1], [0], 0).of(ones(1))).toBeNaN();
    expect(ratioOf([1], [-1], 0).of(ones(1))).toBeNaN();
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
    expect(slopeOf(strata).of(ones(3))).toBeCloseTo(2, 12);
  });

  it('counts an observation as often as its weight', () => {
    const points = [
      [0, 0],
      [1, 1],
      [2, 0],
    ] as const;
    const weighted = slopeOf(points.map((point) => [[point]])).of(Float64Array.of(1, 3, 1));
    const copied = slopeOf([points[0], points[1], points[1], points[1], points[2]].map((point) => [[point]]));
    expect(weighted).toBeCloseTo(copied.of(ones(5)), 12);
  });

  it('has evidence that sums to the covariance, 0 without an effect', () => {
    const flat = slopeOf([[[[0, 1]]], [[[1, 3]]], [[[2, 1]]]]);
    expect([...flat.evidence].reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
    expect(slopeOf([[[]], [[[0, 1]]]]).evidence[0]).toBeNaN();
  });

  it('is not defined where x does not vary', () => {
    expect(slopeOf([[[[1, 1]]], [[[1, 5]]]]).of(ones(2))).toBeNaN();
  });
});
