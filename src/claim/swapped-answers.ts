import { itemSearch, swapEdges, type SwappedItem } from '../dataset/index.js';
import { isCorrect, preference, readAnswers } from '../intervention/index.js';
import type { Batch } from './batch.js';
import type { TurnedBySwap } from './alignment.js';
import { patchEach } from './patched-answers.js';

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
   * [t - 1], t = 1 .. `Batch.lastPatched`: the fall of T / 100 when thought t of the swapped item is patched into
   * the item itself. From sure to a tie it is 1/2: a search that keeps its root finds the target once more beside the
   * other candidate.
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

/** By item, the swaps whose two questions the model answers correctly: only there does a flip mean anything. */
export async function turnedBySwaps(batch: Batch): Promise<TurnedBySwap[]> {
  const swapped = await swappedAnswers(batch);
  return batch.searches.map(({ key, depth }, row) => ({
    graph: key,
    target: depth,
    swaps: swapped[row].filter(({ correct, follows }) => correct > 0.5 && follows > 0.5),
  }));
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
  const turns: number[][] = rows.map(() => []);
  const last = items.map((item) => batch.lastPatched(itemSearch(item).depth));
  for await (const { indices, answers } of patchEach(batch, rows, donor, last)) {
    answers.forEach((answer, i) => {
      const index = indices[i];
      turns[index].push((preference(own[rows[index]]) - preference(answer)) / 100);
    });
  }
  rows.forEach((row, i) => {
    found[row].push({ depth, correct: isCorrect(own[row]), follows: isCorrect(follows[i]), turns: turns[i] });
  });
}
