import { breadthFirstDepths, UNREACHED } from './breadth-first.js';
import { entitiesOf, inDegree, type Graph } from './graph.js';

/** Two candidates, of which a strategy names the one that it takes for reachable. */
export type Candidates = readonly [number, number];

/** The chosen candidate, or 'tie' where the strategy cannot tell them apart (a coin: right half the time). */
export type Choice = number | 'tie';

/**
 * Strategies that answer a ProsQA question without searching from the root, or not far enough. They are what a
 * readout must beat before it counts as evidence of breadth-first search: on the official files some of them are
 * right nearly always (their accuracies stand in tests/dataset/inspect-items.test.ts).
 */

/** The candidate with fewer incoming edges. */
export function chooseLowerInDegree(graph: Graph, candidates: Candidates): Choice {
  return chooseHigher(candidates, (candidate) => -inDegree(graph, candidate));
}

/**
 * The candidate farther from its nearest entity (the least breadth-first depth over all in-degree-0 nodes): targets
 * are chosen among the deepest leaves, decoys are not.
 */
export function chooseFartherFromEntity(graph: Graph, candidates: Candidates): Choice {
  const depths = entitiesOf(graph).map((entity) => breadthFirstDepths(graph, entity));
  return chooseHigher(candidates, (candidate) =>
    // A node that no entity reaches exists only below a cycle; it counts as infinitely far.
    Math.min(...depths.map((depth) => (depth[candidate] === UNREACHED ? Infinity : depth[candidate]))),
  );
}

/** The candidate with the higher node number: ProsQA numbers nodes in the order in which it creates them. */
export function chooseHigherIndex(candidates: Candidates): Choice {
  return chooseHigher(candidates, (candidate) => candidate);
}

/** The candidate that the edges, in prompt order, mention first only later. */
export function chooseLaterMention(graph: Graph, candidates: Candidates): Choice {
  return chooseHigher(candidates, (candidate) => {
    const position = graph.edges.findIndex((edge) => edge.includes(candidate));
    return position < 0 ? Infinity : position;
  });
}

/**
 * Forward breadth-first search from the root, cut off after `hops` edges: the candidate found, a tie if none or both
 * are. Backward search from the candidates for the root, cut off alike, makes the same choices.
 */
export function chooseReached(graph: Graph, candidates: Candidates, root: number, hops: number): Choice {
  return chooseHigher(candidates, within(graph, [root], hops));
}

/**
 * Elimination: the candidate that is *not* found within `hops` edges of `sources`, a tie if none or both are found.
 * With the other root as the only source (`otherRootOf`) this is the published shortcut, which needs to know which
 * entity that is; with all entities but the root it needs nothing that a prompt does not state.
 */
export function chooseNotReachedFrom(
  graph: Graph,
  candidates: Candidates,
  sources: readonly number[],
  hops: number,
): Choice {
  const reached = within(graph, sources, hops);
  return chooseHigher(candidates, (candidate) => 1 - reached(candidate));
}

/** 1 for nodes within `hops` edges of one of the sources, else 0. */
function within(graph: Graph, sources: readonly number[], hops: number): (node: number) => 0 | 1 {
  const depths = sources.map((source) => breadthFirstDepths(graph, source));
  return (node) => (depths.some((depth) => depth[node] !== UNREACHED && depth[node] <= hops) ? 1 : 0);
}

function chooseHigher([first, second]: Candidates, score: (candidate: number) => number): Choice {
  const [a, b] = [score(first), score(second)];
  if (a === b) return 'tie';
  return a > b ? first : second;
}
