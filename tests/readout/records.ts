import type { Item } from '../../src/dataset/index.js';
import type { ThoughtRecord } from '../../src/recording/index.js';

/**
 * The record of a thought whose LM head gives the nodes these logits, beside nine other tokens (the symbolic
 * vocabulary's specials) with logit 0. A node that names an earlier one in `sameToken` shares its token.
 */
export function recordOf(
  item: Item,
  logits: readonly (readonly number[])[],
  sameToken: Readonly<Record<number, number>> = {},
): ThoughtRecord {
  const n = item.names.length;
  const count = logits.length;
  const nodeLogits = new Float32Array(count * n);
  const nodeProbabilities = new Float32Array(count * n);
  const offGraphMass = new Float32Array(count);
  logits.forEach((row, c) => {
    // Through float32 first, as a recorder stores the logits.
    nodeLogits.set(row, c * n);
    const exponentials = Array.from(nodeLogits.subarray(c * n, (c + 1) * n), Math.exp);
    const distinct = exponentials.reduce((sum, e, node) => sum + (node in sameToken ? 0 : e), 0);
    exponentials.forEach((e, node) => (nodeProbabilities[c * n + node] = e / (distinct + 9)));
    offGraphMass[c] = 9 / (distinct + 9);
  });
  const nodeTokens = Int32Array.from(item.names, (_, node) => sameToken[node] ?? node);
  return { item, count, thoughts: new Float32Array(count), nodeTokens, nodeLogits, nodeProbabilities, offGraphMass };
}

/** An item with nodes 0..nodeCount-1, everything else as given. */
export function itemOf(
  nodeCount: number,
  edges: Item['edges'],
  { root = 0, target, decoy, id = 'hand' }: { root?: number; target: number; decoy: number; id?: string },
): Item {
  const names = Array.from({ length: nodeCount }, (_, node) => `node${node}`);
  return { id, names, edges, root, target, decoy, candidates: [target, decoy], path: [] };
}
