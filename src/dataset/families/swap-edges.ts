import {
  breadthFirstDepths,
  createGraph,
  findCycle,
  randomShortestPath,
  UNREACHED,
  type Edge,
} from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemSearch } from '../item-search.js';
import type { Item } from '../item.js';
import { requireDepth } from './edit-item.js';

/** A question of which two edges have exchanged their ends, so that the other candidate is the answer. */
export interface SwappedItem extends Item {
  readonly swapped: {
    /** The least depth from the root at which a search meets something else than in the original. */
    readonly depth: number;
    /** Where the two sentences stand in `edges`, here and in the original: the root's side first, then the other root's. */
    readonly positions: readonly [number, number];
    /** The original's edges there, u -> v and u' -> v'. */
    readonly before: readonly [Edge, Edge];
    /** This question's, u -> v' and u' -> v. */
    readonly after: readonly [Edge, Edge];
    /** Whether the other root no longer reaches what is the target now, as in every item of ProsQA. */
    readonly exclusive: boolean;
  };
}

/**
 * The same question with the ends of two edges exchanged at a depth, so that the answer flips: of u -> v, from depth - 1 to
 * `depth` as counted from the root, v leading to the target, and u' -> v', from depth - 1 to `depth` as counted from the
 * other root, v' leading to the decoy, become u -> v' and u' -> v. Only pairs are taken after which the root reaches the
 * decoy and not the target, nothing is stated twice and there is no cycle. Of these one is drawn at random: of those that
 * leave the other root without a path to the decoy (`exclusive`) where there are any, else of all; then elimination from
 * the other root finds both candidates and ties, while a search from the root follows. Target and decoy change roles,
 * candidates stay in order. The two sentences keep their places, so that prompts are equally long in the symbolic wording
 * and differ in two tokens.
 *
 * What the root reaches in fewer than `depth` steps is the same, layer by layer; at `depth` v' has joined the frontier, and
 * v has left it for good. A search from the root therefore holds the same until thought depth - 1, and activation patching of its
 * thoughts carries the answer over from thought `depth` on and not before (Cheng and Zhang, arXiv 2609.35643: edge swap by
 * patching). Every node has as many incoming and outgoing edges as before.
 *
 * @param depth >= 1
 * @returns undefined if there is no such pair at this depth
 * @throws RangeError unless `depth` is a whole number >= 1
 */
export function swapEdges(random: Random, item: Item, depth: number): SwappedItem | undefined {
  requireDepth(depth);
  const search = itemSearch(item);
  const { graph, otherRoot } = search;
  const { root, target, decoy, edges } = item;
  const steps = (depths: Int32Array, distances: Int32Array): number[] =>
    [...edges.keys()].filter((at) => {
      const [source, end] = edges[at];
      return depths[source] === depth - 1 && depths[end] === depth && distances[end] !== UNREACHED;
    });
  const there = steps(search.otherDepths, search.toDecoy);
  const pairs = steps(search.depths, search.toTarget).flatMap((own) => there.map((other) => [own, other] as const));
  const possible = pairs.flatMap((positions) => {
    const [[u, v], [u2, v2]] = positions.map((at) => edges[at]);
    if (graph.successors[u].includes(v2) || graph.successors[u2].includes(v)) return [];
    const after: readonly [Edge, Edge] = [
      [u, v2],
      [u2, v],
    ];
    const changed = edges.map((edge, at) => (at === positions[0] ? after[0] : at === positions[1] ? after[1] : edge));
    const now = createGraph({ nodeCount: graph.nodeCount, edges: changed });
    const depths = breadthFirstDepths(now, root);
    if (depths[target] !== UNREACHED || depths[decoy] === UNREACHED || findCycle(now) !== undefined) return [];
    const exclusive = breadthFirstDepths(now, otherRoot)[decoy] === UNREACHED;
    return [
      {
        now,
        swapped: {
          depth,
          positions,
          before: [
            [u, v],
            [u2, v2],
          ] as const,
          after,
          exclusive,
        },
      },
    ];
  });
  const exclusive = possible.filter(({ swapped }) => swapped.exclusive);
  const choice = exclusive.length > 0 ? exclusive : possible;
  if (choice.length === 0) return undefined;
  const { now, swapped } = choice[random.integer(choice.length)];
  const path = randomShortestPath(random, now, root, decoy);
  const { id, names, candidates } = item;
  return { id, names, edges: now.edges, root, target: decoy, decoy: target, candidates, path, swapped };
}
