import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../../src/claim/alignment.js';
import { diagonality } from '../../../src/claim/predictions/f05-advance.js';

describe('diagonality', () => {
  it('compares each depth at its own thought with the same depth at the others', () => {
    // Columns: depth 1 is .9 at thought 1 and .5 after; depth 2 is .8 at thought 2 and .4 before.
    const matrix = [
      [0.9, 0.4],
      [0.5, 0.8],
    ];
    expect(diagonality(matrix, PLAIN)).toBeCloseTo((0.4 + 0.4) / 2, 12);
  });

  it('looks for each depth at the thought that reaches it', () => {
    const matrix = [
      [0.9, 0.8, 0.3],
      [0.5, 0.4, 0.9],
      [0.5, 0.2, 0.3],
    ];
    // A layer ahead: depths 1 and 2 at thought 1, depth 3 at thought 2.
    expect(diagonality(matrix, { stride: 1, offset: 1, lastSteps: 0 })).toBeCloseTo((0.4 + 0.5 + 0.6) / 3, 12);
    expect(diagonality(matrix, { stride: 2, offset: 0, lastSteps: 0 })).toBeCloseTo((0.4 + 0.5 + 0.6) / 3, 12);
    // A layer behind: depth 3 would be reached after the last of these thoughts.
    expect(diagonality(matrix, { stride: 1, offset: -1, lastSteps: 0 })).toBeCloseTo((0.5 - 0.7 + 0.2 - 0.6) / 2, 12);
  });

  it('is 0 in the mean over all orders of the thoughts', () => {
    const rows = [
      [0.9, 0.4, 0.1],
      [0.5, 0.8, 0.3],
      [0.2, 0.6, 0.7],
    ];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const alignment of [PLAIN, { stride: 2, offset: 0, lastSteps: 0 }, { stride: 1, offset: 1, lastSteps: 0 }]) {
      const of = (order: readonly number[]): number =>
        diagonality(
          order.map((i) => rows[i]),
          alignment,
        ) ?? Number.NaN;
      expect(orders.reduce((total, order) => total + of(order), 0)).toBeCloseTo(0, 12);
    }
  });

  it('leaves out depths that have no nodes, and items with one thought', () => {
    const matrix = [
      [0.9, undefined],
      [0.5, undefined],
    ];
    expect(diagonality(matrix, PLAIN)).toBeCloseTo(0.4, 12);
    expect(diagonality([[0.9]], PLAIN)).toBeUndefined();
  });
});
