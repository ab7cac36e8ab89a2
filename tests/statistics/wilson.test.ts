import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/statistics/index.js';

describe('wilson', () => {
  it('gives the published interval: 81 of 263 (Newcombe 1998, table I)', () => {
    const { value, low, high } = wilson(81, 263);
    // Printed there with four decimals.
    expect(value).toBeCloseTo(0.308, 3);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it('keeps a width at 0 and 1, and reaches them exactly', () => {
    // At p = 0 the upper end is z^2 / (n + z^2), here 3.84146 / 13.84146.
    expect(wilson(0, 10)).toMatchObject({ value: 0, low: 0, n: 10 });
    expect(wilson(0, 10).high).toBeCloseTo(0.277533, 6);
    expect(wilson(10, 10).low).toBeCloseTo(0.722467, 6);
    expect(wilson(10, 10).high).toBe(1);
  });

  it('refuses no trials, and successes that are not among them', () => {
    expect(() => wilson(0, 0)).toThrow('n is 0, not above 0');
    expect(() => wilson(0, Number.NaN)).toThrow(RangeError);
    expect(() => wilson(3, 2)).toThrow('successes is 3, not in 0..2');
    expect(() => wilson(Number.NaN, 2)).toThrow(RangeError);
  });
});
