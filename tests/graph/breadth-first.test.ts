import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ancestorsOf,
  breadthFirstDepths,
  breadthFirstLayers,
  descendantsOf,
  distancesTo,
  reachableWithin,
  UNREACHED,
  walkFrontier,
} from '../../src/graph/index.js';
import { dagsWithNode, small, walkCounts } from './small-graph.js';

describe('breadth-first search on the small graph', () => {
  it('gives depths from the root, -1 where there is no path', () => {
    expect([...breadthFirstDepths(small, 1)]).toEqual([-1, 0, 1, 1, 2, 2, 3, -1, -1, -1, -1, 2]);
  });

  it('gives distances to the target', () => {
    expect([...distancesTo(small, 6)]).toEqual([2, 3, 2, 2, 1, 1, 0, -1, -1, -1, -1, -1]);
  });

  it('lists layers', () => {
    expect(breadthFirstLayers(small, 1)).toEqual([[1], [2, 3], [4, 5, 11], [6]]);
    expect(breadthFirstLayers(small, 8)).toEqual([[8]]);
  });

  it('lists the cumulative set', () => {
    expect(reachableWithin(small, 1, 0)).toEqual([1]);
    expect(reachableWithin(small, 1, 1)).toEqual([1, 2, 3]);
    expect(reachableWithin(small, 1, 9)).toEqual([1, 2, 3, 4, 5, 6, 11]);
  });

  it('lets the walk frontier visit nodes again, as published', () => {
    expect(walkFrontier(small, 1, 0)).toEqual([1]);
    expect(walkFrontier(small, 1, 1)).toEqual([2, 3]);
    // 3 again, by 1-2-3, although its depth is 1
    expect(walkFrontier(small, 1, 2)).toEqual([3, 4, 5, 11]);
    expect(walkFrontier(small, 1, 3)).toEqual([5, 6, 11]);
    expect(walkFrontier(small, 1, 4)).toEqual([6]);
    expect(walkFrontier(small, 1, 5)).toEqual([]);
  });

  it('lists ancestors and descendants, the node itself included', () => {
    expect(ancestorsOf(small, 6)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(descendantsOf(small, 0)).toEqual([0, 5, 6, 7, 8]);
  });

  it('refuses a node that is none', () => {
    expect(() => breadthFirstDepths(small, 12)).toThrow(RangeError);
    expect(() => walkFrontier(small, -1, 1)).toThrow(RangeError);
  });
});

describe('breadth-first search on random graphs', () => {
  it('agrees with walks: a depth is the length of the shortest one', () => {
    fc.assert(
      fc.property(dagsWithNode, ([graph, from]) => {
        const walks = walkCounts(graph, from);
        const depths = breadthFirstDepths(graph, from);
        depths.forEach((depth, node) => {
          expect(depth).toBe(walks.findIndex((counts) => counts[node] > 0));
          // Backwards it is the same number.
          expect(distancesTo(graph, node)[from]).toBe(depth);
        });
        walks.forEach((counts, step) => {
          const ends = [...counts.keys()].filter((node) => counts[node] > 0);
          expect(walkFrontier(graph, from, step)).toEqual(ends);
          expect(reachableWithin(graph, from, step)).toEqual(
            [...counts.keys()].filter((node) => walks.slice(0, step + 1).some((earlier) => earlier[node] > 0)),
          );
        });
      }),
    );
  });

  it('puts every reached node in exactly one layer', () => {
    fc.assert(
      fc.property(dagsWithNode, ([graph, from]) => {
        const depths = breadthFirstDepths(graph, from);
        const layers = breadthFirstLayers(graph, from);
        expect(layers.flat()).toHaveLength(depths.filter((depth) => depth !== UNREACHED).length);
        layers.forEach((layer, depth) => {
          expect(layer.length).toBeGreaterThan(0);
          for (const node of layer) expect(depths[node]).toBe(depth);
        });
      }),
    );
  });
});
