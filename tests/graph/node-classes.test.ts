import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breadthFirstDepths,
  createGraph,
  NODE_CLASSES,
  nodeClasses,
  otherRootOf,
  publishedGroups,
  shortestPathLayers,
  type NodeClass,
} from '../../src/graph/index.js';
import { dagsWithNode, small } from './small-graph.js';

const search = { root: 1, target: 6, otherRoot: 0 };

function members(thought: number): Record<NodeClass, number[]> {
  const classes = nodeClasses(small, search, thought);
  return Object.fromEntries(
    NODE_CLASSES.map((name) => [name, [...classes.keys()].filter((node) => classes[node] === name)]),
  ) as Record<NodeClass, number[]>;
}

describe('nodeClasses', () => {
  const beyond = { otherRoot: [0, 7, 8], unreachable: [9, 10] };

  it('starts with the root as the frontier', () => {
    expect(members(0)).toEqual({
      frontierOptimal: [1],
      frontierOther: [],
      expanded: [],
      reachableLater: [2, 3, 4, 5, 6, 11],
      ...beyond,
    });
  });

  it('tells the optimal frontier from the rest of it', () => {
    // 5 can be reached from the other root too, which makes no difference: the query root reaches it.
    expect(members(2)).toEqual({
      frontierOptimal: [4, 5],
      frontierOther: [11],
      expanded: [1, 2, 3],
      reachableLater: [6],
      ...beyond,
    });
  });

  it('has no frontier left after the last layer', () => {
    expect(members(4)).toEqual({
      frontierOptimal: [],
      frontierOther: [],
      expanded: [1, 2, 3, 4, 5, 6, 11],
      reachableLater: [],
      ...beyond,
    });
  });

  it('refuses a thought that is no whole number >= 0, and missing nodes', () => {
    expect(() => nodeClasses(small, search, -1)).toThrow('thought is -1');
    expect(() => nodeClasses(small, search, 1.5)).toThrow('thought is 1.5');
    expect(() => nodeClasses(small, { ...search, target: 12 }, 1)).toThrow('target names node 12');
    expect(() => nodeClasses(small, { ...search, otherRoot: 12 }, 1)).toThrow(RangeError);
  });

  it('follows its definition on random graphs', () => {
    fc.assert(
      fc.property(dagsWithNode, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 6 }), ([graph, root], t, o, thought) => {
        const target = t % graph.nodeCount;
        const otherRoot = o % graph.nodeCount;
        const depths = breadthFirstDepths(graph, root);
        const other = breadthFirstDepths(graph, otherRoot);
        const optimal = new Set(shortestPathLayers(graph, root, target).flat());
        nodeClasses(graph, { root, target, otherRoot }, thought).forEach((name, node) => {
          const reached = depths[node] >= 0;
          const holds: Record<NodeClass, boolean> = {
            expanded: reached && depths[node] < thought,
            frontierOptimal: reached && depths[node] === thought && optimal.has(node),
            frontierOther: reached && depths[node] === thought && !optimal.has(node),
            reachableLater: reached && depths[node] > thought,
            otherRoot: !reached && other[node] >= 0,
            unreachable: !reached && other[node] < 0,
          };
          // Exactly one of the six definitions holds, and it is the class given.
          expect(NODE_CLASSES.filter((candidate) => holds[candidate])).toEqual([name]);
        });
      }),
    );
  });
});

describe('otherRootOf', () => {
  it("finds the decoy's entity", () => {
    expect(otherRootOf(small, 1, 8)).toBe(0);
    expect(otherRootOf(small, 1, 10)).toBe(9);
  });

  it('takes the entity with more descendants where several reach the decoy, the lower one among equals', () => {
    // 1, 2 and 3 reach the decoy 5; 2 and 3 have one more descendant each.
    const graph = createGraph({
      nodeCount: 8,
      edges: [
        [0, 4],
        [1, 5],
        [2, 5],
        [2, 6],
        [3, 5],
        [3, 7],
      ],
    });
    expect(otherRootOf(graph, 0, 5)).toBe(2);
    // Not the root, whatever it reaches.
    expect(otherRootOf(graph, 2, 5)).toBe(3);
  });

  it('takes a decoy without parents for its own root, and refuses one that only the root reaches', () => {
    const graph = createGraph({ nodeCount: 3, edges: [[0, 1]] });
    expect(otherRootOf(graph, 0, 2)).toBe(2);
    expect(() => otherRootOf(graph, 0, 1)).toThrow('no entity but the root (0)');
  });
});

describe('publishedGroups', () => {
  it('nests, and counts nodes reachable later as not reachable', () => {
    expect(publishedGroups(small, search, 2)).toEqual({
      notReachable: [0, 6, 7, 8, 9, 10],
      reachable: [1, 2, 3, 4, 5, 11],
      frontier: [3, 4, 5, 11],
      optimal: [4, 5],
    });
    expect(publishedGroups(small, search, 4)).toMatchObject({ frontier: [6], optimal: [] });
  });

  it('is optimal within frontier within reachable on random graphs', () => {
    fc.assert(
      fc.property(dagsWithNode, fc.nat(), fc.integer({ min: 0, max: 6 }), ([graph, root], t, thought) => {
        const groups = publishedGroups(graph, { root, target: t % graph.nodeCount }, thought);
        expect(groups.frontier).toEqual(expect.arrayContaining([...groups.optimal]));
        expect(groups.reachable).toEqual(expect.arrayContaining([...groups.frontier]));
        expect([...groups.reachable, ...groups.notReachable].sort((a, b) => a - b)).toEqual([
          ...graph.successors.keys(),
        ]);
      }),
    );
  });
});
