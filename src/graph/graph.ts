/** A directed edge `[source, target]`; in ProsQA "every source is a target". */
export type Edge = readonly [source: number, target: number];

/** A directed graph over nodes 0..nodeCount-1 with its adjacency, built once by {@link createGraph}. */
export interface Graph {
  readonly nodeCount: number;
  /** In the order given: for an item, the order in which the prompt states them. */
  readonly edges: readonly Edge[];
  /** [n], targets of each node's outgoing edges, in edge order. */
  readonly successors: readonly (readonly number[])[];
  /** [n], sources of each node's incoming edges, in edge order. */
  readonly predecessors: readonly (readonly number[])[];
}

/** What a graph is built from; an `Item`'s names give the node count. */
export interface GraphData {
  readonly nodeCount: number;
  readonly edges: readonly Edge[];
}

/**
 * Builds the adjacency of a simple directed graph. Cycles are not looked for here ({@link findCycle} does).
 *
 * @throws RangeError on an edge outside 0..nodeCount-1, a self loop or a repeated edge. Files are checked with better
 * messages where they are read (`parseItems`); this guards graphs made in code.
 */
export function createGraph({ nodeCount, edges }: GraphData): Graph {
  const successors: number[][] = Array.from({ length: nodeCount }, () => []);
  const predecessors: number[][] = Array.from({ length: nodeCount }, () => []);
  edges.forEach(([source, target], i) => {
    for (const node of [source, target]) requireNode({ nodeCount }, node, `edges[${i}]`);
    if (source === target) throw new RangeError(`edges[${i}] is a self loop on node ${source}`);
    if (successors[source].includes(target)) throw new RangeError(`edges[${i}] repeats the edge ${source}->${target}`);
    successors[source].push(target);
    predecessors[target].push(source);
  });
  return { nodeCount, edges, successors, predecessors };
}

/** @throws RangeError unless `node` is an integer in 0..nodeCount-1 */
export function requireNode({ nodeCount }: { readonly nodeCount: number }, node: number, what: string): void {
  if (!Number.isInteger(node) || node < 0 || node >= nodeCount) {
    throw new RangeError(`${what} names node ${node}, but there are ${nodeCount} nodes (0..${nodeCount - 1})`);
  }
}

/** Number of incoming edges of a node. */
export function inDegree(graph: Graph, node: number): number {
  return graph.predecessors[node].length;
}

/** Number of outgoing edges of a node. */
export function outDegree(graph: Graph, node: number): number {
  return graph.successors[node].length;
}

/** Nodes without incoming edges, ascending. In ProsQA these are the entities ("Tom"); all others are concepts. */
export function entitiesOf(graph: Graph): number[] {
  return nodesOf(graph).filter((node) => inDegree(graph, node) === 0);
}

/** Nodes without outgoing edges, ascending. */
export function leavesOf(graph: Graph): number[] {
  return nodesOf(graph).filter((node) => outDegree(graph, node) === 0);
}

/** 0..n-1 */
export function nodesOf(graph: Pick<Graph, 'nodeCount'>): number[] {
  return Array.from({ length: graph.nodeCount }, (_, node) => node);
}
