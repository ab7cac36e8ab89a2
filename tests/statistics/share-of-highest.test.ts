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

  it('refuses what it cannot rank: NaN wherever it stands, a value that is not there, nothing at all', () => {
    expect(() => shareOfHighest([Number.NaN, 1], [0, 1], is(1))).toThrow(RangeError);
    expect(() => shareOfHighest([1, Number.NaN], [0, 1], is(0))).toThrow('the value of candidate 1 is NaN');
    expect(() => shareOfHighest([1], [0, 1], is(0))).toThrow('the value of candidate 1 is undefined');
    expect(() => shareOfHighest([1], [], is(0))).toThrow('there are no candidates');
  });

  it('ranks infinities', () => {
    expect(shareOfHighest([-Infinity, -Infinity], [0, 1], is(1))).toBe(0.5);
    expect(shareOfHighest([1, Infinity], [0, 1], is(1))).toBe(1);
  });
});
