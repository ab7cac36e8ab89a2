import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemGraph } from '../../../src/dataset/index.js';
import { breadthFirstDepths, createGraph, UNREACHED } from '../../../src/graph/index.js';
import { layoutTree } from '../../../src/drawing/dag/tree-layout.js';
import { ITEM } from '../../view/example.js';

describe('layoutTree', () => {
  it('has a node once per path, the shortest paths first', () => {
    // From Tom (0): 2; 3; 2-4; 3-2; 3-5; 3-2-4; 3-5-6; 3-5-6-4.
    const { nodes, edges, repeated, cut, columns } = layoutTree(itemGraph(ITEM), ITEM.root);
    expect(nodes.map(({ node }) => node)).toEqual([0, 2, 3, 4, 2, 5, 4, 6, 4]);
    expect(nodes.map(({ rank }) => rank)).toEqual([0, 1, 1, 2, 2, 2, 3, 3, 4]);
    expect(edges).toEqual([[0, 1], [0, 2], [1, 3], [2, 4], [2, 5], [4, 6], [5, 7], [7, 8]]); // prettier-ignore
    expect(repeated.map(Number)).toEqual([0, 0, 0, 0, 1, 0, 1, 0, 1]);
    expect([cut, columns]).toEqual([false, 5]);
  });

  it('gives every leaf a row of its own and a parent the middle of its children', () => {
    const { nodes, reachableRows } = layoutTree(itemGraph(ITEM), ITEM.root);
    // Leaves in the order of a walk: 2-4, 3-2-4, 3-5-6-4.
    expect(reachableRows).toBe(3);
    expect(nodes.map(({ row }) => row)).toEqual([0.75, 0, 1.5, 0, 1, 2, 1, 2, 2]);
  });

  it('ends a path before it comes back to itself', () => {
    const graph = createGraph({ nodeCount: 3, edges: [[0, 1], [1, 2], [2, 0], [2, 1]] }); // prettier-ignore
    expect(layoutTree(graph, 0).nodes.map(({ node }) => node)).toEqual([0, 1, 2]);
  });

  it('stops at the places allowed, and says so', () => {
    const layout = layoutTree(itemGraph(ITEM), ITEM.root, 4);
    expect(layout.nodes.map(({ node }) => node)).toEqual([0, 2, 3, 4]);
    expect(layout.cut).toBe(true);
    expect(layoutTree(itemGraph(ITEM), ITEM.root, 9).cut).toBe(false);
  });

  it('holds exactly what the root reaches, each node first at its breadth-first depth', () => {
    const dag = fc
      .subarray(Array.from({ length: 8 }, (_, t) => Array.from({ length: t }, (_, s) => [s, t] as const)).flat())
      .map((edges) => createGraph({ nodeCount: 8, edges }));
    fc.assert(
      fc.property(dag, (graph) => {
        const { nodes, repeated, cut } = layoutTree(graph, 0, 10_000);
        const depths = breadthFirstDepths(graph, 0);
        const first = nodes.filter((_, place) => !repeated[place]);
        expect(cut).toBe(false);
        expect(first.map(({ node }) => node).sort()).toEqual(
          [...depths.keys()].filter((node) => depths[node] !== UNREACHED),
        );
        for (const { node, rank } of first) expect(rank).toBe(depths[node]);
      }),
      { numRuns: 50 },
    );
  });
});
