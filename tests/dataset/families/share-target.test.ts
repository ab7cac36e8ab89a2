import { describe, expect, it } from 'vitest';
import {
  counterfactualPair,
  formatItems,
  itemGraph,
  itemSearch,
  parseItems,
  shareTarget,
  type Item,
} from '../../../src/dataset/index.js';
import { chooseNotReachedFrom, chooseReached } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { tinyItem } from '../tiny-item.js';
import { ALL_HOPS, edgeTexts, forRandomItems, plainDepths, plainEntities } from './support.js';

describe('shareTarget', () => {
  it('adds one edge, after which the other root reaches the target before any entity reaches the decoy', () => {
    forRandomItems((item, seed) => {
      const shared = shareTarget(createRandom(seed), item);
      if (shared === undefined) return;
      const added = edgeTexts(shared).filter((edge) => !edgeTexts(item).includes(edge));
      expect(added).toHaveLength(1);
      expect(shared.edges).toHaveLength(item.edges.length + 1);
      const fromOther = plainDepths(shared.edges, itemSearch(item).otherRoot);
      const toDecoy = plainEntities(shared).map((entity) => plainDepths(shared.edges, entity).get(item.decoy));
      expect(fromOther.get(item.target)).toBeLessThanOrEqual(
        Math.min(...toDecoy.filter((depth) => depth !== undefined)),
      );
      // Nothing has changed for a search from the root.
      expect(plainDepths(shared.edges, item.root)).toEqual(plainDepths(item.edges, item.root));
      const { id, names, root, target, decoy, candidates, path } = item;
      expect(shared).toMatchObject({ id, names, root, target, decoy, candidates, path });
      expect(parseItems(formatItems([shared]), 'item')).toHaveLength(1);
    });
  });

  it('leaves elimination nothing, from the other root or from all entities, a search from the root everything', () => {
    for (let i = 0; i < 200; i++) {
      const { original, counterfactual: item } = counterfactualPair(createRandom(i), 'a', shareTarget);
      const graph = itemGraph(item);
      const entities = plainEntities(item).filter((entity) => entity !== item.root);
      for (const hops of ALL_HOPS) {
        for (const sources of [[itemSearch(original).otherRoot], entities]) {
          expect(chooseNotReachedFrom(graph, item.candidates, sources, hops)).not.toBe(item.target);
        }
      }
      expect(chooseReached(graph, item.candidates, item.root, 6)).toBe(item.target);
    }
  });

  it('starts at no node that the root reaches, whence the target might come nearer or a cycle close', () => {
    // 0 -> 2 -> 3 -> 4 (target), 1 -> 6 -> 7 -> 8 (decoy), and 5 below both.
    const edges = [...[2, 5].map((to) => [0, to]), [2, 3], [3, 4], ...[5, 6].map((to) => [1, to]), [6, 7], [7, 8]];
    const item: Item = {
      ...tinyItem,
      names: ['Tom', 'Alex', 'bompus', 'felpus', 'dumpus', 'impus', 'kerpus', 'lempus', 'numpus'],
      edges: edges.map(([from, to]) => [from, to]),
      target: 4,
      decoy: 8,
      candidates: [4, 8],
      path: [0, 2, 3, 4],
    };
    const added = Array.from({ length: 50 }, (_, seed) =>
      edgeTexts(shareTarget(createRandom(seed), item) ?? item).filter((edge) => !edgeTexts(item).includes(edge)),
    );
    // As near as the decoy's three edges: from 1 to 2 or 3, from 6 to 3.
    expect(new Set(added.flat())).toEqual(new Set(['1->2', '1->3', '6->3']));
  });

  it('adds an edge into the target itself only where it must', () => {
    // Alex 1 -> d 4 is one edge, so only 1 -> c 3 is as near.
    expect(shareTarget(createRandom(0), tinyItem)?.edges).toContainEqual([1, 3]);
    const orphan = { ...tinyItem, edges: tinyItem.edges.filter(([source]) => source !== 1) };
    expect(shareTarget(createRandom(0), orphan)).toBeUndefined();
  });
});
