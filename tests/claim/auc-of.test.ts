import { describe, expect, it } from 'vitest';
import { aucOf } from '../../src/claim/auc-of.js';

describe('aucOf', () => {
  it('is the share of pairs in which the first kind is higher', () => {
    expect(aucOf([3, 1, 2, 0], [0, 1], [2, 3])).toBe(3 / 4);
    expect(aucOf([0, 1], [0], [])).toBeUndefined();
    expect(aucOf([0, 1], [], [1])).toBeUndefined();
  });

  it('takes logits that differ by rounding for tied, whichever is higher, and no others', () => {
    for (const rounding of [3e-5, -3e-5]) expect(aucOf([1 + rounding, 1], [0], [1])).toBe(0.5);
    expect(aucOf([1 + 2e-4, 1], [0], [1])).toBe(1);
    // Three that are tied one after the other.
    expect(aucOf([1, 1 + 6e-5, 1 + 12e-5, 0], [2], [0, 1, 3])).toBe((0.5 + 0.5 + 1) / 3);
  });
});
