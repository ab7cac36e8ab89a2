import { describe, expect, it } from 'vitest';
import {
  counterfactualPair,
  cutRootSide,
  englishQuestion,
  ENTITY_NAMES,
  formatItems,
  itemGraph,
  itemSearch,
  parseEnglishQuestion,
  parseItems,
} from '../../../src/dataset/index.js';
import { chooseNotReachedFrom, chooseReached } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { tinyItem } from '../tiny-item.js';
import { accuracy, ALL_HOPS, edgeTexts, forRandomItems, plainDepths, plainEntities } from './support.js';

describe('cutRootSide', () => {
  it('leaves the root without a path to either candidate, and all that leads to the decoy as it was', () => {
    forRandomItems((item, seed) => {
      const cut = cutRootSide(createRandom(seed), item);
      expect(cut).toBeDefined();
      if (cut === undefined) return;
      const reached = plainDepths(cut.edges, item.root);
      expect([reached.has(item.target), reached.has(item.decoy)]).toEqual([false, false]);
      expect(cut).toMatchObject({ expected: 'neither', path: [], root: item.root, target: item.target });
      const left = edgeTexts(cut);
      expect(left.every((edge) => edgeTexts(item).includes(edge))).toBe(true);
      for (const edge of item.edges) {
        const [source, target] = edge;
        const leadsToDecoy = plainDepths(item.edges, target).has(item.decoy);
        if (source === item.root || target === item.target || leadsToDecoy) expect(cut.edges).toContainEqual(edge);
      }
    });
  });

  it('words what is left: every node is named, and new entities like entities', () => {
    forRandomItems((item, seed) => {
      const cut = cutRootSide(createRandom(seed), item);
      if (cut === undefined) return;
      expect(new Set(cut.edges.flat()).size).toBe(item.names.length);
      for (const node of plainEntities(cut)) expect(ENTITY_NAMES).toContain(cut.names[node]);
      expect(new Set(cut.names).size).toBe(cut.names.length);
      const { edges, candidates, root } = cut;
      expect(parseEnglishQuestion(englishQuestion(cut, cut.names), cut.names)).toEqual({ edges, candidates, root });
    });
  });

  it('is no item, and no file takes it for one', () => {
    const { counterfactual } = counterfactualPair(createRandom(0), '0', cutRootSide);
    expect(() => parseItems(formatItems([counterfactual]), 'file')).toThrow('file item 0: target');
  });

  it('leaves a search from the root a coin, while elimination names the old target as before', () => {
    const pairs = Array.from({ length: 300 }, (_, i) => counterfactualPair(createRandom(i), 'a', cutRootSide));
    const eliminated = pairs.map(({ original, counterfactual: cut }) => {
      const graph = itemGraph(cut);
      for (const hops of ALL_HOPS) expect(chooseReached(graph, cut.candidates, cut.root, hops)).toBe('tie');
      const { otherRoot } = itemSearch(original);
      return [chooseNotReachedFrom(graph, cut.candidates, [otherRoot], 3), cut.target] as const;
    });
    expect(accuracy(eliminated)).toBeGreaterThan(0.95);
  });

  it('does not take an item whose target is two edges away', () => {
    expect(cutRootSide(createRandom(0), tinyItem)).toBeUndefined();
  });
});
