import type { Item } from '../../dataset/index.js';
import type { Scorer, ThoughtRecord } from '../../recording/index.js';
import { nodeShares } from './node-shares.js';

/** The value of every node of one item after each number of thoughts. */
export interface ValueObservation {
  readonly item: Item;
  readonly scorer: Scorer;
  /** [n], nodes with equal numbers are read by one token, so that they always have the same value. */
  readonly readAs: readonly number[];
  /**
   * [k][n]: entry c - 1 belongs to c thoughts. With `sequence` V(v), the product of the probabilities of the tokens of v's
   * name in language after c thoughts (Coconut's concept value); with `firstToken` the probability of v's token when thought
   * c goes through the LM head, nodes that share a token having equal parts of it.
   */
  readonly values: readonly (readonly number[])[];
}

/**
 * The values of a record in double precision, from its logits: as float32 the probabilities of what a thought is far from
 * are 0, and would tie.
 *
 * @throws LensError if the record's numbers are not finite or do not add up to 1
 */
export function valuesOf(record: ThoughtRecord): ValueObservation {
  const { item, count, nodeLogits, nodeProbabilities, nodeTokens, sequence } = record;
  const shares = nodeShares(record);
  const n = item.names.length;
  const values = Array.from({ length: count }, (_, c) => {
    const logits = [...nodeLogits.subarray(c * n, (c + 1) * n)];
    const best = logits.indexOf(Math.max(...logits));
    // Logits of the scorer `sequence` are logarithms of values; others differ from them by the softmax's normaliser.
    const normaliser = sequence === undefined ? logits[best] - Math.log(nodeProbabilities[c * n + best]) : 0;
    return logits.map((logit, node) => Math.exp(logit - normaliser) * shares[node]);
  });
  return sequence === undefined
    ? { item, scorer: 'firstToken', readAs: [...nodeTokens], values }
    : { item, scorer: 'sequence', readAs: [...item.names.keys()], values };
}

/** The values of some nodes over their sum; undefined where all are 0. */
export function normalised(values: readonly number[], nodes: readonly number[]): number[] | undefined {
  const own = nodes.map((node) => values[node]);
  const sum = own.reduce((a, b) => a + b, 0);
  return sum > 0 ? own.map((value) => value / sum) : undefined;
}
