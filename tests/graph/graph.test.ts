import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createGraph,
  entitiesOf,
  findCycle,
  inDegree,
  leavesOf,
  outDegree,
  topologicalOrder,
} from '../../src/graph/index.js';
import { dags, small } from './small-graph.js';

describe('createGraph', () => {
  it('builds both adjacencies in edge order', () => {
    expect(small.successors[2]).toEqual([4, 3]);
    expect(small.predecessors[6]).toEqual([4, 5]);
    expect(small.predecessors[5]).toEqual([3, 0]);
    expect(small.successors[6]).toEqual([]);
  });

  it('counts degrees and finds entities and leaves', () => {
    expect([inDegree(small, 5), inDegree(small, 1), outDegree(small, 2), outDegree(small, 8)]).toEqual([2, 0, 2, 0]);
    expect(entitiesOf(small)).toEqual([0, 1, 9]);
    expect(leavesOf(small)).toEqual([6, 8, 10, 11]);
  });

  it('refuses edges that are no edges of a simple graph', () => {
    expect(() => createGraph({ nodeCount: 3, edges: [[0, 3]] })).toThrow(
      'edges[0] names node 3, but there are 3 nodes',
    );
    expect(() => createGraph({ nodeCount: 3, edges: [[-1, 2]] })).toThrow('edges[0] names node -1');
    expect(() => createGraph({ nodeCount: 3, edges: [[0.5, 2]] })).toThrow('edges[0] names node 0.5');
    expect(() => createGraph({ nodeCount: 3, edges: [[1, 1]] })).toThrow('edges[0] is a self loop on node 1');
    const twice = [
      [0, 1],
      [0, 1],
    ] as const;
    expect(() => createGraph({ nodeCount: 2, edges: twice })).toThrow('edges[1] repeats the edge 0->1');
  });
});

describe('topologicalOrder and findCycle', () => {
  it('orders a graph without cycles: every source before its targets', () => {
    fc.assert(
      fc.property(dags, (graph) => {
        const order = topologicalOrder(graph) ?? [];
        expect([...order].sort((a, b) => a - b)).toEqual([...graph.successors.keys()]);
        for (const [source, target] of graph.edges) expect(order.indexOf(source)).toBeLessThan(order.indexOf(target));
        expect(findCycle(graph)).toBeUndefined();
      }),
    );
  });

  it('names a cycle in edge order, without the nodes that only lead to or from it', () => {
    // 0 -> 1 -> 2 -> 3 -> 1, and 3 -> 4
    const cyclic = createGraph({
      nodeCount: 5,
      edges: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 1],
        [3, 4],
      ],
    });
    expect(topologicalOrder(cyclic)).toBeUndefined();
    const cycle = findCycle(cyclic) ?? [];
    expect([...cycle].sort((a, b) => a - b)).toEqual([1, 2, 3]);
    cycle.forEach((node, i) => expect(cyclic.successors[node]).toContain(cycle[(i + 1) % cycle.length]));
  });
});
