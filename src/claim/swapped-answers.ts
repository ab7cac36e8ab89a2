import { swapEdges, type SwappedItem } from '../dataset/index.js';
import { isCorrect, patchThoughts, preference, readAnswers } from '../intervention/index.js';
import type { Batch } from './batch.js';

/** Depths at which edges are swapped: deeper ones exist in too few items. */
const DEPTHS = [1, 2, 3] as const;

/** What one item answers when two of its edges are swapped, and when one thought of that is patched in. */
export interface Swapped {
  /** d: the swapped edges end at this depth; everything nearer to the root is as it was. */
  readonly depth: number;
  /** Correct about the item itself, and about the swapped one, whose answer is the other candidate. */
  readonly correct: number;
  readonly follows: number;
  /**
   * [t - 1], t = 1 .. k: the fall of T / 100 when thought t of the swapped item is patched into the item itself. From
   * sure to a tie it is 1/2: a search that keeps its root finds the target once more beside the other candidate.
   */
  readonly turns: readonly number[];
}

/** The swaps that each item of a batch allows, the new target at a depth that items ask about. */
export function swappedAnswers(batch: Batch): Promise<readonly (readonly Swapped[])[]> {
  return batch.once('swapped', async () => {
    const found: Swapped[][] = batch.items.map(() => []);
    for (const depth of DEPTHS) await swapAt(batch, depth, found);
    return found;
  });
}

async function swapAt(batch: Batch, depth: number, found: Swapped[][]): Promise<void> {
  const edited = batch.edited((item, row) => {
    const swapped = swapEdges(batch.randomOf(`swap at ${depth}`, row), item, depth);
    return swapped !== undefined && batch.asksAtUsualDepth(swapped) ? swapped : undefined;
  });
  const rows = [...edited.keys()].filter((row) => edited[row] !== undefined);
  if (rows.length === 0) return;
  const own = await batch.answers();
  const items = rows.map((row) => batch.items[row]);
  const swapped = edited.filter((item): item is SwappedItem => item !== undefined);
  const donor = await batch.runOf(swapped);
  const follows = await readAnswers(donor, batch.thoughts, swapped, batch.wording);
  const base = (await batch.run()).rows(rows);
  const turns: number[][] = rows.map(() => []);
  for (let t = 1; t <= batch.thoughts; t++) {
    const run = await base.rethink({ thoughts: batch.thoughts, replaceThought: patchThoughts(donor.thoughts, [t]) });
    const answers = await readAnswers(run, batch.thoughts, items, batch.wording);
    answers.forEach((answer, i) => turns[i].push((preference(own[rows[i]]) - preference(answer)) / 100));
  }
  rows.forEach((row, i) => {
    found[row].push({ depth, correct: isCorrect(own[row]), follows: isCorrect(follows[i]), turns: turns[i] });
  });
}
