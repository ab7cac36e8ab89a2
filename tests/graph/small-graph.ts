import fc from 'fast-check';
import { createGraph, type Graph } from '../../src/graph/index.js';

/**
 * The graph that the hand-computed numbers of these tests are about. Root 1, target 6, decoy 8, other root 0; 9 is a
 * further entity. Depths from 1: {1} {2 3} {4 5 11} {6}. Two shortest paths: 1-2-4-6 and 1-3-5-6.
 *
 *     1 -> 2 -> 4 -> 6      0 -> 5      9 -> 10
 *     1 -> 3 -> 5 -> 6      0 -> 7 -> 8
 *     2 -> 3 -> 11
 */
export const small: Graph = createGraph({
  nodeCount: 12,
  edges: [
    [1, 2],
    [2, 4],
    [4, 6],
    [1, 3],
    [3, 5],
    [5, 6],
    [2, 3],
    [3, 11],
    [0, 5],
    [0, 7],
    [7, 8],
    [9, 10],
  ],
});

/** Graphs without cycles on 1 to 10 nodes, node numbers in no particular order. */
export const dags: fc.Arbitrary<Graph> = fc
  .integer({ min: 1, max: 10 })
  .chain((nodeCount) =>
    fc.tuple(
      fc.shuffledSubarray(
        Array.from({ length: nodeCount }, (_, node) => node),
        { minLength: nodeCount },
      ),
      fc.array(fc.boolean(), {
        minLength: (nodeCount * (nodeCount - 1)) / 2,
        maxLength: (nodeCount * (nodeCount - 1)) / 2,
      }),
    ),
  )
  .map(([labels, present]) => {
    const pairs = labels.flatMap((target, j) => labels.slice(0, j).map((source) => [source, target] as const));
    return createGraph({ nodeCount: labels.length, edges: pairs.filter((_, i) => present[i]) });
  });

/** A graph and one of its nodes. */
export const dagsWithNode = dags.chain((graph) =>
  fc.tuple(fc.constant(graph), fc.integer({ min: 0, max: graph.nodeCount - 1 })),
);

/** walks[s][v]: number of walks of s edges from `from` to v, by repeated multiplication with the adjacency. */
export function walkCounts(graph: Graph, from: number): number[][] {
  const start = new Array<number>(graph.nodeCount).fill(0);
  start[from] = 1;
  const walks = [start];
  for (let step = 1; step <= graph.nodeCount; step++) {
    const next = new Array<number>(graph.nodeCount).fill(0);
    for (const [source, target] of graph.edges) next[target] += walks[step - 1][source];
    walks.push(next);
  }
  return walks;
}
