import { describe, expect, it } from 'vitest';
import { itemSearch } from '../../src/dataset/item-search.js';
import { itemGraph } from '../../src/dataset/item-graph.js';
import { graphKey } from '../../src/dataset/graph-key.js';
import { randomItem } from '../../src/dataset/random-item.js';
import { breadthFirstDepths, distancesTo, UNREACHED } from '../../src/graph/index.js';
import { createRandom } from '../../src/random.js';
import type { Item } from '../../src/dataset/item.js';

/** 0 -> 1 -> 2 (target), 0 -> 3, and apart from them 4 -> 5 (decoy). */
const ITEM: Item = {
  id: 'two sides',
  names: ['a', 'b', 'c', 'd', 'e', 'f'],
  edges: [
    [0, 1],
    [1, 2],
    [0, 3],
    [4, 5],
  ],
  root: 0,
  target: 2,
  decoy: 5,
  candidates: [2, 5],
  path: [0, 1, 2],
};

describe('itemSearch', () => {
  it('knows both sides of an item', () => {
    const search = itemSearch(ITEM);
    expect([search.root, search.target, search.otherRoot]).toEqual([0, 2, 4]);
    expect([...search.depths]).toEqual([0, 1, 2, 1, UNREACHED, UNREACHED]);
    expect([...search.otherDepths]).toEqual([UNREACHED, UNREACHED, UNREACHED, UNREACHED, 0, 1]);
    expect([...search.toTarget]).toEqual([2, 1, 0, UNREACHED, UNREACHED, UNREACHED]);
    expect([...search.toDecoy]).toEqual([UNREACHED, UNREACHED, UNREACHED, UNREACHED, 1, 0]);
    expect(search.depth).toBe(2);
    expect(search.atDepth(1)).toEqual([1, 3]);
    expect(search.atDepth(3)).toEqual([]);
    expect(search.neverReached()).toEqual([4, 5]);
    expect([0, 2, 3].map((node) => search.reachesTarget(node))).toEqual([true, true, false]);
  });

  it('keeps one search for each item, and another for an item like it', () => {
    expect(itemSearch(ITEM)).toBe(itemSearch(ITEM));
    expect(itemSearch(ITEM).depths).toBe(itemSearch(ITEM).depths);
    expect(itemSearch({ ...ITEM, root: 1 }).depths[0]).toBe(UNREACHED);
  });

  it('says what the graph itself says, on random items', () => {
    for (let i = 0; i < 20; i++) {
      const item = randomItem(createRandom(i), String(i));
      const search = itemSearch(item);
      const graph = itemGraph(item);
      expect(search.depths).toEqual(breadthFirstDepths(graph, item.root));
      expect(search.toDecoy).toEqual(distancesTo(graph, item.decoy));
      expect(search.key).toBe(graphKey(item));
      expect(search.otherDepths[item.decoy]).toBeGreaterThan(UNREACHED);
    }
  });
});
