import { breadthFirstDepths, randomShortestPath, UNREACHED, type Edge } from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemGraph } from '../item-graph.js';
import type { Item } from '../item.js';
import { withEdges } from './edit-item.js';

/**
 * A question without an answer: the root reaches neither candidate. It can be put to a model like any item, but it is
 * none, since an item's target is reachable: its `target` is the candidate that was the target before the cut, its
 * `path` is empty, and the official file format, which has no word for it, does not take it (`parseItems` refuses it).
 */
export interface UnanswerableItem extends Item {
  /** What a search from the root finds, and so what a model that searches must be expected to hold: neither candidate. */
  readonly expected: 'neither';
}

/**
 * The same question with every path from the root to the target cut, and the decoy's side intact. While there is a path,
 * one of the shortest is drawn and one of its inner edges is taken away: neither the root's own nor the target's, so that
 * every node is still spoken of. Nodes that lose their last parent become entities and are named like them. No edge above
 * the decoy is touched.
 *
 * Expected is 'neither': forward search from the root (`chooseReached`) cannot tell the candidates apart whatever its
 * hops, and a model that follows it must fall to a coin. Elimination (`chooseNotReachedFrom` the other root) finds the
 * decoy as before and names the target without a doubt: a model that still does has not searched from the root.
 *
 * @returns undefined if there is a path of fewer than three edges, which has no inner edge, or the rest cannot be worded
 */
export function cutRootSide(random: Random, item: Item): UnanswerableItem | undefined {
  const { root, target } = item;
  let edges: readonly Edge[] = item.edges;
  for (;;) {
    const graph = itemGraph({ ...item, edges });
    const depth = breadthFirstDepths(graph, root)[target];
    if (depth === UNREACHED) break;
    if (depth < 3) return undefined;
    const path = randomShortestPath(random, graph, root, target);
    const at = 1 + random.integer(depth - 2);
    edges = edges.filter(([source, end]) => source !== path[at] || end !== path[at + 1]);
  }
  const cut = withEdges(random, item, edges);
  return cut === undefined ? undefined : { ...cut, path: [], expected: 'neither' };
}
