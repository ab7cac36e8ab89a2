import { reachableWithin, walkFrontier } from './breadth-first.js';
import { nodesOf, type Graph } from './graph.js';
import { requireThought } from './node-classes.js';
import { shortestPathLayers } from './shortest-paths.js';

/** The nested node groups of arXiv 2505.12514 as its notebook computes them; each list ascending. */
export interface PublishedGroups {
  /** Not within `thought` edges of the root: this includes nodes that are reachable later. */
  readonly notReachable: readonly number[];
  /** Within `thought` edges of the root, the root included. */
  readonly reachable: readonly number[];
  /** The walk frontier, a subset of `reachable` (see {@link walkFrontier}). */
  readonly frontier: readonly number[];
  /** The notebook's `neighbor_k`: on a shortest path at this depth, a subset of `frontier`. */
  readonly optimal: readonly number[];
}

/**
 * The published groups after `thought` thoughts (Reasoning by Superposition, table 1 and its notebook). They are
 * nested, optimal in frontier in reachable, so their means are not independent; {@link nodeClasses} partitions.
 *
 * @throws RangeError if root or target is not a node or `thought` is no whole number >= 0
 */
export function publishedGroups(
  graph: Graph,
  { root, target }: { readonly root: number; readonly target: number },
  thought: number,
): PublishedGroups {
  requireThought(thought);
  const reachable = reachableWithin(graph, root, thought);
  return {
    notReachable: nodesOf(graph).filter((node) => !reachable.includes(node)),
    reachable,
    frontier: walkFrontier(graph, root, thought),
    optimal: shortestPathLayers(graph, root, target).at(thought) ?? [],
  };
}
