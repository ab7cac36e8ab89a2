import { itemSearch, renameWithinLayers, type Item, type ItemSearch } from '../dataset/index.js';
import { isCorrect, readAnswers, requireThoughts, selectRows } from '../intervention/index.js';
import type { Batch } from './batch.js';
import { layersTowards, type Layer } from './beams.js';
import { continueEach, stallEach, type Continued } from './donor-thoughts.js';
import type { Bases } from './patched-answers.js';
import type { Observation } from './prediction.js';
import { twinsOf } from './twins.js';

/**
 * [t - 1][n], t = 1 .. `Batch.lastPatched`, n = 0 .. `Batch.mostLeft`, or k - t: whether the answer is the one that a search goes on
 * to, with the donor's thoughts 1 .. t and n of the item's own; a tie is one half.
 */
export type Found = readonly (readonly number[])[];

/** What an item answers with the search of a question that shares every layer with some other question. */
export interface Scrubbed extends Observation {
  /** Of the answer that a search goes on to. */
  readonly depth: number;
  /** Answered after all k thoughts, the donor's search stalled (`stallEach`). */
  readonly stalled: Found;
  /** Answered after t + n thoughts (`continueEach`). */
  readonly atOnce: Found;
  /** Of the item's own target. */
  readonly ownDepth: number;
  /** [c], c = 0 .. k: whether the item itself is answered correctly after so many thoughts. */
  readonly own: readonly number[];
  /** [d - 1], d = 1 .. depth - 1: how many nodes the layer has, and how many of them lead to that answer. */
  readonly layers: readonly Layer[];
}

/** An item that no other search was put into. */
export function notScrubbed({ key, depth }: ItemSearch): Scrubbed {
  return { graph: key, depth, stalled: [], atOnce: [], ownDepth: depth, own: [], layers: [] };
}

/** One question whose search is to be put into an item. */
export interface ScrubbedQuestion {
  /** Of the batch. */
  readonly row: number;
  /** Its root and its layers are those that the donor's thoughts hold; its target is what a search goes on to. */
  readonly question: Item;
}

/**
 * Puts searches of renamed questions (`renameWithinLayers`) into items. The donor shares each layer of the question, and
 * nothing else: its own answer is the other candidate, and other nodes of the layers lead to it. Those that the model itself
 * answers wrongly are left out, as there is nothing to be kept.
 *
 * @param name of the random stream
 * @param onStalled sees every run with a stalled search, its thoughts read through the head
 */
export async function scrubEach(
  batch: Batch,
  name: string,
  questions: readonly ScrubbedQuestion[],
  onStalled?: (stalled: Continued, chosen: readonly ScrubbedQuestion[]) => void,
): Promise<{ readonly row: number; readonly scrubbed: Scrubbed }[]> {
  const questionOf = new Map(questions.map((one) => [one.row, one]));
  const renamed = batch.edited((_, row) => {
    const one = questionOf.get(row);
    return one && renameWithinLayers(batch.randomOf(name, row), one.question);
  });
  const asked = questions.filter(({ row }) => renamed[row] !== undefined);
  if (asked.length === 0) return [];
  const items = asked.map(({ row }) => renamed[row]).filter((item) => item !== undefined);
  const run = await batch.runOf(items);
  const answers = await readAnswers(run, batch.thoughts, items, batch.wording);
  const right = [...asked.keys()].filter((i) => isCorrect(answers[i]) === 1);
  if (right.length === 0) return [];
  const chosen = right.map((i) => asked[i]);
  const searches = chosen.map(({ question }) => itemSearch(question));
  const bases = await basesOf(batch, chosen);
  const donation = {
    ...bases,
    donors: selectRows(requireThoughts('donor thoughts', run.thoughts), right),
    last: searches.map(({ depth }) => batch.lastPatched(depth)),
  };
  const isTurned = chosen.map(({ row, question }) => question.target !== batch.items[row].target);
  const onEach = onStalled && ((continued: Continued) => onStalled(continued, chosen));
  const stalled = await foundOf(stallEach(batch, donation, onStalled !== undefined), isTurned, onEach);
  const atOnce = await foundOf(continueEach(batch, donation), isTurned);
  const own = await Promise.all(Array.from({ length: batch.thoughts + 1 }, (_, c) => batch.answers(c)));
  return chosen.map(({ row }, i) => {
    const scrubbed = {
      graph: batch.searches[row].key,
      depth: searches[i].depth,
      stalled: stalled[i],
      atOnce: atOnce[i],
      ownDepth: batch.searches[row].depth,
      own: own.map((after) => isCorrect(after[row])),
      layers: layersTowards(searches[i]),
    };
    return { row, scrubbed };
  });
}

/** The items that questions are put into, as they were run. */
async function basesOf(batch: Batch, chosen: readonly Pick<ScrubbedQuestion, 'row'>[]): Promise<Bases> {
  const rows = chosen.map(({ row }) => row);
  return { items: rows.map((row) => batch.items[row]), run: (await batch.run()).rows(rows) };
}

/**
 * What is answered, in a search's terms.
 *
 * @param isTurned of each item, whether a search goes on to its decoy
 */
async function foundOf(
  each: AsyncIterable<Continued>,
  isTurned: readonly boolean[],
  onEach?: (continued: Continued) => void,
): Promise<number[][][]> {
  const found: number[][][] = isTurned.map(() => []);
  for await (const continued of each) {
    const { thought, left, indices, answers } = continued;
    indices.forEach((i, at) => {
      const isRight = isCorrect(answers[at]);
      (found[i][thought - 1] ??= [])[left] = isTurned[i] ? 1 - isRight : isRight;
    });
    onEach?.(continued);
  }
  return found;
}

/** What the correctly answered items of a batch answer with searches of questions that have the same layers. */
export function sameLayers(batch: Batch): ReturnType<typeof scrubEach> {
  return batch.once('same layers', async () => {
    const own = await batch.answers();
    const rows = [...batch.items.keys()].filter((row) => isCorrect(own[row]) === 1);
    return scrubEach(
      batch,
      'same layers',
      rows.map((row) => ({ row, question: batch.items[row] })),
    );
  });
}

/** A question whose own search is stalled. */
export interface OwnStalled {
  readonly depth: number;
  readonly found: Found;
}

/**
 * What items and their twins answer where their own searches are stalled, if they are answered correctly, by row of the batch. Item and twin
 * have the same candidates, and other answers: a guess that is the same for both is right once. Twins may be of any depth: nothing is
 * asked of them but that a right answer does not come too early.
 */
export async function ownStalled(batch: Batch): Promise<ReadonlyMap<number, readonly OwnStalled[]>> {
  const rows = [...batch.items.keys()];
  const own = { items: batch.items, run: await batch.run(), answers: await batch.answers(), rows };
  const twins = await twinsOf(batch);
  const byRow = new Map<number, OwnStalled[]>(rows.map((row) => [row, []]));
  for (const { items, run, answers, rows } of twins === undefined ? [own] : [own, twins]) {
    const right = [...items.keys()].filter((i) => isCorrect(answers[i]) === 1);
    if (right.length === 0) continue;
    const asked = right.map((i) => items[i]);
    const depths = asked.map((item) => itemSearch(item).depth);
    const donation = {
      items: asked,
      run: run.rows(right),
      donors: selectRows(requireThoughts('own thoughts', run.thoughts), right),
      last: depths.map((depth) => batch.lastPatched(depth)),
    };
    const found = await foundOf(
      stallEach(batch, donation),
      right.map(() => false),
    );
    right.forEach((at, i) => byRow.get(rows[at])?.push({ depth: depths[i], found: found[i] }));
  }
  return byRow;
}
