import { requireNode, type Graph } from './graph.js';

/** The depth of a node that cannot be reached. */
export const UNREACHED = -1;

/**
 * Breadth-first depth of every node: the number of edges on a shortest path from `from`, 0 for `from` itself,
 * {@link UNREACHED} where there is no path.
 *
 * @returns [n]
 * @throws RangeError if `from` is not a node
 */
export function breadthFirstDepths(graph: Graph, from: number): Int32Array {
  return search(graph, graph.successors, from);
}

/**
 * Distance of every node *to* `to` along the edges, {@link UNREACHED} where `to` cannot be reached from it.
 *
 * @returns [n]
 * @throws RangeError if `to` is not a node
 */
export function distancesTo(graph: Graph, to: number): Int32Array {
  return search(graph, graph.predecessors, to);
}

function search(graph: Graph, neighbours: Graph['successors'], from: number): Int32Array {
  requireNode(graph, from, 'the search');
  const depths = new Int32Array(graph.nodeCount).fill(UNREACHED);
  depths[from] = 0;
  const queue = [from];
  for (const node of queue) {
    for (const next of neighbours[node]) {
      if (depths[next] !== UNREACHED) continue;
      depths[next] = depths[node] + 1;
      queue.push(next);
    }
  }
  return depths;
}

/**
 * The breadth-first layers from `from`: element c lists, ascending, the nodes of depth c. This is the frontier in the
 * sense of breadth-first search: every node is in at most one layer. The last layer is not empty.
 */
export function breadthFirstLayers(graph: Graph, from: number): number[][] {
  const layers: number[][] = [];
  breadthFirstDepths(graph, from).forEach((depth, node) => {
    if (depth === UNREACHED) return;
    while (layers.length <= depth) layers.push([]);
    layers[depth].push(node);
  });
  return layers;
}

/**
 * Nodes within `hops` edges of `from`, itself included, ascending: the cumulative set V_c of Reasoning by
 * Superposition (arXiv 2505.12514), whose thought c is the superposition of it.
 */
export function reachableWithin(graph: Graph, from: number, hops: number): number[] {
  const reached: number[] = [];
  breadthFirstDepths(graph, from).forEach((depth, node) => {
    if (depth !== UNREACHED && depth <= hops) reached.push(node);
  });
  return reached;
}

/**
 * The walk frontier as published (the notebook of arXiv 2505.12514): the ends of all walks of exactly `steps` edges
 * from `from`, ascending. It keeps no visited set, so a node may be in several of them, and from step 2 on it
 * contains nodes that breadth-first search has long expanded. Use {@link breadthFirstLayers} for the frontier proper.
 */
export function walkFrontier(graph: Graph, from: number, steps: number): number[] {
  requireNode(graph, from, 'the walk');
  let ends = new Set([from]);
  for (let step = 0; step < steps; step++) {
    ends = new Set([...ends].flatMap((node) => graph.successors[node]));
  }
  return [...ends].sort((a, b) => a - b);
}

/** `node` and every node with a path to it, ascending: the nodes from which `node` can still be reached. */
export function ancestorsOf(graph: Graph, node: number): number[] {
  return reached(distancesTo(graph, node));
}

/** `node` and every node that it has a path to, ascending. */
export function descendantsOf(graph: Graph, node: number): number[] {
  return reached(breadthFirstDepths(graph, node));
}

function reached(distances: Int32Array): number[] {
  const nodes: number[] = [];
  distances.forEach((distance, node) => {
    if (distance !== UNREACHED) nodes.push(node);
  });
  return nodes;
}
