import { itemLabel, itemSearch, swapEdges, type Item, type SwappedItem } from '../../dataset/index.js';
import { isCorrect, readAnswers, type Answer } from '../../intervention/index.js';
import type { Coconut, CoconutRun } from '../../model/index.js';
import type { Random } from '../../random.js';
import { followingOf, type Wording } from '../../tokenizer/index.js';
import { range } from '../kit/readout-result.js';

/** Some items in front of a model. */
export interface Asked {
  readonly model: Coconut;
  readonly wording: Wording;
  readonly items: readonly Item[];
  /** k */
  readonly thoughts: number;
  readonly run: CoconutRun;
  /** [items], after k thoughts. */
  readonly answers: readonly Answer[];
}

/** Runs items. @throws LensError if one does not fit the wording or the model */
export async function ask(model: Coconut, items: readonly Item[], wording: Wording, thoughts: number): Promise<Asked> {
  const prompts = items.map((item) => wording.prompt(item));
  const run = await model.run(prompts, { thoughts });
  return { model, wording, items, thoughts, run, answers: await readAnswers(run, thoughts, items, wording) };
}

/** The items of which two edges were swapped at one depth, so that the other candidate is reached. */
export interface Swaps {
  readonly depth: number;
  /** [n], which of the items. */
  readonly rows: readonly number[];
  /** [n] */
  readonly swapped: readonly SwappedItem[];
  /** The swapped questions' thoughts [n, k, d]. */
  readonly thoughts: CoconutRun['thoughts'];
}

/**
 * Swaps two edges (`swapEdges`) of each item that is answered correctly, and keeps those whose swapped question is too: only
 * there do the two thoughts lead to two answers.
 *
 * @param random each item takes a stream of its own
 */
export async function swapsAt(depth: number, asked: Asked, random: Random): Promise<Swaps | undefined> {
  const { model, wording, items, thoughts, answers } = asked;
  const room = model.config.nPositions - thoughts - followingOf(wording);
  const found = items.flatMap((item, row) => {
    if (isCorrect(answers[row]) < 1) return [];
    const swapped = swapEdges(random.fork(`swap at ${depth}`).fork(itemLabel(item)), item, depth);
    return swapped === undefined || wording.prompt(swapped).length > room ? [] : [{ row, swapped }];
  });
  if (found.length === 0) return undefined;
  const questions = found.map(({ swapped }) => swapped);
  const donors = await ask(model, questions, wording, thoughts);
  const followed = range(found.length).filter((i) => isCorrect(donors.answers[i]) === 1);
  if (followed.length === 0) return undefined;
  return {
    depth,
    rows: followed.map((i) => found[i].row),
    swapped: followed.map((i) => questions[i]),
    thoughts: donors.run.rows(followed).thoughts,
  };
}

/** Which of the swaps have a thought in which a search has reached the swapped edges and, in both questions, no target. */
export function underWay({ depth, rows, swapped }: Swaps, items: readonly Item[], thought: number): number[] {
  return range(rows.length).filter(
    (i) => thought >= depth && [items[rows[i]], swapped[i]].every((item) => itemSearch(item).depth > thought),
  );
}
