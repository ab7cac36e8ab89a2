import type { Item } from '../dataset/index.js';

/** The continuous thoughts of one item as read through the LM head: what `record` stores and every readout reads. */
export interface ThoughtRecord {
  readonly item: Item;
  /** k, the number of thoughts. */
  readonly count: number;
  /** [k, d], row-major: thought c is the hidden state after ln_f that was fed back as the c-th latent embedding. */
  readonly thoughts: Float32Array;
  /** [n], nodes in item order: the token at which a node is read, the first of its name. Nodes may share one. */
  readonly nodeTokens: Int32Array;
  /** [k, n]: LM-head logit of each node's token. */
  readonly nodeLogits: Float32Array;
  /** [k, n]: softmax over the whole vocabulary, read at each node's token. */
  readonly nodeProbabilities: Float32Array;
  /** [k]: probability outside the graph's nodes, 1 - sum over nodes with distinct tokens. */
  readonly offGraphMass: Float32Array;
}

/** The part of a record that holds for all of its thoughts: a row of `items.arrow`. */
export type ItemRow = Pick<ThoughtRecord, 'item' | 'nodeTokens'>;
