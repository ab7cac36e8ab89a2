import { distancesTo, UNREACHED, type Edge } from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemGraph } from '../item-graph.js';
import { itemSearch } from '../item-search.js';
import type { Item } from '../item.js';
import type { UnanswerableItem } from './cut-root-side.js';
import { requireDepth, withEdges } from './edit-item.js';

/** A question whose paths to the target end at a known depth. */
export interface CutItem extends UnanswerableItem {
  readonly cut: {
    /** Of the nodes that the edges led to. */
    readonly depth: number;
    /** The edges taken away, in the order of the original. */
    readonly edges: readonly Edge[];
  };
}

/**
 * The same question with every path from the root to the target cut at one depth: the fewest edges that can do it, all of
 * them from a node at depth - 1 to one at `depth`, are taken away. No edge above the decoy is touched. Nodes that lose their
 * last parent become entities and are named like them; nothing else is drawn at random.
 *
 * There is always one such set and no other, however long the paths are. Depths rise by one edge at a time, so every path to
 * the target crosses there, and after its last crossing reaches the target without another: the edges that a path may cross
 * last are enough. And each of them must go, since its source is reached from above whatever else is taken away.
 *
 * What the root reaches in fewer than `depth` steps is the same, layer by layer, so that a search holds the same until
 * thought depth - 1 and can never find the target. `cutRootSide` cuts at depths drawn at random, along one path after the
 * other: it tells whether a model has searched, this when.
 *
 * @param depth >= 1
 * @returns undefined if the target is less deep, or the rest cannot be worded (depth 1 where the root has no other child,
 * the target's own depth where it has no other parent)
 * @throws RangeError unless `depth` is a whole number >= 1
 */
export function cutPath(random: Random, item: Item, depth: number): CutItem | undefined {
  requireDepth(depth);
  const { target, edges } = item;
  const { depths, depth: targetDepth } = itemSearch(item);
  if (targetDepth < depth) return undefined;
  const crosses = ([source, end]: Edge): boolean => depths[source] === depth - 1 && depths[end] === depth;
  const uncrossed = itemGraph({ ...item, edges: edges.filter((edge) => !crosses(edge)) });
  const toTarget = distancesTo(uncrossed, target);
  const isLast = (edge: Edge): boolean => crosses(edge) && toTarget[edge[1]] !== UNREACHED;
  const edited = withEdges(
    random,
    item,
    edges.filter((edge) => !isLast(edge)),
  );
  if (edited === undefined) return undefined;
  return { ...edited, path: [], expected: 'neither', cut: { depth, edges: edges.filter(isLast) } };
}
