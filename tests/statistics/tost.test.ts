import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { clusterBootstrap, equivalent, tost } from '../../src/statistics/index.js';

describe('tost', () => {
  it('gives the numbers computed by hand', () => {
    // One degree: survival at 1 is 1/4. Two degrees: .5 - t / (2 sqrt(2 + t^2)) at 4 and at 2.
    expect(tost(0, 1, 1, 1).p).toBeCloseTo(0.25, 9);
    const { pAbove, pBelow, p } = tost(1, 1, 2, 3);
    expect(pAbove).toBeCloseTo(0.5 - 4 / (2 * Math.sqrt(18)), 9);
    expect(pBelow).toBeCloseTo(0.5 - 2 / (2 * Math.sqrt(6)), 9);
    expect(p).toBe(pBelow);
  });

  it('gives the published ones: a replication on organic food (Lakens, SPPS 8, 2017)', () => {
    // 95 against 89 people, means 5.25 and 5.22, deviations .95 and .83; margin of d = .43. Printed: t(182) = -2.69,
    // p = .004.
    const standardError = Math.sqrt(0.95 ** 2 / 95 + 0.83 ** 2 / 89);
    const margin = 0.43 * Math.sqrt((0.95 ** 2 + 0.83 ** 2) / 2);
    expect((5.25 - 5.22 - margin) / standardError).toBeCloseTo(-2.69, 2);
    expect(tost(5.25 - 5.22, standardError, 182, margin).p).toBeCloseTo(0.004, 3);
  });

  it('does not depend on which condition comes first', () => {
    const [a, b] = [tost(0.3, 0.2, 7, 0.5), tost(-0.3, 0.2, 7, 0.5)];
    expect([b.pAbove, b.pBelow, b.p]).toEqual([a.pBelow, a.pAbove, a.p]);
  });

  it('is above one half for a difference outside the margin', () => {
    expect(tost(1.2, 0.5, 20, 1).p).toBeGreaterThan(0.5);
    expect(tost(-1.2, 0.5, 20, 1).p).toBeGreaterThan(0.5);
  });

  it('says nothing where nothing varies', () => {
    expect(tost(0, 0, 9, 1)).toEqual({ pAbove: NaN, pBelow: NaN, p: NaN });
    expect(tost(Number.NaN, 1, 9, 1).p).toBeNaN();
  });

  it('refuses numbers that make no sense', () => {
    expect(() => tost(0, -1, 9, 1)).toThrow('the standard error is -1');
    expect(() => tost(0, Number.NaN, 9, 1)).toThrow(RangeError);
    expect(() => tost(0, 1, 0, 1)).toThrow('0 degrees of freedom');
    expect(() => tost(0, 1, 9, 0)).toThrow('the margin is 0');
  });
});

describe('equivalent', () => {
  it('asks for the whole interval inside the margin', () => {
    expect(equivalent({ low: -0.01, high: 0.019 }, 0.02)).toBe(true);
    expect(equivalent({ low: -0.01, high: 0.02 }, 0.02)).toBe(false);
    expect(equivalent({ low: -0.03, high: 0.01 }, 0.02)).toBe(false);
    expect(equivalent({ low: 0.03, high: 0.04 }, 0.02)).toBe(false);
  });

  it('does not take a missing interval for a narrow one', () => {
    expect(equivalent({ low: null, high: null }, 0.02)).toBe(false);
    expect(equivalent({ low: Number.NaN, high: Number.NaN }, 0.02)).toBe(false);
    expect(() => equivalent({ low: 0, high: 0 }, Number.NaN)).toThrow('the margin is NaN');
  });

  it('at 90 % is the two tests at 5 %', () => {
    // The 95 % point of two degrees of freedom.
    const t95 = 0.9 * Math.sqrt(2 / (1 - 0.9 ** 2));
    const difference = fc.double({ min: -2, max: 2, noNaN: true });
    const error = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(difference, error, (d, s) => {
        const { p } = tost(d, s, 2, 1);
        // Closer, the two differ by rounding.
        fc.pre(Math.abs(p - 0.05) > 1e-12);
        expect(equivalent({ low: d - t95 * s, high: d + t95 * s }, 1)).toBe(p < 0.05);
      }),
    );
  });

  it('takes the interval of a cluster bootstrap', () => {
    const random = createRandom('equivalent');
    const numbers = Array.from({ length: 200 }, () => random.normal() / 10);
    const [interval] = clusterBootstrap(
      (weights, values) => (values[0] = numbers.reduce((sum, x, i) => sum + weights[i] * x, 0) / 200),
      { clusters: 200, statistics: 1 },
      { seed: 1, level: 0.9, resamples: 400 },
    );
    // A standard error of .007: 90 % ends about .012 from a mean within about .02 of 0.
    expect(equivalent(interval, 0.05)).toBe(true);
    expect(equivalent(interval, 0.005)).toBe(false);
  });
});
