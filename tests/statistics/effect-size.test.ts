import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cliffsDelta, cohensD, cohensDz } from '../../src/statistics/index.js';

/** Ratings of two films (Lakens, Frontiers in Psychology 4, 2013, table 1). */
const FIRST = [9, 7, 8, 9, 8, 9, 9, 10, 9, 9];
const SECOND = [9, 6, 7, 8, 7, 9, 8, 8, 8, 7];

describe('cohensD', () => {
  it('gives the published numbers', () => {
    // Printed there: 1.13 and 1.08.
    const { d, g } = cohensD(FIRST, SECOND);
    expect(d).toBeCloseTo(1.13, 2);
    expect(g).toBeCloseTo(1.08, 2);
    // Means 8.7 and 7.7, sums of squares 6.1 and 8.1.
    expect(d).toBeCloseTo(1 / Math.sqrt(14.2 / 18), 12);
  });

  it('pools groups of different sizes by their degrees of freedom', () => {
    // Sums of squares 2 and 0 over 3 degrees; correction gamma(1.5) / (sqrt(1.5) gamma(1)) = .723601.
    const { d, g } = cohensD([0, 1, 2], [3, 3]);
    expect(d).toBeCloseTo(-2 / Math.sqrt(2 / 3), 12);
    expect(g / d).toBeCloseTo(0.723601, 6);
  });

  it('is undefined for one number or none, and where nothing deviates', () => {
    for (const [a, b] of [
      [[1], [2, 3]],
      [[1, 2], []],
      [
        [5, 5],
        [3, 3],
      ],
      // Its mean is not .1 in floating point.
      [
        [0.1, 0.1, 0.1],
        [0.3, 0.3],
      ],
    ])
      expect(cohensD(a, b)).toEqual({ d: NaN, g: NaN });
  });

  it('does not depend on the unit, and changes sign with the groups', () => {
    const sample = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const { d, g } = cohensD(a, b);
        fc.pre(!Number.isNaN(d));
        expect(cohensD(b, a).d).toBeCloseTo(-d, 12);
        const scaled = cohensD(
          a.map((x) => 4 * x + 3),
          b.map((x) => 4 * x + 3),
        );
        expect(scaled.d).toBeCloseTo(d, 9);
        expect(Math.abs(g)).toBeLessThanOrEqual(Math.abs(d));
      }),
    );
  });
});

describe('cohensDz', () => {
  it('gives the published number', () => {
    // Printed there: 1.50.
    expect(cohensDz(FIRST.map((x, i) => x - SECOND[i])).d).toBeCloseTo(1.5, 12);
  });

  it("has Hedges' exact correction", () => {
    // Two degrees: gamma(1) / gamma(1/2) = 1 / sqrt(pi). Nine: gamma(4.5) / (sqrt(4.5) gamma(4)).
    const two = cohensDz([0, 1, 2]);
    expect(two.d).toBe(1);
    expect(two.g).toBeCloseTo(1 / Math.sqrt(Math.PI), 14);
    const { d, g } = cohensDz([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(g / d).toBeCloseTo(((3.5 * 2.5 * 1.5 * 0.5) / 6) * Math.sqrt(Math.PI / 4.5), 13);
    // One degree: the factor is 0.
    const one = cohensDz([0, 2]);
    expect(one.d).toBeCloseTo(Math.SQRT1_2, 12);
    expect(one.g).toBe(0);
  });

  it('is undefined for one difference or none, and where nothing deviates', () => {
    for (const differences of [[], [1], [2, 2, 2], [0.1, 0.1, 0.1]])
      expect(cohensDz(differences)).toEqual({ d: NaN, g: NaN });
  });
});

describe('cliffsDelta', () => {
  it('gives the number computed by hand', () => {
    // Of 6 pairs: 2 > 1; 3 > 1, 2; 2 = 2; 2, 3 < 4: higher 3, lower 2.
    expect(cliffsDelta([2, 3], [1, 2, 4])).toBeCloseTo(1 / 6, 12);
    expect(cliffsDelta([5, 6], [1, 2])).toBe(1);
    expect(cliffsDelta([1], [2])).toBe(-1);
    expect(cliffsDelta([3, 3], [3])).toBe(0);
  });

  it('is undefined without one of the groups, and refuses NaN', () => {
    expect(cliffsDelta([], [1])).toBeNaN();
    expect(() => cliffsDelta([Number.NaN], [1])).toThrow(RangeError);
  });
});
