import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endPathsAt, itemSearch, randomItem, type Item } from '../../../src/dataset/index.js';
import { UNREACHED } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';

const ITEM: Item = {
  id: 'a',
  names: ['r', 'a', 'b', 'x', 's', 'y'],
  edges: [
    [0, 1],
    [4, 2],
    [1, 3],
    [2, 3],
    [4, 5],
    [2, 5],
  ],
  root: 0,
  target: 3,
  decoy: 5,
  candidates: [3, 5],
  path: [0, 1, 3],
};

describe('endPathsAt', () => {
  it('leaves out what leads on from a node, and nothing else', () => {
    expect(endPathsAt(ITEM, 2)).toEqual({
      ...ITEM,
      edges: [ITEM.edges[0], ITEM.edges[1], ITEM.edges[2], ITEM.edges[4]],
    });
    expect(endPathsAt(ITEM, 3)).toEqual(ITEM);
  });

  it('is nothing where a node would be left without a parent', () => {
    expect(endPathsAt(ITEM, 0)).toBeUndefined();
    expect(endPathsAt(ITEM, 4)).toBeUndefined();
  });

  it('changes nothing that the root reaches, if the root does not reach the node', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (seed, nth) => {
        const item = randomItem(createRandom(seed), 'a');
        const { depths } = itemSearch(item);
        const others = [...depths.keys()].filter((node) => depths[node] === UNREACHED);
        const ended = endPathsAt(item, others[nth % others.length]);
        if (ended !== undefined) expect(itemSearch(ended).depths).toEqual(depths);
      }),
      { numRuns: 100 },
    );
  });
});
