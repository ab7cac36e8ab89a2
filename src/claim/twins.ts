import { rootTwin, type Item } from '../dataset/index.js';
import { readAnswers, type Answer } from '../intervention/index.js';
import type { CoconutRun } from '../model/index.js';
import type { Batch } from './batch.js';

/** The items of a batch asked from their other root, where they can be. */
export interface Twins {
  /** Which rows of the batch have a twin. */
  readonly rows: readonly number[];
  /** Their twins, in the same order. */
  readonly items: readonly Item[];
  readonly run: CoconutRun;
  /** What the model answers about them. */
  readonly answers: readonly Answer[];
}

/** The twins of a batch, run once for all tests that ask for them; undefined where no item has one. */
export function twinsOf(batch: Batch): Promise<Twins | undefined> {
  return batch.once('twins', async () => {
    const twins = batch.edited((item, row) => rootTwin(batch.randomOf('twin', row), item));
    const rows = [...twins.keys()].filter((row) => twins[row] !== undefined);
    if (rows.length === 0) return undefined;
    const items = twins.filter((item) => item !== undefined);
    const run = await batch.runOf(items);
    return { rows, items, run, answers: await readAnswers(run, batch.thoughts, items, batch.wording) };
  });
}
