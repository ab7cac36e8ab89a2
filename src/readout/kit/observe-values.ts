import type { Item } from '../../dataset/index.js';
import type { Coconut } from '../../model/index.js';
import { readThoughts, sequencePrefix, type SequencePrefix } from '../../recording/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { valuesOf, type ValueObservation } from './value-observation.js';

/**
 * How a wording's values are read: in English whole names after `<|end-latent|>` and `Every` (Coconut, arXiv 2412.06769,
 * section 4.3); undefined in the symbolic wording, where thoughts go through the LM head and a node is one token.
 */
export function valuePrefix(wording: Wording): SequencePrefix | undefined {
  return wording.decoding.firstNodeOffset === 0 ? sequencePrefix(wording) : undefined;
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
  return (await readThoughts(model, items, wording, thoughts, valuePrefix(wording))).map(valuesOf);
}
