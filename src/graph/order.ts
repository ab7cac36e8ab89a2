import { inDegree, nodesOf, type Graph } from './graph.js';

/**
 * All nodes with every source before its targets (Kahn's algorithm), or undefined if the graph has a cycle. The order
 * depends on node numbers and edge order only.
 */
export function topologicalOrder(graph: Graph): number[] | undefined {
  const { order } = removeSources(graph);
  return order.length === graph.nodeCount ? order : undefined;
}

/** One directed cycle as its nodes in edge order (the last has an edge to the first), or undefined in a DAG. */
export function findCycle(graph: Graph): number[] | undefined {
  const { pending } = removeSources(graph);
  let node = pending.findIndex((count) => count > 0);
  if (node < 0) return undefined;
  // Every node left over waits for a predecessor that is left over too, so walking backwards must come round.
  const walk: number[] = [];
  while (!walk.includes(node)) {
    walk.push(node);
    [node] = graph.predecessors[node].filter((previous) => pending[previous] > 0);
  }
  return walk.slice(walk.indexOf(node)).reverse();
}

/** Takes away nodes without incoming edges until there are none; `pending` counts the incoming edges then left. */
function removeSources(graph: Graph): { order: number[]; pending: number[] } {
  const pending = nodesOf(graph).map((node) => inDegree(graph, node));
  const order = nodesOf(graph).filter((node) => pending[node] === 0);
  for (const node of order) {
    for (const next of graph.successors[node]) {
      pending[next]--;
      if (pending[next] === 0) order.push(next);
    }
  }
  return { order, pending };
}
