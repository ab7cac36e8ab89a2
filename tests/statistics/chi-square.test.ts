import { describe, expect, it } from 'vitest';
import { chiSquareSurvival, twoSampleChiSquare } from '../../src/statistics/index.js';
import { createRandom } from '../../src/random.js';

describe('chiSquareSurvival', () => {
  it.each([
    // Abramowitz and Stegun, table 26.8: percentage points, five or six figures
    [1, 3.84146, 0.05],
    [1, 6.6349, 0.01],
    [1, 10.828, 0.001],
    [2, 5.99147, 0.05],
    [3, 11.3449, 0.01],
    [5, 9.23635, 0.1],
    [5, 20.515, 0.001],
    [10, 18.307, 0.05],
    [10, 3.94031, 0.95],
    [10, 29.588, 0.001],
    [30, 43.7729, 0.05],
    [100, 124.342, 0.05],
  ])('of %i degrees at %d is %d', (freedom, value, p) => {
    // The table's points are rounded in the third decimal or later: by at most .0005, which moves p by half as great a
    // share of itself, the density over the tail being near a half.
    expect(Math.abs(chiSquareSurvival(value, freedom) / p - 1)).toBeLessThan(3e-4);
  });

  it('is e^-x/2 times a sum for even degrees', () => {
    // Q(a, x) = e^-x (1 + x + x^2 / 2! + ... + x^(a-1) / (a-1)!), Abramowitz and Stegun 6.5.13
    for (const x of [0.1, 1, 2.5, 7, 30]) {
      expect(chiSquareSurvival(2 * x, 2)).toBeCloseTo(Math.exp(-x), 12);
      expect(chiSquareSurvival(2 * x, 4)).toBeCloseTo(Math.exp(-x) * (1 + x), 12);
      expect(chiSquareSurvival(2 * x, 8)).toBeCloseTo(Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6), 12);
    }
  });

  it.each([
    // mpmath's incomplete gamma function with 40 digits.
    [0.5, 1, 0.479500122186953],
    [8, 1, 0.00467773498104727],
    [3.5, 7, 0.835225482610342],
    [200, 2, 3.72007597602084e-44],
    [1000, 30, 5.13143532157253e-191],
    [199.3, 200, 0.500674162201796],
    [240, 200, 0.0278637398905207],
  ])('at %d with %d degrees is %d, in the tail too', (value, freedom, p) => {
    expect(Math.abs(chiSquareSurvival(value, freedom) / p - 1)).toBeLessThan(1e-12);
  });

  it('has its ends, and refuses what it is not defined for', () => {
    expect(chiSquareSurvival(0, 4)).toBe(1);
    expect(chiSquareSurvival(1500, 1)).toBe(0);
    expect(chiSquareSurvival(Infinity, 4)).toBe(0);
    expect(() => chiSquareSurvival(-1, 4)).toThrow('the statistic is -1');
    expect(() => chiSquareSurvival(Number.NaN, 4)).toThrow(RangeError);
    expect(() => chiSquareSurvival(1, 0)).toThrow('0 degrees of freedom');
    expect(() => chiSquareSurvival(1, Infinity)).toThrow('Infinity degrees of freedom');
  });
});

const repeat = (counts: Readonly<Record<number, number>>): number[] =>
  Object.entries(counts).flatMap(([value, count]) => new Array<number>(count).fill(Number(value)));

describe('twoSampleChiSquare', () => {
  it('gives the number computed by hand', () => {
    // 10:20 against 20:10; expected 15 everywhere: 4 x 25 / 15
    const { statistic, freedom, p } = twoSampleChiSquare(repeat({ 0: 10, 1: 20 }), repeat({ 0: 20, 1: 10 }));
    expect(statistic).toBeCloseTo(100 / 15, 12);
    expect(freedom).toBe(1);
    // Twice the normal tail at sqrt(6.6667) = 2.58199
    expect(p).toBeCloseTo(0.0098233, 6);
  });

  it('pools sparse cells with their neighbours', () => {
    // 1: 2 + 2 is sparse (expected 2 each), joins 2; 3: 1 + 0 is sparse and last, joins that cell: one cell is left.
    expect(twoSampleChiSquare(repeat({ 1: 2, 2: 7, 3: 1 }), repeat({ 1: 2, 2: 8 }))).toEqual({
      statistic: 0,
      freedom: 0,
      p: 1,
    });
    // Expected 5 each is enough.
    expect(twoSampleChiSquare(repeat({ 1: 5, 2: 5 }), repeat({ 1: 5, 2: 5 })).freedom).toBe(1);
    // The smaller sample decides: of 6 values in cell 1 it is expected to have 6 x 10 / 110.
    expect(twoSampleChiSquare(repeat({ 1: 1, 2: 9 }), repeat({ 1: 5, 2: 95 })).freedom).toBe(0);
  });

  it('refuses a true hypothesis as often as it says', () => {
    const random = createRandom('homogeneity');
    const sample = (n: number): number[] => Array.from({ length: n }, () => random.integer(3) + random.integer(4));
    const refused = Array.from({ length: 1000 }, () => twoSampleChiSquare(sample(300), sample(1000)).p < 0.05);
    // 50 are expected; 50 +- 4 x sqrt(1000 x .05 x .95) is 22..78
    const count = refused.filter(Boolean).length;
    expect(count).toBeGreaterThan(22);
    expect(count).toBeLessThan(78);
  });

  it('finds a shift of half a standard deviation', () => {
    const random = createRandom('shift');
    const sample = (n: number, shift: number): number[] =>
      Array.from({ length: n }, () => Math.round(2 * (random.normal() + shift)));
    expect(twoSampleChiSquare(sample(300, 0), sample(1000, 0.5)).p).toBeLessThan(1e-6);
  });

  it('refuses an empty sample', () => {
    expect(() => twoSampleChiSquare([], [1])).toThrow('a sample is empty');
  });
});
