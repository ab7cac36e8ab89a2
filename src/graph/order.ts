import { inDegree, nodesOf, type Graph } from './graph.js';

/**
 * All nodes with every source before its targets (Kahn's algorithm), or undefined if the graph has a cycle. Among
 * nodes that are free at the same time the lower index comes first as it was freed, so the order is deterministic.
 */
export function topologicalOrder(graph: Graph): number[] | undefined {
  const missing = nodesOf(graph).map((node) => inDegree(graph, node));
  const order = nodesOf(graph).filter((node) => missing[node] === 0);
  for (const node of order) {
    for (const next of graph.successors[node]) {
      missing[next]--;
      if (missing[next] === 0) order.push(next);
    }
  }
  return order.length === graph.nodeCount ? order : undefined;
}

/** One directed cycle as its nodes in edge order (the last has an edge to the first), or undefined in a DAG. */
export function findCycle(graph: Graph): number[] | undefined {
  const missing = nodesOf(graph).map((node) => inDegree(graph, node));
  const free = nodesOf(graph).filter((node) => missing[node] === 0);
  for (const node of free) {
    for (const next of graph.successors[node]) {
      missing[next]--;
      if (missing[next] === 0) free.push(next);
    }
  }
  // Every node that never became free has a predecessor that never did: walking backwards must come round.
  let node = missing.findIndex((count) => count > 0);
  if (node < 0) return undefined;
  const walk: number[] = [];
  while (!walk.includes(node)) {
    walk.push(node);
    const behind = graph.predecessors[node].find((previous) => missing[previous] > 0);
    if (behind === undefined) throw new Error('a node on no cycle was left over'); // excluded by the line above
    node = behind;
  }
  return walk.slice(walk.indexOf(node)).reverse();
}
