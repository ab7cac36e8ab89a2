import type { Item } from '../dataset/index.js';
import type { CoconutRun } from '../model/index.js';
import type { Wording } from '../tokenizer/index.js';
import { LensError } from '../errors.js';
import type { NodeReading, SequencePrefix } from './thought-record.js';

/**
 * Coconut's concept value (arXiv 2412.06769, section 4.3) of every node after 1..k thoughts: V(v) is the product of the
 * probabilities of the tokens of v's name after the prefix, raw, not normalised over the nodes. Names none of which
 * begins another are disjoint events, so that 1 - sum V is the probability of everything else.
 *
 * @returns one entry per item, logarithms of V as its logits
 * @throws LensError if in a graph the tokens of one name begin those of another
 */
export async function readNames(
  run: CoconutRun,
  items: readonly Item[],
  wording: Wording,
  { tokens: prefix }: SequencePrefix,
): Promise<NodeReading[]> {
  const names = items.map((item) => {
    requireDisjointNames(item, wording);
    return item.names.map((_, node) => wording.nodeTokens(item, node));
  });
  const [, ...scores] = await run.scoreAll(names, { prefix });
  return items.map((_, row) => {
    const logs = scores.map((rows) => rows[row].map(({ total }) => total));
    return {
      nodeLogits: Float32Array.from(logs.flat()),
      nodeProbabilities: Float32Array.from(logs.flat(), Math.exp),
      // Rounding may take the sum of values a little above 1.
      offGraphMass: Float32Array.from(logs, (nodes) => Math.max(0, 1 - nodes.reduce((sum, x) => sum + Math.exp(x), 0))),
    };
  });
}

/** @throws LensError naming the item if the tokens of one of its names begin those of another */
export function requireDisjointNames(item: Item, wording: Wording): void {
  const names = item.names.map((_, node) => wording.nodeTokens(item, node));
  names.forEach((name, node) => {
    const other = names.findIndex((longer, i) => i !== node && name.every((token, at) => longer[at] === token));
    if (other < 0) return;
    throw new LensError(
      `item ${item.id}`,
      `the tokens of the name "${item.names[node]}" begin those of "${item.names[other]}": their values overlap`,
      'rename one of them, or use the scorer firstToken',
    );
  });
}
