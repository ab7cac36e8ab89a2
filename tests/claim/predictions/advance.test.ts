import { describe, expect, it } from 'vitest';
import { diagonality } from '../../../src/claim/predictions/f05-advance.js';
import { budgetContrast } from '../../../src/claim/predictions/f10-budget.js';
import { expectedDistinct } from '../../../src/claim/predictions/f11-diversity.js';
import { triangle } from '../../../src/claim/predictions/f06-edge-swap.js';

describe('diagonality', () => {
  it('compares each depth at its own thought with the same depth at the others', () => {
    // Columns: depth 1 is .9 at thought 1 and .5 after; depth 2 is .8 at thought 2 and .4 before.
    expect(
      diagonality([
        [0.9, 0.4],
        [0.5, 0.8],
      ]),
    ).toBeCloseTo((0.4 + 0.4) / 2, 12);
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
    const sum = orders.reduce((total, order) => total + (diagonality(order.map((i) => rows[i])) ?? Number.NaN), 0);
    expect(sum).toBeCloseTo(0, 12);
  });

  it('leaves out depths that have no nodes, and items with one thought', () => {
    expect(
      diagonality([
        [0.9, undefined],
        [0.5, undefined],
      ]),
    ).toBeCloseTo(0.4, 12);
    expect(diagonality([[0.9]])).toBeUndefined();
  });
});

describe('budgetContrast', () => {
  it('is the mean with enough thoughts less the mean with too few', () => {
    const correct = [0.5, 0.5, 0, 1, 1, 1, 1];
    expect(budgetContrast({ depth: 3, correct }, 0)).toBeCloseTo(1 - 1 / 3, 12);
    // One step of head start: two thoughts are enough, and what is wrong after two counts against it.
    expect(budgetContrast({ depth: 3, correct }, 1)).toBeCloseTo(4 / 5 - 0.5, 12);
  });

  it('is not defined where all or no numbers of thoughts are enough', () => {
    expect(budgetContrast({ depth: 1, correct: [1, 1] }, 1)).toBeUndefined();
    expect(budgetContrast({ depth: 3, correct: [0.5, 0.5] }, 0)).toBeUndefined();
  });
});

describe('expectedDistinct', () => {
  it('is 1 for a certain outcome and close to n for n likely ones', () => {
    expect(expectedDistinct([1, 0], 100)).toBe(1);
    expect(expectedDistinct([0.25, 0.25, 0.25, 0.25], 100)).toBeCloseTo(4, 10);
    // Two draws from a fair coin: the same face half of the time.
    expect(expectedDistinct([0.5, 0.5], 2)).toBeCloseTo(1.5, 12);
  });

  it('keeps outcomes that are far below one in the number of draws', () => {
    expect(expectedDistinct([1e-20], 100)).toBeCloseTo(1e-18, 30);
  });
});

describe('triangle', () => {
  const swap = (
    depth: number,
    turns: number[],
  ): { depth: number; correct: number; follows: number; turns: number[] } => {
    return { depth, correct: 1, follows: 1, turns };
  };

  it('is 1 where exactly the thoughts from the swapped depth up to the target turn the answer', () => {
    // What happens from the target's depth on does not count.
    expect(triangle({ target: 4, swaps: [swap(2, [0, 1, 1, 0, 0])] })).toBe(1);
  });

  it('is 0 where earlier thoughts turn it as well', () => {
    expect(triangle({ target: 3, swaps: [swap(2, [1, 1, 1])] })).toBe(0);
  });

  it('has nothing to subtract at depth 1, and nothing to say without swaps', () => {
    expect(triangle({ target: 3, swaps: [swap(1, [1, 0])] })).toBe(0.5);
    expect(triangle({ target: 3, swaps: [] })).toBeUndefined();
  });
});
