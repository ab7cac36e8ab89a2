import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deeperDecoyItem, formatItems, itemGraph, parseItems } from '../../../src/dataset/index.js';
import { chooseFartherFromEntity, chooseNotReachedFrom, chooseReached } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { accuracy, plainDepths } from './support.js';

describe('deeperDecoyItem', () => {
  it('has a decoy that is deeper from the other root than the target from the root', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const item = deeperDecoyItem(createRandom(seed), '0');
        expect([0, 1]).toContain(item.root);
        const own = plainDepths(item.edges, item.root);
        const other = plainDepths(item.edges, 1 - item.root);
        const depth = own.get(item.target) ?? NaN;
        expect(depth).toBeGreaterThanOrEqual(3);
        expect(other.get(item.decoy)).toBeGreaterThan(depth);
        expect(other.get(item.decoy)).toBeLessThanOrEqual(6);
        expect([own.has(item.decoy), other.has(item.target)]).toEqual([false, false]);
        // As in ProsQA the target is among the deepest leaves that only its root reaches.
        const isLeaf = (node: number): boolean => item.edges.every(([source]) => source !== node);
        for (const [node, at] of own) if (isLeaf(node) && !other.has(node)) expect(at).toBeLessThanOrEqual(depth);
        expect(parseItems(formatItems([item]), 'item')).toEqual([item]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps to the options', () => {
    const random = createRandom('options');
    for (let i = 0; i < 20; i++) {
      const item = deeperDecoyItem(random, '0', { nodes: 20, minDepth: 2, maxDepth: 4 });
      expect(item.names.length).toBeLessThanOrEqual(20);
      expect(item.path.length - 1).toBeGreaterThanOrEqual(2);
      expect(plainDepths(item.edges, 1 - item.root).get(item.decoy)).toBeLessThanOrEqual(4);
    }
    expect(() => deeperDecoyItem(random, '0', { minDepth: 4, maxDepth: 4 })).toThrow('minDepth is 4 and maxDepth 4');
  });

  it('turns the rule of the farther candidate round and takes elimination its hops', () => {
    const random = createRandom('heuristics');
    const items = Array.from({ length: 300 }, (_, i) => deeperDecoyItem(random, String(i)));
    const farther = items.map(
      (item) => [chooseFartherFromEntity(itemGraph(item), item.candidates), item.target] as const,
    );
    // It is right only where a further entity stands nearer to the decoy than the other root.
    expect(accuracy(farther)).toBeLessThan(0.1);
    for (const item of items) {
      const graph = itemGraph(item);
      const hops = item.path.length - 1;
      expect(chooseNotReachedFrom(graph, item.candidates, [1 - item.root], hops)).toBe('tie');
      expect(chooseReached(graph, item.candidates, item.root, hops)).toBe(item.target);
    }
  });
});
