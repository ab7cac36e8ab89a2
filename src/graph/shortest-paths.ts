import type { Random } from '../random.js';
import { breadthFirstDepths, distancesTo, UNREACHED } from './breadth-first.js';
import type { Graph } from './graph.js';

/**
 * The nodes on at least one shortest path from `root` to `target`, by depth: element c lists, ascending, those at
 * depth c, so element 0 is [root] and the last is [target]. Empty if there is no path. This is `neighbor_k` of the
 * notebook of Reasoning by Superposition (arXiv 2505.12514), its group "optimal".
 */
export function shortestPathLayers(graph: Graph, root: number, target: number): number[][] {
  const depths = breadthFirstDepths(graph, root);
  const length = depths[target];
  if (length === UNREACHED) return [];
  const remaining = distancesTo(graph, target);
  const layers: number[][] = Array.from({ length: length + 1 }, () => []);
  depths.forEach((depth, node) => {
    if (depth !== UNREACHED && remaining[node] !== UNREACHED && depth + remaining[node] === length) {
      layers[depth].push(node);
    }
  });
  return layers;
}

/**
 * How many shortest paths lead from `root` to each node: 1 for the root, 0 where there is no path. Exact up to 2^53.
 *
 * @returns [n]
 */
export function shortestPathCounts(graph: Graph, root: number): Float64Array {
  const depths = breadthFirstDepths(graph, root);
  const counts = new Float64Array(graph.nodeCount);
  counts[root] = 1;
  const byDepth = [...depths.keys()].filter((node) => depths[node] > 0).sort((a, b) => depths[a] - depths[b]);
  for (const node of byDepth) {
    for (const previous of graph.predecessors[node]) {
      if (depths[previous] === depths[node] - 1) counts[node] += counts[previous];
    }
  }
  return counts;
}

/**
 * One shortest path from `root` to `target`, root first, every one of them equally likely.
 *
 * @throws RangeError if there is no path
 */
export function randomShortestPath(random: Random, graph: Graph, root: number, target: number): number[] {
  const depths = breadthFirstDepths(graph, root);
  const counts = shortestPathCounts(graph, root);
  if (depths[target] === UNREACHED) throw new RangeError(`no path from node ${root} to node ${target}`);
  const path = [target];
  // Backwards from the target: of the paths through `node`, counts[source] come from each source a layer above.
  for (let node = target; node !== root; path.unshift(node)) {
    const above = graph.predecessors[node].filter((source) => depths[source] === depths[node] - 1);
    let rest = random.integer(counts[node]);
    let i = 0;
    while (rest >= counts[above[i]]) rest -= counts[above[i++]];
    node = above[i];
  }
  return path;
}
