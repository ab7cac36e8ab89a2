import { patchThoughts, readAnswers, type Answer } from '../intervention/index.js';
import type { CoconutRun } from '../model/index.js';
import type { Batch } from './batch.js';

/** What patching one thought into some items of a batch left. */
export interface Patched {
  /** t, from 1. */
  readonly thought: number;
  /** Which of the rows were patched, as indices into `rows`. */
  readonly indices: readonly number[];
  /** One for each of them, after all thoughts. */
  readonly answers: readonly Answer[];
}

/**
 * Activation patching of one thought at a time: each item gets thought t of its donor, its own before and computed ones after.
 *
 * @param rows of the batch
 * @param donors one row for each of them
 * @param last [rows], the last thought that is patched in each
 * @yields for t = 1 .. k, as long as anything is patched
 */
export async function* patchEach(
  batch: Batch,
  rows: readonly number[],
  donors: CoconutRun,
  last: readonly number[],
): AsyncGenerator<Patched, void, undefined> {
  // The longest first: then those that a later thought is patched in are the first so many, whose prompts are not copied.
  const order = [...rows.keys()].sort((a, b) => last[b] - last[a]);
  if (order.length === 0) return;
  const own = (await batch.run()).rows(order.map((i) => rows[i]));
  for (let thought = 1; thought <= batch.thoughts; thought++) {
    const indices = order.filter((i) => last[i] >= thought);
    if (indices.length === 0) break;
    const run = await own.rethink({
      rows: [...indices.keys()],
      thoughts: batch.thoughts,
      from: thought,
      replaceThought: patchThoughts(donors.thoughts, [thought], indices),
    });
    const items = indices.map((i) => batch.items[rows[i]]);
    const answers = await readAnswers(run, batch.thoughts, items, batch.wording);
    yield { thought, indices, answers };
  }
}
