import { topologicalOrder } from './order.js';
import type { Graph } from './graph.js';

/** Which leaf a height is measured to: the farthest or the nearest. */
export type HeightDefinition = 'longest' | 'shortest';

/**
 * Height of every node: the number of edges to a leaf, 0 for a leaf. Coconut (arXiv 2412.06769 v3) defines it twice,
 * and differently: as the longest distance to any leaf in the caption of figure 5 and as the shortest in section 4.4.
 * Neither is the default here, so that every result says which one it means.
 *
 * @returns [n]
 * @throws RangeError if the graph has a cycle
 */
export function heights(graph: Graph, definition: HeightDefinition): Int32Array {
  const order = topologicalOrder(graph);
  if (order === undefined) throw new RangeError('heights need a graph without cycles');
  const choose = definition === 'longest' ? Math.max : Math.min;
  const result = new Int32Array(graph.nodeCount);
  for (const node of order.reverse()) {
    const below = graph.successors[node].map((next) => result[next] + 1);
    result[node] = below.length === 0 ? 0 : choose(...below);
  }
  return result;
}
