import { describe, expect, it } from 'vitest';
import {
  counterfactualPair,
  ENTITY_NAMES,
  formatItems,
  itemGraph,
  itemSearch,
  orphanDecoy,
  parseItems,
} from '../../../src/dataset/index.js';
import { chooseNotReachedFrom, chooseReached } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { tinyItem } from '../tiny-item.js';
import { accuracy, ALL_HOPS, edgeTexts, forRandomItems, plainDepths, plainEntities } from './support.js';

const pairs = Array.from({ length: 300 }, (_, i) =>
  counterfactualPair(createRandom('orphans').fork(`item ${i}`), String(i), orphanDecoy),
);

describe('orphanDecoy', () => {
  it('cuts the decoy off from every entity of the original, at any distance', () => {
    forRandomItems((item, seed) => {
      const orphaned = orphanDecoy(createRandom(seed), item);
      if (orphaned === undefined) return;
      for (const entity of plainEntities(item)) {
        expect(plainDepths(orphaned.edges, entity).has(item.decoy)).toBe(false);
      }
      const [parent, ...others] = orphaned.edges.filter(([, target]) => target === item.decoy).map(([from]) => from);
      expect(others).toEqual([]);
      expect(plainEntities(orphaned).sort((a, b) => a - b)).toEqual(
        [...plainEntities(item), parent].sort((a, b) => a - b),
      );
      expect(ENTITY_NAMES).toContain(orphaned.names[parent]);
      expect(item.names).not.toContain(orphaned.names[parent]);
    });
  });

  it('only takes edges away, from the decoy and its parent, and leaves what the root reaches', () => {
    forRandomItems((item, seed) => {
      const orphaned = orphanDecoy(createRandom(seed), item);
      if (orphaned === undefined) return;
      const left = edgeTexts(orphaned);
      const parent = orphaned.edges.find(([, target]) => target === item.decoy)?.[0] ?? -1;
      for (const [source, target] of item.edges) {
        if (target !== item.decoy && target !== parent) expect(left).toContain(`${source}->${target}`);
      }
      expect(left.every((edge) => edgeTexts(item).includes(edge))).toBe(true);
      expect(plainDepths(orphaned.edges, item.root)).toEqual(plainDepths(item.edges, item.root));
      const { root, target, decoy, candidates, path, id } = item;
      expect(orphaned).toMatchObject({ root, target, decoy, candidates, path, id });
      expect(new Set(orphaned.edges.flat()).size).toBe(item.names.length);
      expect(parseItems(formatItems([orphaned]), 'item')).toHaveLength(1);
    });
  });

  it('leaves elimination from the other root nothing, a search from the root everything', () => {
    for (const hops of ALL_HOPS) {
      const eliminated = pairs.map(({ original, counterfactual }) => {
        const sources = [itemSearch(original).otherRoot];
        const choice = chooseNotReachedFrom(itemGraph(counterfactual), original.candidates, sources, hops);
        return [choice, original.target] as const;
      });
      expect(accuracy(eliminated)).toBe(0.5);
    }
    // The same rule on the originals: .986 in literature.md 5.6, here within four standard errors.
    const before = pairs.map(({ original }) => {
      const { otherRoot } = itemSearch(original);
      return [chooseNotReachedFrom(itemGraph(original), original.candidates, [otherRoot], 3), original.target] as const;
    });
    expect(accuracy(before)).toBeGreaterThan(0.95);
    for (const { counterfactual: item } of pairs) {
      expect(chooseReached(itemGraph(item), item.candidates, item.root, 6)).toBe(item.target);
    }
  });

  it('does not take an item whose decoy has only entities above it', () => {
    // Alex 1 -> d 4
    expect(orphanDecoy(createRandom(0), tinyItem)).toBeUndefined();
  });
});
