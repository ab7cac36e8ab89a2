import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatItems, itemGraph, largerDepthItem, parseItems } from '../../../src/dataset/index.js';
import { chooseNotReachedFrom, chooseReached } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { plainDepths } from './support.js';

describe('largerDepthItem', () => {
  it('has a target at the depth 7 to 10, and a decoy as deep below the other root only', () => {
    const seen = new Set<number | undefined>();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const item = largerDepthItem(createRandom(seed), '0');
        expect([0, 1]).toContain(item.root);
        const own = plainDepths(item.edges, item.root);
        const other = plainDepths(item.edges, 1 - item.root);
        const depth = own.get(item.target);
        seen.add(depth);
        expect([7, 8, 9, 10]).toContain(depth);
        expect(other.get(item.decoy)).toBe(depth);
        expect([own.has(item.decoy), other.has(item.target)]).toEqual([false, false]);
        expect(item.names.length).toBeLessThanOrEqual(31);
        // Numbers are a topological order, as in the official files, and the file's edges ascend by target.
        for (const [source, target] of item.edges) expect(source).toBeLessThan(target);
        const ends = item.fileEdgeOrder?.map((position) => item.edges[position][1]) ?? [];
        expect(ends).toEqual([...ends].sort((a, b) => a - b));
        expect(parseItems(formatItems([item]), 'item')).toEqual([item]);
      }),
      { numRuns: 60 },
    );
    expect(seen.size).toBe(4);
  });

  it('leaves every search of six hops nothing, one of ten everything', () => {
    const random = createRandom('budget');
    for (let i = 0; i < 50; i++) {
      const item = largerDepthItem(random, String(i));
      const graph = itemGraph(item);
      expect(chooseReached(graph, item.candidates, item.root, 6)).toBe('tie');
      expect(chooseNotReachedFrom(graph, item.candidates, [1 - item.root], 6)).toBe('tie');
      expect(chooseReached(graph, item.candidates, item.root, 10)).toBe(item.target);
    }
  });

  it('keeps to the options, and says when it cannot', () => {
    const random = createRandom('options');
    const item = largerDepthItem(random, '0', { minDepth: 7, maxDepth: 7, nodes: 28 });
    expect(item.path).toHaveLength(8);
    expect(item.names.length).toBeLessThanOrEqual(28);
    expect(() => largerDepthItem(random, '0', { minDepth: 2 })).toThrow('minDepth is 2');
    expect(() => largerDepthItem(random, '0', { maxDepth: 6 })).toThrow('maxDepth 6');
    expect(() => largerDepthItem(random, '0', { nodes: 21 })).toThrow('nodes is 21, but two paths of 10 edges have 22');
  });
});
