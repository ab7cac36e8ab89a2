import { describe, expect, it } from 'vitest';
import {
  chooseFartherFromEntity,
  chooseHigherIndex,
  chooseLaterMention,
  chooseLowerInDegree,
  chooseNotReachedFrom,
  chooseReached,
  createGraph,
} from '../../src/graph/index.js';
import { small } from './small-graph.js';

/** Candidates of the small graph in both orders: a choice must not depend on it. */
const orders = [
  [6, 8],
  [8, 6],
] as const;

describe.each(orders)('rival heuristics on the small graph, candidates %i or %i', (...candidates) => {
  it('lower in-degree: 8 has one parent, 6 two', () => {
    expect(chooseLowerInDegree(small, candidates)).toBe(8);
  });

  it('farther from the nearest entity: 0-5-6 and 0-7-8 are equally long', () => {
    expect(chooseFartherFromEntity(small, candidates)).toBe('tie');
  });

  it('higher index', () => {
    expect(chooseHigherIndex(candidates)).toBe(8);
  });

  it('later mention: 6 first appears in the third edge, 8 in the eleventh', () => {
    expect(chooseLaterMention(small, candidates)).toBe(8);
  });

  it('forward from the root: 6 is three hops away', () => {
    expect(chooseReached(small, candidates, 1, 2)).toBe('tie');
    expect(chooseReached(small, candidates, 1, 3)).toBe(6);
    expect(chooseReached(small, candidates, 0, 2)).toBe('tie');
  });

  it('elimination: what the sources reach within the hops is out', () => {
    expect(chooseNotReachedFrom(small, candidates, [7], 0)).toBe('tie');
    expect(chooseNotReachedFrom(small, candidates, [7], 1)).toBe(6);
    // 0 reaches both in two hops.
    expect(chooseNotReachedFrom(small, candidates, [0], 1)).toBe('tie');
    expect(chooseNotReachedFrom(small, candidates, [0], 2)).toBe('tie');
    expect(chooseNotReachedFrom(small, candidates, [5, 9], 1)).toBe(8);
    expect(chooseNotReachedFrom(small, candidates, [], 5)).toBe('tie');
  });
});

describe('rival heuristics elsewhere', () => {
  it('takes the nearest of several entities', () => {
    // 3 is two hops below 0 and one below 1; 4 is two below 0 only.
    const graph = createGraph({
      nodeCount: 5,
      edges: [
        [0, 2],
        [2, 3],
        [1, 3],
        [2, 4],
      ],
    });
    expect(chooseFartherFromEntity(graph, [3, 4])).toBe(4);
    expect(chooseLowerInDegree(graph, [3, 4])).toBe(4);
  });

  it('is a tie where both candidates are the same in every respect', () => {
    const graph = createGraph({ nodeCount: 3, edges: [[0, 1]] });
    expect(chooseLowerInDegree(graph, [1, 1])).toBe('tie');
    expect(chooseLaterMention(graph, [2, 2])).toBe('tie');
  });
});
