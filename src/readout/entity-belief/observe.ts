import type { Item } from '../../dataset/index.js';
import type { Coconut } from '../../model/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { namesOf } from '../kit/names-of.js';

/** How probable every node's name is where nothing but thoughts was read before it. */
export interface NamesObservation {
  readonly item: Item;
  /**
   * [K + 1][n]: entry c after c thoughts have been read (0: at the prompt's last position), the natural logarithm of the
   * probability of each node's whole name, the product over its tokens.
   */
  readonly logProbabilities: readonly (readonly number[])[];
}

/**
 * P(entity) after 0 .. `thoughts` thoughts: each name right after the thoughts, without a word before it, as the probe of
 * arXiv 2604.06374 reads it.
 *
 * @param items one batch
 * @throws LensError if an item does not fit the wording or the model
 */
export async function observeNames(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<NamesObservation[]> {
  const run = await model.run(
    items.map((item) => wording.prompt(item)),
    { thoughts },
  );
  const scores = await run.scoreAll(namesOf(items, wording));
  return items.map((item, row) => ({
    item,
    logProbabilities: scores.map((rows) => rows[row].map(({ total }) => total)),
  }));
}
