import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askBetween, randomItem, type Item } from '../../../src/dataset/index.js';
import { createRandom } from '../../../src/random.js';

const ITEM: Item = {
  id: 'a',
  names: ['r', 'a', 'b', 'x', 'y'],
  edges: [
    [0, 1],
    [1, 2],
    [2, 3],
    [0, 4],
  ],
  root: 0,
  target: 3,
  decoy: 4,
  candidates: [3, 4],
  path: [0, 1, 2, 3],
};

describe('askBetween', () => {
  it('keeps the candidate that is asked for in its place, and puts the node into the other one’s', () => {
    expect(askBetween(ITEM, 3, 2)).toEqual({ ...ITEM, target: 3, decoy: 2, candidates: [3, 2] });
    // The decoy is asked for: it was named second, and is.
    expect(askBetween(ITEM, 4, 2)).toEqual({ ...ITEM, target: 4, decoy: 2, candidates: [2, 4] });
  });

  it('states what the item states, of the same root, and names the other candidate no longer', () => {
    const someItem = fc.integer().map((seed) => randomItem(createRandom(seed), 'a'));
    fc.assert(
      fc.property(someItem, fc.boolean(), fc.nat(), (item, isTarget, nth) => {
        const [asked, dropped] = isTarget ? [item.target, item.decoy] : [item.decoy, item.target];
        const others = [...item.names.keys()].filter((node) => !item.candidates.includes(node));
        const other = others[nth % others.length];
        const { target, decoy, candidates, ...rest } = askBetween(item, asked, other);
        expect({ ...item, ...rest }).toEqual(item);
        expect([target, decoy]).toEqual([asked, other]);
        expect(candidates.indexOf(asked)).toBe(item.candidates.indexOf(asked));
        expect(candidates.indexOf(other)).toBe(item.candidates.indexOf(dropped));
      }),
      { numRuns: 50 },
    );
  });
});
