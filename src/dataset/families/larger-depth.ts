import {
  breadthFirstDepths,
  createGraph,
  nodesOf,
  randomProsqaGraph,
  shortestPathLayers,
  type Edge,
  type Graph,
  type RandomProsqaGraph,
} from '../../graph/index.js';
import type { Random } from '../../random.js';
import { drawItem } from '../draw-item.js';
import type { Item } from '../item.js';

/** What can be varied; depths are of the target from the root. */
export interface LargerDepthOptions {
  /** Default 7. */
  readonly minDepth?: number;
  /** Default 10. */
  readonly maxDepth?: number;
  /** Greatest number of nodes. Default 31: as many as the symbolic wording has numbers. */
  readonly nodes?: number;
}

/** The graph to stretch leaves room for the nodes that are added; what grows too large all the same is thrown away. */
const SMALLEST_START = 8;

/**
 * A random item with a target deeper than any official one, its depth drawn uniformly from 7..10, and a decoy exactly as
 * deep below the other root. The generator hardly ever goes so deep (3 graphs in 1,000 reach 7, next to none 9), so a
 * smaller graph of `randomProsqaGraph` is stretched: a concept on a shortest path to the target is replaced by a pair, one
 * that has its parents and is the only parent of one that has its children, until the target is deep enough, then
 * likewise on the way to the decoy. Of the nodes that were there before, the same reach the same.
 *
 * It breaks every search of less than minDepth hops, forward (`chooseReached`) or by elimination (`chooseNotReachedFrom`
 * the other root): both find nothing. So it tests a model's budget, a hop a thought, beyond what official items need.
 *
 * @throws RangeError if minDepth..maxDepth is no range from 3 on, or the depths need more nodes than there may be
 * (2 maxDepth + 2 at the very least; a few more before graphs are found)
 */
export function largerDepthItem(
  random: Random,
  id: string,
  { minDepth = 7, maxDepth = 10, nodes = 31 }: LargerDepthOptions = {},
): Item {
  if (!(minDepth >= 3 && minDepth <= maxDepth)) {
    throw new RangeError(`minDepth is ${minDepth} and maxDepth ${maxDepth}, not 3 <= minDepth <= maxDepth`);
  }
  // Nothing on a path to the decoy is on one from the root.
  const least = 2 * (maxDepth + 1);
  if (!(nodes >= least)) throw new RangeError(`nodes is ${nodes}, but two paths of ${maxDepth} edges have ${least}`);
  const wanted = minDepth + random.integer(maxDepth - minDepth + 1);
  const start = Math.max(SMALLEST_START, nodes - wanted);
  return drawItem(random, id, () => {
    const posed = randomProsqaGraph(random, { nodes: start, maxDepth: wanted, depthGap: 1 });
    return stretch(random, posed, wanted, nodes);
  });
}

function stretch(
  random: Random,
  { graph, ...posed }: RandomProsqaGraph,
  wanted: number,
  nodes: number,
): RandomProsqaGraph | undefined {
  const { root, target, decoy, otherRoot } = posed;
  let stretched = graph;
  // The nodes in a topological order: a new one comes right after the one that it was split from.
  const order = nodesOf(graph);
  for (const [from, to] of [
    [root, target],
    [otherRoot, decoy],
  ]) {
    while (breadthFirstDepths(stretched, from)[to] < wanted) {
      const inner = shortestPathLayers(stretched, from, to).slice(1, -1).flat();
      if (inner.length === 0 || stretched.nodeCount === nodes) return undefined;
      const node = inner[random.integer(inner.length)];
      order.splice(order.indexOf(node) + 1, 0, stretched.nodeCount);
      stretched = split(stretched, node);
    }
  }
  // What was added on the one side may have lengthened the other.
  if (breadthFirstDepths(stretched, root)[target] > wanted) return undefined;
  if (breadthFirstDepths(stretched, otherRoot)[decoy] > wanted) return undefined;
  return renumber({ graph: stretched, ...posed }, order);
}

/** Replaces a node by two, of which the first keeps its number and parents and is the only parent of the second. */
function split(graph: Graph, node: number): Graph {
  const added = graph.nodeCount;
  const edges = graph.edges.map(([source, target]): Edge => [source === node ? added : source, target]);
  return createGraph({ nodeCount: added + 1, edges: [...edges, [node, added]] });
}

/** Numbers the nodes by their places in the order, and sorts the edges by their targets. */
function renumber(
  { graph, root, target, decoy, otherRoot }: RandomProsqaGraph,
  order: readonly number[],
): RandomProsqaGraph {
  const number: number[] = [];
  order.forEach((node, place) => (number[node] = place));
  const edges = graph.edges.map(([source, end]): Edge => [number[source], number[end]]).sort((a, b) => a[1] - b[1]);
  return {
    graph: createGraph({ nodeCount: graph.nodeCount, edges }),
    root: number[root],
    target: number[target],
    decoy: number[decoy],
    otherRoot: number[otherRoot],
  };
}
