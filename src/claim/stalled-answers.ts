import { patchThoughts, readAnswers, type Answer } from '../intervention/index.js';
import type { CoconutRun, ReplaceThought } from '../model/index.js';
import type { HostTensor } from '../tensor/index.js';
import type { Batch } from './batch.js';

/** So many thoughts, at most, are left to an item after a donor's. */
export const MOST_LEFT = 3;

/** What a donor's search, stopped at one of its thoughts, and a few thoughts of the item's own left. */
export interface Stalled {
  /** t, from 1: the last of the donor's thoughts. */
  readonly thought: number;
  /** n, from 0: how many thoughts the item computes after it. */
  readonly left: number;
  /** Which of the rows were patched, as indices into `rows`. */
  readonly indices: readonly number[];
  /** One for each of them, after all k thoughts. */
  readonly answers: readonly Answer[];
  /** One row for each of them. */
  readonly run: CoconutRun;
}

/**
 * Stalls a donor's search: each item gets thoughts 1 .. t of its donor, holds thought t until n thoughts are left, and computes
 * these itself. So answers are read after all k thoughts, as the model is used to, and yet show how many thoughts the
 * search still needs: with thoughts to spare, one that starts over, or that goes in another order, would be done as well.
 *
 * @param rows of the batch
 * @param donors [rows, k, d], thoughts
 * @param last [rows], the last thought that is held in each
 * @param thoughtLogits whether the patched runs' thoughts are read through the head
 * @yields for t = 1 .. k, as long as anything is patched, for n = 0 .. {@link MOST_LEFT}, or k - t; one at a time, as runs are
 * large
 */
export async function* stallEach(
  batch: Batch,
  rows: readonly number[],
  donors: HostTensor,
  last: readonly number[],
  thoughtLogits = false,
): AsyncGenerator<Stalled, void, undefined> {
  const { thoughts: k } = batch;
  // The longest first: then those that a later thought is held in are the first so many, whose prompts are not copied.
  const order = [...rows.keys()].sort((a, b) => last[b] - last[a]);
  if (order.length === 0) return;
  let held = (await batch.run()).rows(order.map((i) => rows[i]));
  for (let thought = 1; thought <= k; thought++) {
    const indices = order.filter((i) => last[i] >= thought);
    if (indices.length === 0) break;
    const patch = patchThoughts(donors, [thought], indices);
    const hold =
      (last: number): ReplaceThought =>
      ({ index, computed }) =>
        index <= last ? patch({ index: thought, computed }) : undefined;
    // Thoughts before are the donor's already.
    held = await held.rethink({ rows: [...indices.keys()], thoughts: k, from: thought, replaceThought: hold(k) });
    const items = indices.map((i) => batch.items[rows[i]]);
    for (let left = 0; left <= Math.min(MOST_LEFT, k - thought); left++) {
      const from = k - left;
      const run = await held.rethink({ thoughts: k, from, replaceThought: hold(from), thoughtLogits });
      const answers = await readAnswers(run, k, items, batch.wording);
      yield { thought, left, indices, answers, run };
    }
  }
}
