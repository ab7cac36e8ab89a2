import { forEachBatch, type BatchOptions } from '../batches.js';
import { softmaxWeights } from '../statistics/index.js';
import type { Item } from '../dataset/index.js';
import type { Coconut } from '../model/index.js';
import type { Wording } from '../tokenizer/index.js';
import type { Recorder } from './recorder.js';
import { readNames } from './read-names.js';
import type { NodeReading, SequencePrefix, ThoughtRecord } from './thought-record.js';

/** How items go through a model into a recorder. */
export interface RecordItemsOptions extends BatchOptions {
  /** k, thoughts per item. */
  readonly thoughts: number;
  /** Reads nodes by the sequence scorer as well, after this prefix. Default: by the first token of their names alone. */
  readonly sequence?: SequencePrefix | undefined;
}

/**
 * Runs the items that a recorder does not have yet through the model, in their order, and writes them batch by batch.
 *
 * @returns true when the recording is finished; false when `signal` stopped it between two batches: what was written
 * is kept for a resume
 * @throws LensError if an item does not fit the wording or the model, or the disk fails; the finished batches are kept
 */
export async function recordItems(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  recorder: Pick<Recorder, 'completed' | 'write' | 'finish' | 'abort'>,
  { thoughts, batchSize, sequence, onProgress, signal }: RecordItemsOptions,
): Promise<boolean> {
  try {
    const isComplete = await forEachBatch(
      items,
      { batchSize, onProgress, signal },
      async (batch) => recorder.write(await readThoughts(model, batch, wording, thoughts, sequence)),
      recorder.completed,
    );
    await (isComplete ? recorder.finish() : recorder.abort());
    return isComplete;
  } catch (error) {
    await recorder.abort();
    throw error;
  }
}

/**
 * One batch of items through the model: prompt, k thoughts, and each thought through the LM head, and, with `sequence`,
 * each node's name after every number of thoughts and that prefix.
 *
 * @returns one record per item; first-token probabilities come from a softmax in double precision over all of the
 * vocabulary
 * @throws LensError if an item does not fit the wording or the model, or if in a graph one name's tokens begin
 * another's, so that their values would overlap
 */
export async function readThoughts(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
  sequence?: SequencePrefix,
): Promise<ThoughtRecord[]> {
  const prompts = items.map((item) => wording.prompt(item));
  const run = await model.run(prompts, { thoughts, thoughtLogits: true });
  const { nEmbd: width } = model.config;
  const hidden = run.thoughts.data;
  const named = sequence === undefined ? undefined : await readNames(run, items, wording, sequence);
  return items.map((item, row) => {
    const nodeTokens = Int32Array.from(item.names, (_, node) => wording.nodeToken(item, node));
    const firstToken = readNodes(run.logitsOfThoughts(row), nodeTokens);
    return {
      item,
      count: thoughts,
      thoughts: Float32Array.from(hidden.subarray(row * thoughts * width, (row + 1) * thoughts * width)),
      nodeTokens,
      ...(named === undefined ? firstToken : { ...named[row], sequence, firstToken }),
    };
  });
}

/**
 * What the LM head says of an item's nodes.
 *
 * @param rows one row of logits per thought, [k][V]
 * @param nodeTokens [n], the token at which each node is read; several nodes may share one
 */
export function readNodes(rows: readonly ArrayLike<number>[], nodeTokens: Int32Array): NodeReading {
  const nodes = nodeTokens.length;
  const nodeLogits = new Float32Array(rows.length * nodes);
  const nodeProbabilities = new Float32Array(rows.length * nodes);
  const offGraphMass = new Float32Array(rows.length);
  const named = new Set(nodeTokens);
  rows.forEach((row, c) => {
    const weights = softmaxWeights(row);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    // Summed directly: 1 minus the nodes' probabilities would lose a small mass to cancellation.
    const off = weights.reduce((sum, weight, token) => (named.has(token) ? sum : sum + weight), 0);
    nodeTokens.forEach((token, node) => {
      nodeLogits[c * nodes + node] = row[token];
      nodeProbabilities[c * nodes + node] = weights[token] / total;
    });
    offGraphMass[c] = off / total;
  });
  return { nodeLogits, nodeProbabilities, offGraphMass };
}
