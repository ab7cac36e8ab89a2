import type { RandomGraphOptions } from '../../graph/index.js';
import type { Random } from '../../random.js';
import type { Item } from '../item.js';
import { randomItem } from '../random-item.js';

/** Changes an item in one respect; undefined for an item that does not allow it. */
export type ItemEdit<Edited extends Item = Item> = (random: Random, item: Item) => Edited | undefined;

/** A random item and what an edit makes of it; both have the same id, and the same node numbers unless those are edited. */
export interface CounterfactualPair<Edited extends Item = Item> {
  readonly original: Item;
  readonly counterfactual: Edited;
}

const MAX_ATTEMPTS = 1000;

/**
 * Draws random items until one allows the edit.
 *
 * @throws RangeError as `randomItem`, or if none of 1,000 items allows it
 */
export function counterfactualPair<Edited extends Item>(
  random: Random,
  id: string,
  edit: ItemEdit<Edited>,
  options: RandomGraphOptions = {},
): CounterfactualPair<Edited> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const original = randomItem(random, id, options);
    const counterfactual = edit(random, original);
    if (counterfactual !== undefined) return { original, counterfactual };
  }
  throw new RangeError(`none of ${MAX_ATTEMPTS} items allows the edit`);
}
