import { patchThoughts, readAnswers, type Answer } from '../intervention/index.js';
import type { CoconutRun } from '../model/index.js';
import type { HostTensor } from '../tensor/index.js';
import type { Batch } from './batch.js';
import type { Bases } from './patched-answers.js';
import { patchSteps } from './patch-steps.js';

/** Items that go on from a donor's thoughts. */
export interface Continued {
  /** t, from 1: the last of the donor's thoughts. */
  readonly thought: number;
  /** n, from 0: how many thoughts the item computes after it. */
  readonly left: number;
  /** Which of the bases these are. */
  readonly indices: readonly number[];
  /** One for each of them. */
  readonly answers: readonly Answer[];
  /** One row for each of them. */
  readonly run: CoconutRun;
}

/** Whose thoughts are put into what. */
export interface Donation extends Bases {
  /** [items, k, d], thoughts. */
  readonly donors: HostTensor;
  /** [items], the last thought that is put into each. */
  readonly last: readonly number[];
  /** How many thoughts are computed after them; default: 0 to `Batch.mostLeft`. */
  readonly left?: { readonly least: number; readonly most: number };
}

/**
 * Donors' searches that are gone on with at once: each item gets thoughts 1 .. t of its donor, computes n more, and answers after
 * these t + n thoughts.
 *
 * @yields for t = 1 .. k, as long as there are items, for each n of `left`, up to k - t; one at a time, as runs are large
 */
export async function* continueEach(
  batch: Batch,
  { items, run: own, donors, last, left: range = { least: 0, most: batch.mostLeft } }: Donation,
): AsyncGenerator<Continued, void, undefined> {
  if (items.length === 0) return;
  const { thoughts: k } = batch;
  const { order, steps } = patchSteps(last, k);
  let run = own.rows(order);
  for (const { thought, indices } of steps) {
    const most = Math.min(range.most, k - thought);
    // Thoughts before are the donor's already.
    run = await run.rethink({
      rows: [...indices.keys()],
      thoughts: thought + most,
      from: thought,
      replaceThought: patchThoughts(donors, [thought], indices),
    });
    const asked = indices.map((i) => items[i]);
    for (let left = range.least; left <= most; left++) {
      const answers = await readAnswers(run, thought + left, asked, batch.wording);
      yield { thought, left, indices, answers, run };
    }
  }
}

/**
 * Donors' searches that are stalled: each item gets thoughts 1 .. t of its donor, holds thought t until n thoughts are left, and
 * computes these itself. So answers are read after all k thoughts, as a model may be used to, and yet show how many
 * thoughts the search still needs.
 *
 * @param thoughtLogits whether the patched runs' thoughts are read through the head
 * @yields as {@link continueEach}
 */
export async function* stallEach(
  batch: Batch,
  { items, run: own, donors, last, left: range = { least: 0, most: batch.mostLeft } }: Donation,
  thoughtLogits = false,
): AsyncGenerator<Continued, void, undefined> {
  if (items.length === 0) return;
  const { thoughts: k } = batch;
  const { order, steps } = patchSteps(last, k);
  let held = own.rows(order);
  for (const { thought, indices } of steps) {
    // Thoughts before are the donor's already.
    held = await held.rethink({
      rows: [...indices.keys()],
      thoughts: k,
      from: thought,
      holdUntil: k,
      replaceThought: patchThoughts(donors, [thought], indices),
      thoughtLogits,
    });
    const asked = indices.map((i) => items[i]);
    for (let left = range.least; left <= Math.min(range.most, k - thought); left++) {
      const run = left === 0 ? held : await held.rethink({ thoughts: k, from: k - left + 1, thoughtLogits });
      const answers = await readAnswers(run, k, asked, batch.wording);
      yield { thought, left, indices, answers, run };
    }
  }
}
