import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breadthFirstDepths,
  createGraph,
  heights,
  randomShortestPath,
  shortestPathCounts,
  shortestPathLayers,
  type Graph,
} from '../../src/graph/index.js';
import { createRandom } from '../../src/random.js';
import { dags, dagsWithNode, small, walkCounts } from './small-graph.js';

describe('shortest paths', () => {
  it('lists the nodes on them by depth', () => {
    expect(shortestPathLayers(small, 1, 6)).toEqual([[1], [2, 3], [4, 5], [6]]);
    expect(shortestPathLayers(small, 1, 11)).toEqual([[1], [3], [11]]);
    expect(shortestPathLayers(small, 1, 1)).toEqual([[1]]);
    expect(shortestPathLayers(small, 1, 8)).toEqual([]);
  });

  it('counts them', () => {
    // To 3: 1-3 only (1-2-3 is longer). To 6: 1-2-4-6 and 1-3-5-6.
    expect([...shortestPathCounts(small, 1)]).toEqual([0, 1, 1, 1, 1, 1, 2, 0, 0, 0, 0, 1]);
  });

  it('agrees with walks on random graphs', () => {
    fc.assert(
      fc.property(dagsWithNode, ([graph, root]) => {
        const depths = breadthFirstDepths(graph, root);
        const walks = walkCounts(graph, root);
        const counts = shortestPathCounts(graph, root);
        depths.forEach((depth, target) => {
          // Every walk as short as the depth is a shortest path.
          expect(counts[target]).toBe(depth < 0 ? 0 : walks[depth][target]);
          const back = [...depths.keys()].map((node) => walkCounts(graph, node));
          const expected = Array.from({ length: depth + 1 }, (_, d) =>
            [...depths.keys()].filter((node) => walks[d][node] > 0 && back[node][depth - d][target] > 0),
          );
          expect(shortestPathLayers(graph, root, target)).toEqual(depth < 0 ? [] : expected);
        });
      }),
      // Each run multiplies adjacencies for every pair of nodes.
      { numRuns: 40 },
    );
  });
});

describe('randomShortestPath', () => {
  it('takes every shortest path equally often, however they fork', () => {
    // To 7: one path by 5 (0-1-5-7), three by 6 (0-2-6-7, 0-3-6-7, 0-4-6-7).
    const forks = createGraph({
      nodeCount: 8,
      edges: [
        [0, 1],
        [0, 2],
        [0, 3],
        [0, 4],
        [1, 5],
        [2, 6],
        [3, 6],
        [4, 6],
        [5, 7],
        [6, 7],
      ],
    });
    const random = createRandom('paths');
    const seen = new Map<string, number>();
    for (let i = 0; i < 4000; i++) {
      const path = randomShortestPath(random, forks, 0, 7).join('-');
      seen.set(path, (seen.get(path) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(['0-1-5-7', '0-2-6-7', '0-3-6-7', '0-4-6-7']);
    // Binomial with n = 4000 and p = 1/4: standard deviation 27; four of them.
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(110);
  });

  it('is the root alone where the root is the target, and nothing where there is no path', () => {
    expect(randomShortestPath(createRandom(1), small, 1, 1)).toEqual([1]);
    expect(() => randomShortestPath(createRandom(1), small, 1, 8)).toThrow('no path from node 1 to node 8');
  });
});

describe('heights', () => {
  it('measures to the farthest and to the nearest leaf', () => {
    expect([...heights(small, 'longest')]).toEqual([2, 4, 3, 2, 1, 1, 0, 1, 0, 1, 0, 0]);
    expect([...heights(small, 'shortest')]).toEqual([2, 2, 2, 1, 1, 1, 0, 1, 0, 1, 0, 0]);
  });

  it('agrees with its recursive definition on random graphs', () => {
    const measure = (graph: Graph, node: number): [longest: number, shortest: number] => {
      const below = graph.successors[node].map((next) => measure(graph, next));
      if (below.length === 0) return [0, 0];
      return [
        1 + Math.max(...below.map(([longest]) => longest)),
        1 + Math.min(...below.map(([, shortest]) => shortest)),
      ];
    };
    fc.assert(
      fc.property(dags, (graph) => {
        const expected = [...graph.successors.keys()].map((node) => measure(graph, node));
        expect([...heights(graph, 'longest')]).toEqual(expected.map(([longest]) => longest));
        expect([...heights(graph, 'shortest')]).toEqual(expected.map(([, shortest]) => shortest));
      }),
    );
  });

  it('refuses a graph with a cycle', () => {
    const edges = [
      [0, 1],
      [1, 0],
    ] as const;
    const cyclic = { nodeCount: 2, edges, successors: [[1], [0]], predecessors: [[1], [0]] };
    expect(() => heights(cyclic, 'longest')).toThrow('without cycles');
  });
});
