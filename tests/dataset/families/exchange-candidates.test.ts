import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  englishQuestion,
  exchangeCandidates,
  itemProblem,
  itemSearch,
  randomItem,
} from '../../../src/dataset/index.js';
import { createRandom } from '../../../src/random.js';

const someItem = fc.integer().map((seed) => randomItem(createRandom(seed), 'a'));

describe('exchangeCandidates', () => {
  it('asks the same with the candidates’ numbers, names and places exchanged', () => {
    const item = {
      id: 'a',
      names: ['r', 'a', 'b', 'x', 'y'],
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
        [1, 4],
      ],
      root: 0,
      target: 3,
      decoy: 4,
      candidates: [3, 4],
      path: [0, 1, 2, 3],
    } as const;
    expect(exchangeCandidates(item)).toEqual({
      ...item,
      edges: [
        [0, 1],
        [1, 2],
        [2, 4],
        [1, 3],
      ],
      target: 4,
      decoy: 3,
      path: [0, 1, 2, 4],
    });
  });

  it('gives an item of the same depth, and the item itself when done twice', () => {
    fc.assert(
      fc.property(someItem, (item) => {
        const exchanged = exchangeCandidates(item);
        expect(itemProblem(exchanged)).toBeUndefined();
        expect(itemSearch(exchanged).depth).toBe(itemSearch(item).depth);
        expect(exchangeCandidates(exchanged)).toEqual(item);
        // The question’s last sentence, which names both candidates in their order, is the same.
        const last = (of: typeof item): string | undefined => englishQuestion(of, of.names).split('. ').at(-1);
        expect(last(exchanged)).toBe(last(item));
      }),
      { numRuns: 50 },
    );
  });
});
