import type { Item } from '../dataset/index.js';
import { supplyThoughts, type Coconut, type CoconutRun, type ReplaceThought } from '../model/index.js';
import type { Random } from '../random.js';
import type { HostTensor } from '../tensor/index.js';
import type { Wording } from '../tokenizer/index.js';
import { selectRows, type Thoughts } from './thought-rows.js';

/** What an ablation is made from. */
export interface AblationSource {
  readonly model: Coconut;
  readonly wording: Wording;
  /** [n] */
  readonly items: readonly Item[];
  /** The items' own thoughts [n, k, d], from a run that nothing was replaced in. */
  readonly thoughts: HostTensor;
  /** What is drawn from it for an item belongs to its question (`itemLabel`). */
  readonly random: Random;
  /** Where other items' thoughts come from, donors and means. Default: the items themselves. */
  readonly pool?: AblationPool | undefined;
}

/** Items that give thoughts to others. */
export interface AblationPool {
  readonly items: readonly Item[];
  /** Their own thoughts [pool, k, d]. */
  readonly thoughts: HostTensor;
}

/** What items are given instead of their own thoughts. */
export interface AblationPlan {
  /** Thoughts, or what stands in their places, that are read before the answer. */
  readonly count: number;
  /** What is read there, [n, count, d]; undefined where the model thinks for itself, or there is nothing to read. */
  readonly thoughts: Thoughts | undefined;
  /** How prompt and suffix are worded. */
  readonly wording: Wording;
  /** The items that it could be made for, ascending. The others have no place in the comparison, on either side. */
  readonly rows: readonly number[];
  /** [n], whose thoughts of the pool each item was given, where they are another item's. */
  readonly donors?: readonly (number | undefined)[];
}

/** Why it cannot be done: the model or the wording does not allow it. */
export interface Inapplicable {
  readonly inapplicable: string;
}

/** One way to take the information of its thoughts away from an item (zero, mean, noise, resample ablation and others). */
export interface Ablation {
  readonly name: string;
  /** What is put in their places, for tables. */
  readonly words: string;
  /**
   * Whether what is put there still knows something of this item's graph or answer. A model that searches in its thoughts
   * drops to chance with every ablation that does not.
   */
  readonly informative: boolean;
  /** @throws LensError if the thoughts are not the items' [n, k, d], or the pool's not the pool's */
  readonly make: (source: AblationSource) => AblationPlan | Inapplicable;
}

/**
 * What a run of some of the items is to put in place of its thoughts.
 *
 * @param rows which items the run has, in its order
 * @returns undefined where nothing is to be replaced
 * @throws LensError if there is no such item
 */
export function ablationHook({ thoughts }: AblationPlan, rows: readonly number[]): ReplaceThought | undefined {
  return thoughts === undefined ? undefined : supplyThoughts(selectRows(thoughts, rows));
}

/**
 * Runs some of the items with their thoughts ablated; `readAnswers` takes the run with `count` and `wording`.
 *
 * @param rows which items, in this order
 * @throws LensError as `Coconut.run`
 */
export async function runAblated(
  model: Coconut,
  items: readonly Item[],
  plan: AblationPlan,
  rows: readonly number[] = plan.rows,
): Promise<CoconutRun> {
  const { count, wording } = plan;
  return model.run(
    rows.map((row) => wording.prompt(items[row])),
    { thoughts: count, replaceThought: ablationHook(plan, rows) },
  );
}
