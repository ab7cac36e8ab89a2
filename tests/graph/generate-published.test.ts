import { describe, expect, it } from 'vitest';
import {
  breadthFirstDepths,
  entitiesOf,
  findCycle,
  leavesOf,
  publishedProsqaGraph,
  randomProsqaGraph,
} from '../../src/graph/index.js';
import { createRandom } from '../../src/random.js';

describe('publishedProsqaGraph', () => {
  it('asks from node 0 for a leaf that only it reaches, against one that only node 1 reaches', () => {
    const random = createRandom('published');
    for (let i = 0; i < 300; i++) {
      const { graph, root, target, decoy, otherRoot } = publishedProsqaGraph(random, 23);
      expect(findCycle(graph)).toBeUndefined();
      expect([root, otherRoot]).toEqual([0, 1]);
      expect(leavesOf(graph)).toEqual(expect.arrayContaining([target, decoy]));
      const [own, other] = [breadthFirstDepths(graph, 0), breadthFirstDepths(graph, 1)];
      expect([own[target] > 0, own[decoy] > 0]).toEqual([true, false]);
      expect([other[target] > 0, other[decoy] > 0]).toEqual([false, true]);
      expect(graph.nodeCount).toBeLessThanOrEqual(23);
      expect(new Set(graph.edges.flat()).size).toBe(graph.nodeCount);
    }
  });

  it('has as many entities as literature.md 5.3 counts, which are too many', () => {
    const random = createRandom('entities');
    const mean = (draw: () => number): number => Array.from({ length: 1000 }, draw).reduce((a, b) => a + b) / 1000;
    // Printed with one decimal, for N = 23 and N = 27; a standard error of 1,000 graphs is .04.
    const published = (nodes: number) => () => entitiesOf(publishedProsqaGraph(random, nodes).graph).length;
    expect(Math.abs(mean(published(23)) - 4.1)).toBeLessThan(0.2);
    expect(Math.abs(mean(published(27)) - 4.8)).toBeLessThan(0.2);
    expect(Math.abs(mean(() => entitiesOf(randomProsqaGraph(random).graph).length) - 2.56)).toBeLessThan(0.2);
  });

  it('says when it cannot', () => {
    expect(() => publishedProsqaGraph(createRandom(0), 3)).toThrow('nodes is 3');
    expect(() => publishedProsqaGraph(createRandom(0), 23.5)).toThrow('nodes is 23.5');
  });
});
