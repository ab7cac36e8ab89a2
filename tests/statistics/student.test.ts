import { describe, expect, it } from 'vitest';
import { studentSurvival } from '../../src/statistics/index.js';
import { studentQuantile975 } from '../../src/statistics/student.js';

describe('studentQuantile975', () => {
  it.each([
    // R's qt(.975, df).
    [1, 12.706205],
    [2, 4.302653],
    [3, 3.182446],
    [4, 2.776445],
    [9, 2.262157],
    [30, 2.042272],
    [1000, 1.962339],
  ])('%d degrees of freedom', (freedom, expected) => {
    // The expansion's own error, largest at 3 degrees.
    expect(Math.abs(studentQuantile975(freedom) / expected - 1)).toBeLessThan(0.0013);
  });

  it('refuses none', () => {
    expect(() => studentQuantile975(0)).toThrow(RangeError);
  });
});

describe('studentSurvival', () => {
  it.each([
    // mpmath's incomplete beta function with 30 digits.
    [1, 1, 0.25],
    [2, 2, 0.0917517095361],
    [0.5, 3, 0.325723982424],
    [1.732, 5, 0.0719101132253],
    [2.228139, 10, 0.0249999937264],
    [1.8, 29.5, 0.0410479428654],
    [0.001, 1000, 0.499601157509],
    [1.7, 1e5, 0.0445670176243],
    [2, 2e5, 0.0227508068369],
    [0.01, 2e5, 0.496010648672],
    [3, 1e6, 0.00134993127071],
  ])('of %d with %d degrees is %d', (t, freedom, p) => {
    expect(Math.abs(studentSurvival(t, freedom) - p)).toBeLessThan(1e-9);
    expect(Math.abs(studentSurvival(-t, freedom) - (1 - p))).toBeLessThan(1e-9);
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

  it('keeps its relative precision in the tail', () => {
    expect(studentSurvival(10, 1000) / 8.3353514793e-23).toBeCloseTo(1, 8);
  });

  it('is the closed form of 1 and 2 degrees, where its branches meet too', () => {
    for (const t of [0, 1e-9, 0.3, 1.7320508, 1.7320509, 40, 1e9]) {
      expect(studentSurvival(t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 9);
      expect(studentSurvival(t, 2)).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 9);
    }
  });

  it('is the normal distribution with infinitely many degrees', () => {
    expect(studentSurvival(1.959963984540054, Infinity)).toBeCloseTo(0.025, 9);
    expect(studentSurvival(0, Infinity)).toBe(0.5);
  });

  it('has its ends, and refuses what it is not defined for', () => {
    expect(studentSurvival(Infinity, 3)).toBe(0);
    expect(studentSurvival(-Infinity, 3)).toBe(1);
    expect(() => studentSurvival(Number.NaN, 3)).toThrow('t is NaN');
    expect(() => studentSurvival(1, 0)).toThrow('0 degrees of freedom');
    expect(() => studentSurvival(1, Number.NaN)).toThrow(RangeError);
  });
});
