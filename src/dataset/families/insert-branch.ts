import { inDegree, leavesOf, UNREACHED, type Edge } from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemSearch } from '../item-search.js';
import type { Item } from '../item.js';
import { requireDepth, withEdges } from './edit-item.js';

/** A question with one edge more, by which the root reaches one node more and the answer is as it was. */
export interface BranchedItem extends Item {
  readonly branch: {
    /** The new node's depth from the root. */
    readonly depth: number;
    /** The node that the root did not reach before. */
    readonly node: number;
    /** Of the new sentence in `edges`. */
    readonly position: number;
  };
}

/**
 * The same question with one sentence more, at a random place: an edge from a node at depth - 1 from the root to a leaf
 * that the root did not reach and that is no candidate, each drawn at random. The leaf is then at `depth`; every other
 * node's depth and all else are as they were, the answer too. (To lead to more than a leaf is never needed: below a node
 * that the root did not reach, and that leads to nothing that it reached, there is a leaf of that kind.) In the symbolic
 * wording the prompt is three tokens longer.
 *
 * It is a dead branch in the frontier of a depth: a model that searches breadth-first holds the new node after `depth`
 * thoughts and answers as before. One that follows the way to the target alone has no use for it.
 *
 * @param depth >= 1
 * @returns undefined if there is nothing to lead from at depth - 1 (the candidates are leaves and stay so), or no leaf to
 * lead to: entities are none, since they would have to be called something else
 * @throws RangeError unless `depth` is a whole number >= 1
 */
export function insertBranch(random: Random, item: Item, depth: number): BranchedItem | undefined {
  requireDepth(depth);
  const search = itemSearch(item);
  const { graph, depths } = search;
  const { candidates } = item;
  const sources = search.atDepth(depth - 1).filter((node) => !candidates.includes(node));
  const ends = leavesOf(graph).filter(
    (leaf) => depths[leaf] === UNREACHED && inDegree(graph, leaf) > 0 && !candidates.includes(leaf),
  );
  if (sources.length === 0 || ends.length === 0) return undefined;
  const node = ends[random.integer(ends.length)];
  const edge: Edge = [sources[random.integer(sources.length)], node];
  const position = random.integer(item.edges.length + 1);
  const edited = withEdges(random, item, [...item.edges.slice(0, position), edge, ...item.edges.slice(position)]);
  return edited === undefined ? undefined : { ...edited, branch: { depth, node, position } };
}
