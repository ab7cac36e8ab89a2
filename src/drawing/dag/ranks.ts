import { breadthFirstDepths, entitiesOf, UNREACHED, type Graph } from '../../graph/index.js';

/** Which part of the drawing a node belongs to: what the root reaches, or the rest. */
export type Band = 'reachable' | 'other';

/** The column and the band of every node, each array indexed by node. */
export interface Ranks {
  readonly rank: readonly number[];
  readonly band: readonly Band[];
}

/**
 * Ranks for a layered drawing. A node that the root reaches has rank = its breadth-first depth, so that the frontier
 * F_c is column c. The others form a band of their own, ranked by their distance from the nearest of its entities
 * (nodes without parents); a path from one of those never leaves the band to come back. Nodes of a cycle that no
 * entity leads to have rank 0.
 */
export function rankNodes(graph: Graph, root: number): Ranks {
  const fromRoot = breadthFirstDepths(graph, root);
  const entities = entitiesOf(graph).filter((entity) => fromRoot[entity] === UNREACHED);
  const fromEntities = entities.map((entity) => breadthFirstDepths(graph, entity));
  const rank = Array.from(fromRoot, (depth, node) => {
    if (depth !== UNREACHED) return depth;
    const distances = fromEntities.map((depths) => depths[node]).filter((distance) => distance !== UNREACHED);
    return distances.length === 0 ? 0 : Math.min(...distances);
  });
  return { rank, band: Array.from(fromRoot, (depth) => (depth === UNREACHED ? 'other' : 'reachable')) };
}
