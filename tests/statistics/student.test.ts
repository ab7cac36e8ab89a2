import { describe, expect, it } from 'vitest';
import { studentSurvival } from '../../src/statistics/index.js';
import { studentQuantile975 } from '../../src/statistics/student.js';

/** How far a number is from the expected one, as a share of it. */
const error = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('studentQuantile975', () => {
  it.each([
    // SciPy's stats.t.ppf(.975, df), checked against mpmath's incomplete beta function with 40 digits.
    [1.5, 6.0166631044279],
    [2.5, 3.5746548420037],
    [3, 3.1824463052843],
    [4, 2.7764451051978],
    [5, 2.5705818356363],
    [7.3, 2.3450667365477],
    [9, 2.2621571627982],
    [30, 2.0422724563012],
    [1000, 1.9623390808264],
    [1e5, 1.9599877075346],
  ])('%d degrees of freedom', (freedom, expected) => {
    expect(error(studentQuantile975(freedom), expected)).toBeLessThan(1e-12);
  });

  it('is the closed form of 1 and 2 degrees', () => {
    expect(error(studentQuantile975(1), Math.tan(0.475 * Math.PI))).toBeLessThan(1e-12);
    expect(error(studentQuantile975(2), 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)))).toBeLessThan(1e-12);
  });

  it('is where the upper tail has 2.5 %', () => {
    for (const freedom of [0.7, 1, 1.01, 3.5, 12, 99.9, 4000])
      expect(error(studentSurvival(studentQuantile975(freedom), freedom), 0.025)).toBeLessThan(1e-11);
  });

  it('refuses what it is not defined for', () => {
    for (const freedom of [0, -1, Number.NaN, Infinity])
      expect(() => studentQuantile975(freedom)).toThrow(`${freedom} degrees of freedom`);
  });
});

describe('studentSurvival', () => {
  it.each([
    // mpmath's incomplete beta function with 40 digits; above 1e4 degrees SciPy's stats.t.sf.
    [1, 1, 0.25],
    [2, 2, 0.091751709536137],
    [0.5, 3, 0.325723982424075],
    [1.732, 5, 0.0719101132253158],
    [40, 5, 9.20598108588648e-8],
    [2.228139, 10, 0.0249999937264413],
    [1.8, 29.5, 0.0410479428654048],
    [3.3, 299, 0.000541923670093745],
    [0.001, 1000, 0.499601157509226],
    [10, 1000, 8.33535147930003e-23],
    [1.7, 1e5, 0.0445670176243315],
    [2, 2e5, 0.0227508068368634],
    [0.01, 2e5, 0.496010648672393],
    [3, 1e6, 0.0013499312707109],
  ])('of %d with %d degrees is %d', (t, freedom, p) => {
    expect(error(studentSurvival(t, freedom), p)).toBeLessThan(1e-11);
    expect(error(studentSurvival(-t, freedom), 1 - p)).toBeLessThan(1e-11);
  });

  it('agrees with the printed percentage points (Abramowitz and Stegun, table 26.10)', () => {
    // Three decimals of t: half a unit of the last moves p by at most .0005 times the density there.
    for (const [t, freedom, p] of [
      [2.015, 5, 0.05],
      [2.228, 10, 0.025],
      [2.528, 20, 0.01],
      [2.617, 120, 0.005],
    ])
      expect(Math.abs(studentSurvival(t, freedom) - p)).toBeLessThan(5e-5);
  });

  it('is the closed form of 1 and 2 degrees, where its branches meet too', () => {
    for (const t of [0, 1e-9, 1e-8, 0.3, 1, 1.7320508, 1.7320509, 40]) {
      expect(studentSurvival(t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 12);
      expect(studentSurvival(t, 2)).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 12);
    }
    // Far out the tail of 1 degree is 1 / (pi t).
    expect(error(studentSurvival(1e9, 1), 1 / (1e9 * Math.PI))).toBeLessThan(1e-12);
  });

  it('is the normal distribution with infinitely many degrees', () => {
    expect(error(studentSurvival(1.959963984540054, Infinity), 0.025)).toBeLessThan(1e-13);
    // mpmath's erfc.
    expect(error(studentSurvival(6, Infinity), 9.86587645037698e-10)).toBeLessThan(1e-13);
    expect(studentSurvival(0, Infinity)).toBe(0.5);
    expect(studentSurvival(-1, Infinity)).toBeCloseTo(0.841344746068543, 14);
  });

  it('has its ends, and refuses what it is not defined for', () => {
    for (const freedom of [3, Infinity]) {
      expect(studentSurvival(Infinity, freedom)).toBe(0);
      expect(studentSurvival(-Infinity, freedom)).toBe(1);
    }
    expect(() => studentSurvival(Number.NaN, 3)).toThrow('t is NaN');
    expect(() => studentSurvival(1, 0)).toThrow('0 degrees of freedom');
    expect(() => studentSurvival(1, Number.NaN)).toThrow(RangeError);
  });
});
