import type { Item } from '../dataset/index.js';
import { patchThoughts, readAnswers, type Answer } from '../intervention/index.js';
import type { CoconutRun } from '../model/index.js';
import type { Batch } from './batch.js';
import { patchSteps } from './patch-steps.js';

/** What patching one thought into some items left. */
export interface Patched {
  /** t, from 1. */
  readonly thought: number;
  /** Which of the items were patched. */
  readonly indices: readonly number[];
  /** One for each of them, after all thoughts. */
  readonly answers: readonly Answer[];
}

/** Items that have been run. */
export interface Bases {
  readonly items: readonly Item[];
  readonly run: CoconutRun;
}

/**
 * Activation patching of one thought at a time: each item gets thought t of its donor, its own before and computed ones after.
 *
 * @param donors one row for each item
 * @param last [items], the last thought that is patched in each
 * @yields for t = 1 .. k, as long as anything is patched
 */
export async function* patchEach(
  batch: Batch,
  { items, run }: Bases,
  donors: CoconutRun,
  last: readonly number[],
): AsyncGenerator<Patched, void, undefined> {
  if (items.length === 0) return;
  const { order, steps } = patchSteps(last, batch.thoughts);
  const own = run.rows(order);
  for (const { thought, indices } of steps) {
    const patched = await own.rethink({
      rows: [...indices.keys()],
      thoughts: batch.thoughts,
      from: thought,
      replaceThought: patchThoughts(donors.thoughts, [thought], indices),
    });
    const asked = indices.map((i) => items[i]);
    yield { thought, indices, answers: await readAnswers(patched, batch.thoughts, asked, batch.wording) };
  }
}
