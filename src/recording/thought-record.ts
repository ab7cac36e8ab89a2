import type { Item } from '../dataset/index.js';

/**
 * What the sequence scorer reads between the thoughts and a node's name: the language prefix of "concept value"
 * (Coconut, arXiv 2412.06769, section 4.4).
 */
export interface SequencePrefix {
  readonly text: string;
  readonly tokens: readonly number[];
}

/** The continuous thoughts of one item as read through the LM head: what `record` stores and every readout reads. */
export interface ThoughtRecord {
  readonly item: Item;
  /** k, the number of thoughts. */
  readonly count: number;
  /** [k, d], row-major: thought c is the hidden state after ln_f that was fed back as the c-th latent embedding. */
  readonly thoughts: Float32Array;
  /** [n], nodes in item order: the token at which a node is read, the first of its name. Nodes may share one. */
  readonly nodeTokens: Int32Array;
  /**
   * Present where nodes are read by the sequence scorer: after c thoughts and this prefix, node v has the value
   * V(v) = product of the probabilities of its name's tokens, each given those before it. Absent: by the first token of
   * its name, where the LM head reads thought c itself.
   */
  readonly sequence?: SequencePrefix | undefined;
  /** [k, n]: LM-head logit of each node's token; with `sequence`, log V. */
  readonly nodeLogits: Float32Array;
  /** [k, n]: softmax over the whole vocabulary, read at each node's token; with `sequence`, V. */
  readonly nodeProbabilities: Float32Array;
  /** [k]: probability outside the graph's nodes, 1 - sum over nodes with distinct tokens; with `sequence`, 1 - sum V. */
  readonly offGraphMass: Float32Array;
}

/** The part of a record that holds for all of its thoughts: a row of `items.arrow`. */
export type ItemRow = Pick<ThoughtRecord, 'item' | 'nodeTokens'>;
