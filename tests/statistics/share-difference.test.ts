import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareDifference, wilson } from '../../src/statistics/index.js';

describe('shareDifference', () => {
  it('agrees with Newcombe (1998), table II, method 10: 56 of 70 less 48 of 80, 9 of 10 less 3 of 10, 10 of 10 less 0 of 20', () => {
    for (const [x1, n1, x2, n2, low, high] of [
      [56, 70, 48, 80, 0.0524, 0.3339],
      [9, 10, 3, 10, 0.1705, 0.809],
      [10, 10, 0, 20, 0.6791, 1],
    ]) {
      const found = shareDifference({ one: wilson(x1, n1), other: wilson(x2, n2), correlation: 0 });
      expect(found.low).toBeCloseTo(low, 4);
      expect(found.high).toBeCloseTo(high, 4);
    }
  });

  it('holds the difference inside [-1, 1], and turns with its sign', () => {
    const share = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([n, part]) => wilson(Math.round(part * n), n));
    fc.assert(
      fc.property(share, share, (one, other) => {
        const { value, low, high } = shareDifference({ one, other, correlation: 0 });
        expect(-1 <= low && low <= value && value <= high && high <= 1).toBe(true);
        const turned = shareDifference({ one: other, other: one, correlation: 0 });
        expect(turned.low).toBeCloseTo(-high, 12);
        expect(turned.high).toBeCloseTo(-low, 12);
      }),
    );
  });
});
