import type { Item } from '../../dataset/index.js';
import type { Coconut } from '../../model/index.js';
import {
  longestName,
  readThoughts,
  sequencePrefix,
  type SequencePrefix,
  type ThoughtRecord,
} from '../../recording/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { valuesOf, type ValueObservation } from './value-observation.js';

/**
 * How a wording's values are read: in English whole names after `<|end-latent|>` and `Every` (Coconut, arXiv 2412.06769,
 * section 4.3); undefined in the symbolic wording, where thoughts go through the LM head and a node is one token.
 */
export function valuePrefix(wording: Wording): SequencePrefix | undefined {
  return wording.decoding.firstNodeOffset === 0 ? sequencePrefix(wording) : undefined;
}

/** How many positions the values of nodes need after the thoughts. */
export function positionsOfValues(wording: Wording, items: readonly Item[]): number {
  const prefix = valuePrefix(wording);
  return prefix === undefined ? 0 : prefix.tokens.length + longestName(items, wording) - 1;
}

/**
 * The nodes after 1 .. `thoughts` thoughts, as a recording would hold them.
 *
 * @param items one batch
 * @throws LensError if an item does not fit the wording or the model
 */
export function observeRecords(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<ThoughtRecord[]> {
  return readThoughts(model, items, wording, thoughts, valuePrefix(wording));
}

/**
 * The value of every node after 1 .. `thoughts` thoughts.
 *
 * @param items one batch
 * @throws LensError if an item does not fit the wording or the model
 */
export async function observeValues(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<ValueObservation[]> {
  return (await observeRecords(model, items, wording, thoughts)).map(valuesOf);
}
