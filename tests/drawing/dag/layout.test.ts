import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemGraph, randomItems } from '../../../src/dataset/index.js';
import { breadthFirstDepths, createGraph, UNREACHED, type Graph } from '../../../src/graph/index.js';
import { countCrossings } from '../../../src/drawing/dag/crossings.js';
import { layoutDag } from '../../../src/drawing/dag/layout.js';
import { rankNodes } from '../../../src/drawing/dag/ranks.js';
import { createRandom } from '../../../src/random.js';
import { ITEM } from '../../view/example.js';

const example = createGraph({ nodeCount: ITEM.names.length, edges: ITEM.edges });

/** Edges that cross in node order (each column's bands from the top by node number, packed and centred) and as laid out. */
function crossings(graph: Graph, root: number): { before: number; after: number } {
  const { nodes, reachableRows, otherRows } = layoutDag(graph, root);
  const inOrder = nodes.map(({ node, band, rank }) => {
    const column = nodes.filter((other) => other.band === band && other.rank === rank);
    const [offset, height] = band === 'reachable' ? [0, reachableRows] : [reachableRows, otherRows];
    return offset + (height - column.length) / 2 + column.filter((other) => other.node < node).length;
  });
  return {
    before: countCrossings(graph.edges, (n) => ({ x: nodes[n].rank, y: inOrder[n] })),
    after: countCrossings(graph.edges, (n) => ({ x: nodes[n].rank, y: nodes[n].row })),
  };
}

/** A random DAG: node numbers are a topological order, as in ProsQA. */
const dag = fc.integer({ min: 1, max: 14 }).chain((nodeCount) =>
  fc.record({
    nodeCount: fc.constant(nodeCount),
    root: fc.integer({ min: 0, max: nodeCount - 1 }),
    edges: fc
      .subarray(
        Array.from({ length: nodeCount }, (_, t) => Array.from({ length: t }, (_, s) => [s, t] as const)).flat(),
      )
      .map((edges) => edges.slice(0, 30)),
  }),
);

describe('rankNodes', () => {
  it('ranks what the root reaches by breadth-first depth and the rest from its own entity', () => {
    const { rank, band } = rankNodes(example, ITEM.root);
    expect(rank).toEqual([0, 0, 1, 1, 2, 2, 3, 1, 2]);
    expect(band.map((b) => b[0]).join('')).toBe('rorrrrroo');
  });

  it('gives rank 0 to a cycle that no entity leads to', () => {
    const graph = createGraph({
      nodeCount: 3,
      edges: [
        [1, 2],
        [2, 1],
      ],
    });
    expect(rankNodes(graph, 0).rank).toEqual([0, 0, 0]);
  });
});

describe('countCrossings', () => {
  const at = (node: number): { x: number; y: number } => ({ x: node % 2, y: Math.floor(node / 2) });

  it('counts an X once and parallel lines not at all', () => {
    expect(countCrossings([[0, 3], [2, 1]], at)).toBe(1); // prettier-ignore
    expect(countCrossings([[0, 1], [2, 3]], at)).toBe(0); // prettier-ignore
  });

  it('does not count an edge inside a column: it is drawn beside the column, not through it', () => {
    // 0 and 1 stand in one column, one above the other; the edge from 2 to 3 passes between them.
    const places = [[1, 0], [1, 2], [0, 1], [2, 1]].map(([x, y]) => ({ x, y })); // prettier-ignore
    expect(countCrossings([[0, 1], [2, 3]], (node) => places[node])).toBe(0); // prettier-ignore
  });

  it('does not count edges that meet in a node', () => {
    expect(countCrossings([[0, 3], [0, 1], [2, 3]], at)).toBe(0); // prettier-ignore
  });
});

describe('layoutDag', () => {
  it('untangles two edges that node order would cross', () => {
    // 0 -> 1, 2; 1 -> 4, 2 -> 3: in node order (1 above 2, 3 above 4) the last two cross.
    const graph = createGraph({
      nodeCount: 5,
      edges: [
        [0, 1],
        [0, 2],
        [1, 4],
        [2, 3],
      ],
    });
    const { nodes } = layoutDag(graph, 0);
    expect(countCrossings(graph.edges, (n) => ({ x: nodes[n].rank, y: nodes[n].row }))).toBe(0);
  });

  it('keeps the bands apart: what the root reaches stands above the rest', () => {
    const layout = layoutDag(example, ITEM.root);
    expect(layout.columns).toBe(4);
    expect(layout.reachableRows).toBe(2);
    expect(layout.otherRows).toBe(1);
    for (const { band, row } of layout.nodes) {
      if (band === 'reachable') expect(row).toBeLessThan(layout.reachableRows);
      else expect(row).toBeGreaterThanOrEqual(layout.reachableRows);
    }
  });

  it('puts every node of a random DAG in a place of its own, in the column of its depth, inside the drawing', () => {
    fc.assert(
      fc.property(dag, ({ nodeCount, edges, root }) => {
        const graph = createGraph({ nodeCount, edges });
        const depths = breadthFirstDepths(graph, root);
        const layout = layoutDag(graph, root);
        const places = new Set(layout.nodes.map(({ rank, row }) => `${rank}:${row}`));
        expect(places.size).toBe(nodeCount);
        for (const { node, band, rank, row } of layout.nodes) {
          expect(band).toBe(depths[node] === UNREACHED ? 'other' : 'reachable');
          if (band === 'reachable') expect(rank).toBe(depths[node]);
          expect(rank).toBeLessThan(layout.columns);
          expect(row).toBeGreaterThanOrEqual(0);
          expect(row).toBeLessThanOrEqual(layout.reachableRows + layout.otherRows - 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never crosses more edges than node order does', () => {
    fc.assert(
      fc.property(dag, ({ nodeCount, edges, root }) => {
        const { before, after } = crossings(createGraph({ nodeCount, edges }), root);
        expect(after).toBeLessThanOrEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('crosses less than a quarter as many edges on items like ProsQA’s', () => {
    // 179 against 749. The sweeps alone, and the exchanges alone, come to 205.
    const all = randomItems(createRandom('layout'), 40).map((item) => crossings(itemGraph(item), item.root));
    const total = (of: 'before' | 'after'): number => all.reduce((sum, counts) => sum + counts[of], 0);
    expect(total('after')).toBeLessThan(total('before') / 4);
  });
});
