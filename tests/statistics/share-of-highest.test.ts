import { describe, expect, it } from 'vitest';
import { shareOfHighest } from '../../src/statistics/index.js';

const is =
  (wanted: number) =>
  (candidate: number): boolean =>
    candidate === wanted;

describe('shareOfHighest', () => {
  it('is 1 for the highest candidate and 0 for any other', () => {
    expect(shareOfHighest([0.1, 3, 2], [0, 1, 2], is(1))).toBe(1);
    expect(shareOfHighest([0.1, 3, 2], [0, 1, 2], is(2))).toBe(0);
  });

  it('shares a tie', () => {
    expect(shareOfHighest([2, 1, 2, 2], [0, 1, 2, 3], is(0))).toBe(1 / 3);
  });

  it('counts every right candidate among the tied', () => {
    expect(shareOfHighest([2, 1, 2, 2], [0, 1, 2, 3], (node) => node < 3)).toBe(2 / 3);
  });

  it('looks at the candidates only', () => {
    expect(shareOfHighest([9, 1, 2], [1, 2], is(2))).toBe(1);
  });
});
