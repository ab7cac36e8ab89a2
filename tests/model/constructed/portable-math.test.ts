import { describe, expect, it } from 'vitest';
import { cosineTable, squareRoot } from '../../../src/model/constructed/portable-math.js';

describe('cosineTable', () => {
  it.each([8, 16, 512])('is the cosine, exact where it is rational (period %i)', (period) => {
    const table = cosineTable(period);
    expect(table).toHaveLength(period);
    table.forEach((value, i) => {
      // Rounding the argument moves Math.cos by up to half a unit in its last place: 4.4e-16 near 2 pi.
      expect(Math.abs(value - Math.cos((2 * Math.PI * i) / period))).toBeLessThan(1e-15);
      if (i <= period / 8) expect(Math.abs(value - Math.cos((2 * Math.PI * i) / period))).toBeLessThan(2.3e-16);
    });
    expect([table[0], table[period / 4], table[period / 2], table[(3 * period) / 4]].map((x) => x + 0)).toEqual([
      1, 0, -1, 0,
    ]);
  });

  it('is symmetric bit by bit', () => {
    const table = cosineTable(512);
    for (let i = 1; i < 512; i++) expect(table[512 - i]).toBe(table[i]);
    for (let i = 0; i <= 256; i++) expect(table[256 - i] + table[i]).toBe(0);
  });

  it.each([0, -8, 12, 8.5, NaN])('refuses a period that is no positive multiple of 8 (%d)', (period) => {
    expect(() => cosineTable(period)).toThrow(RangeError);
  });
});

describe('squareRoot', () => {
  it('is exact for squares and within two units in the last place of Math.sqrt elsewhere', () => {
    for (const root of [1, 3, 8, 0.5, 1024, 1 / 64]) expect(squareRoot(root * root)).toBe(root);
    for (let i = 1; i < 400; i++) {
      const x = i / 37;
      expect(Math.abs(squareRoot(x) / Math.sqrt(x) - 1)).toBeLessThanOrEqual(2 * Number.EPSILON);
    }
    expect(squareRoot(1e300)).toBeCloseTo(1e150, -136);
    expect(squareRoot(1e-300)).toBeCloseTo(1e-150, 160);
  });

  it.each([0, -1, NaN, Infinity])('refuses %d', (x) => {
    expect(() => squareRoot(x)).toThrow(RangeError);
  });
});
