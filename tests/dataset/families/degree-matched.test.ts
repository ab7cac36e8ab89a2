import { describe, expect, it } from 'vitest';
import { degreeMatchedItem, formatItems, itemGraph, parseItems } from '../../../src/dataset/index.js';
import { chooseLowerInDegree, chooseReached } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { plainDepths } from './support.js';

describe('degreeMatchedItem', () => {
  // One item costs some 700 graphs, so there are few of them.
  const items = Array.from({ length: 25 }, (_, i) => degreeMatchedItem(createRandom(`matched ${i}`), String(i)));

  it('has candidates, and successors of the root, that no degree tells apart', () => {
    for (const { edges, root, target, decoy } of items) {
      const incoming = (node: number): number => edges.filter(([, to]) => to === node).length;
      const outgoing = (node: number): number => edges.filter(([from]) => from === node).length;
      expect(incoming(decoy)).toBe(incoming(target));
      expect([outgoing(target), outgoing(decoy)]).toEqual([0, 0]);
      const successors = edges.filter(([from]) => from === root).map(([, to]) => to);
      expect(new Set(successors.map(incoming)).size).toBe(1);
      expect(new Set(successors.map(outgoing)).size).toBe(1);
      const leading = successors.map((node) => plainDepths(edges, node).has(target));
      expect(new Set(leading)).toEqual(new Set([true, false]));
    }
    expect(parseItems(formatItems(items), 'items')).toEqual(items);
  });

  it('leaves the rule of the lower in-degree nothing, a search from the root everything', () => {
    for (const item of items) {
      const graph = itemGraph(item);
      expect(chooseLowerInDegree(graph, item.candidates)).toBe('tie');
      expect(chooseReached(graph, item.candidates, item.root, 6)).toBe(item.target);
    }
  });
});
