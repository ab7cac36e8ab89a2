import { breadthFirstDepths, UNREACHED } from './breadth-first.js';
import { entitiesOf, requireNode, type Graph } from './graph.js';
import { shortestPathLayers } from './shortest-paths.js';

/** The disjoint node classes, in the order in which tables show them. */
export const NODE_CLASSES = [
  'frontierOptimal',
  'frontierOther',
  'expanded',
  'reachableLater',
  'otherRoot',
  'unreachable',
] as const;

/** One of the disjoint node classes; {@link nodeClasses} defines them. */
export type NodeClass = (typeof NODE_CLASSES)[number];

/** What a question asks of a graph, as far as node classes are concerned. */
export interface Search {
  readonly root: number;
  readonly target: number;
  /** The entity on the decoy's side, see {@link otherRootOf}. */
  readonly otherRoot: number;
}

/**
 * The class of every node after `thought` thoughts, where a breadth-first search that starts with the root alone has
 * taken `thought` steps. With depth(v) the breadth-first depth from the root:
 *
 * - `expanded`: depth(v) < thought
 * - `frontierOptimal`: depth(v) = thought, and v is on a shortest path from root to target
 * - `frontierOther`: depth(v) = thought, and v is not
 * - `reachableLater`: depth(v) > thought
 * - `otherRoot`: no path from the root, but v is the other root or has a path from it
 * - `unreachable`: no path from either root (the further entities and what only they reach)
 *
 * Every node has exactly one class; after more thoughts than the root's eccentricity both frontiers are empty. The
 * classes are disjoint because the published ones are nested, which lets the optimal nodes lift the frontier's mean
 * and the frontier the reachable set's ({@link publishedGroups} has those).
 *
 * @param thought number of thoughts taken, >= 0; at 0 the frontier is the root
 * @returns [n]
 * @throws RangeError if root, target or other root is not a node or `thought` is no whole number >= 0
 */
export function nodeClasses(graph: Graph, { root, target, otherRoot }: Search, thought: number): NodeClass[] {
  requireNode(graph, target, 'target');
  requireThought(thought);
  const depths = breadthFirstDepths(graph, root);
  const otherDepths = breadthFirstDepths(graph, otherRoot);
  const optimal = shortestPathLayers(graph, root, target).at(thought) ?? [];
  return Array.from(depths, (depth, node): NodeClass => {
    if (depth === UNREACHED) return otherDepths[node] === UNREACHED ? 'unreachable' : 'otherRoot';
    if (depth < thought) return 'expanded';
    if (depth > thought) return 'reachableLater';
    return optimal.includes(node) ? 'frontierOptimal' : 'frontierOther';
  });
}

/**
 * The other root: of the entities other than `root` that have a path to the decoy, the one with the most descendants
 * (the lowest index among equals). It is the other of the nodes 0 and 1 that ProsQA's generator starts from, found
 * without relying on node numbers, so that it survives relabelling: on the 300 official validation items the two are
 * the same node every time, on items of `randomProsqaGraph` all but about 1 in 600 times (a further entity with even
 * more descendants reaches the decoy too). A decoy without parents is its own other root.
 *
 * It is found by looking at the decoy, so it belongs to the description of an item. A strategy that a model could
 * follow must not know it where no convention of the prompt gives it away.
 *
 * @throws RangeError if the decoy has a path from the root only
 */
export function otherRootOf(graph: Graph, root: number, decoy: number): number {
  requireNode(graph, root, 'root');
  requireNode(graph, decoy, 'decoy');
  let best: number | undefined;
  let most = 0;
  for (const entity of entitiesOf(graph)) {
    const depths = breadthFirstDepths(graph, entity);
    if (entity === root || depths[decoy] === UNREACHED) continue;
    const descendants = depths.filter((depth) => depth !== UNREACHED).length;
    if (descendants > most) [best, most] = [entity, descendants];
  }
  if (best === undefined) throw new RangeError(`no entity but the root (${root}) has a path to the decoy (${decoy})`);
  return best;
}

/** @throws RangeError unless `thought` is a whole number >= 0 */
export function requireThought(thought: number): void {
  if (!Number.isInteger(thought) || thought < 0) throw new RangeError(`thought is ${thought}, not a whole number >= 0`);
}
