import type { Item } from '../dataset/index.js';

/**
 * What the sequence scorer reads between the thoughts and a node's name: the language prefix of "concept value"
 * (Coconut, arXiv 2412.06769, section 4.3).
 */
export interface SequencePrefix {
  readonly text: string;
  readonly tokens: readonly number[];
}

/**
 * How a node's value is read: `firstToken` by the first token of its name, where the LM head reads a thought itself;
 * `sequence` by all of its tokens, in language after the thoughts.
 */
export type Scorer = 'firstToken' | 'sequence';

/** What one scorer reads of an item's n nodes after each of k thoughts. */
export interface NodeReading {
  /** [k, n], LM-head logit of each node's token; with the scorer `sequence`, log V. */
  readonly nodeLogits: Float32Array;
  /** [k, n], softmax over the whole vocabulary, read at each node's token; with `sequence`, V. */
  readonly nodeProbabilities: Float32Array;
  /** [k], probability outside the graph's nodes, 1 - sum over nodes with distinct tokens; with `sequence`, 1 - sum V. */
  readonly offGraphMass: Float32Array;
}

/** The continuous thoughts of one item as read through the LM head: what `record` stores and every readout reads. */
export interface ThoughtRecord extends NodeReading {
  readonly item: Item;
  /** k, the number of thoughts. */
  readonly count: number;
  /** [k, d], row-major: thought c is the hidden state after ln_f that was fed back as the c-th latent embedding. */
  readonly thoughts: Float32Array;
  /** [n], nodes in item order: the token at which `firstToken` reads a node, the first of its name. Nodes may share one. */
  readonly nodeTokens: Int32Array;
  /**
   * Present where nodes are read by the sequence scorer: after c thoughts and this prefix, node v has the value
   * V(v) = product of the probabilities of its name's tokens, each given those before it. Absent: by the first token of
   * its name.
   */
  readonly sequence?: SequencePrefix | undefined;
  /** With `sequence`: what the scorer `firstToken` reads of the same thoughts. Every recording has it. */
  readonly firstToken?: NodeReading | undefined;
}

/** A record of the sequence scorer as `firstToken` reads it. @throws Error if it was made without that reading */
export function byFirstToken({ sequence, firstToken, ...record }: ThoughtRecord): ThoughtRecord {
  if (sequence === undefined) return record;
  if (firstToken === undefined) throw new Error(`item ${record.item.id} has no reading by first token`);
  return { ...record, ...firstToken };
}

/** The part of a record that holds for all of its thoughts: a row of `items.arrow`. */
export type ItemRow = Pick<ThoughtRecord, 'item' | 'nodeTokens'>;
