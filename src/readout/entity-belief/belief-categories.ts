import type { Item } from '../../dataset/index.js';
import { nodesOf, shortestPathLayers, type Graph } from '../../graph/index.js';

/** What a node is to the step that comes next, exclusive. */
export const BELIEF_CATEGORIES = ['target', 'correctNext', 'wrongNeighbour', 'other'] as const;
/** What a node is to the next step. */
export type BeliefCategory = (typeof BELIEF_CATEGORIES)[number];

export const BELIEF_WORDS: Readonly<Record<BeliefCategory, string>> = {
  target: 'target',
  correctNext: 'correct next',
  wrongNeighbour: 'wrong neighbour',
  other: 'other',
};

/**
 * The category of every node after c thoughts. The current nodes are those at depth c on a shortest path to the target (the
 * root at c = 0); a node is
 *
 * - `target`, if it is the target, whatever the step
 * - `correctNext`, if it is at depth c + 1 on a shortest path
 * - `wrongNeighbour`, if an edge leads to it from a current node and it is neither
 * - `other` else
 *
 * Past the last step there are no current nodes, and all but the target are others.
 *
 * @returns [n]
 */
export function beliefCategories(
  graph: Graph,
  { root, target }: Pick<Item, 'root' | 'target'>,
  c: number,
): BeliefCategory[] {
  const layers = shortestPathLayers(graph, root, target);
  const current = layers.at(c) ?? [];
  const next = layers.at(c + 1) ?? [];
  return nodesOf(graph).map((node) => {
    if (node === target) return 'target';
    if (next.includes(node)) return 'correctNext';
    return current.some((from) => graph.successors[from].includes(node)) ? 'wrongNeighbour' : 'other';
  });
}
