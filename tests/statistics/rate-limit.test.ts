import { describe, expect, it } from 'vitest';
import { rateLimit } from '../../src/statistics/index.js';

describe('rateLimit', () => {
  it('is 1 - .05^(1/n) without an error', () => {
    expect(rateLimit(0, 1)).toBeCloseTo(0.95, 12);
    expect(rateLimit(0, 21)).toBeCloseTo(0.132946, 6);
    expect(rateLimit(0, 60)).toBeCloseTo(0.048703, 6);
  });

  it('is what published tables have', () => {
    // Of 10: one error .394, two .507, all 1.
    expect([1, 2, 10].map((errors) => rateLimit(errors, 10).toFixed(3))).toEqual(['0.394', '0.507', '1.000']);
  });

  it('refuses what is no count', () => {
    expect(() => rateLimit(2, 1)).toThrow('2 errors in 1 runs');
    expect(() => rateLimit(0.5, 1)).toThrow(RangeError);
    expect(() => rateLimit(0, 0)).toThrow(RangeError);
  });
});
