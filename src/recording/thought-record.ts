import type { Item } from '../dataset/index.js';

/** The continuous thoughts of one item as read through the LM head: what `record` stores and every readout reads. */
export interface ThoughtRecord {
  readonly item: Item;
  /** k, the number of thoughts. */
  readonly count: number;
  /** [k, d], row-major: thought c is the hidden state after ln_f that was fed back as the c-th latent embedding. */
  readonly thoughts: Float32Array;
  /** [k, n]: LM-head logit of each node's token (its first token where a name has several), n nodes in item order. */
  readonly nodeLogits: Float32Array;
  /** [k, n]: softmax over the whole vocabulary, read at each node's token. */
  readonly nodeProbabilities: Float32Array;
  /** [k]: probability outside the graph's nodes, 1 - sum over nodes with distinct tokens. */
  readonly offGraphMass: Float32Array;
}
