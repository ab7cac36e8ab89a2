import { describe, expect, it } from 'vitest';
import { logGamma } from '../../src/statistics/log-gamma.js';

describe('logGamma', () => {
  it('has the factorials and the root of pi', () => {
    expect(logGamma(1)).toBeCloseTo(0, 9);
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 9);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 9);
  });

  it('grows by ln a from a to a + 1', () => {
    // Two errors of 2e-10; at 1,000 rounding adds 1e-12.
    for (const a of [0.01, 0.7, 3.3, 50, 1000]) expect(logGamma(a + 1) - logGamma(a)).toBeCloseTo(Math.log(a), 9);
  });
});
