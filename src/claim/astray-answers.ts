import { itemSearch, leadAstray, type AstrayItem, type Item } from '../dataset/index.js';
import { isCorrect, readAnswers, requireThoughts, selectRows } from '../intervention/index.js';
import type { CoconutRun } from '../model/index.js';
import type { Batch } from './batch.js';
import { continueEach, stallEach, type Continued } from './donor-thoughts.js';
import { twinsOf } from './twins.js';

/** One step and two, and one that takes two thoughts. */
const LEFT = { least: 1, most: 2 } as const;

/** An answer after a number of the donor's thoughts and of own ones. */
export interface AstrayCell {
  /** t, from 1: the last of the donor's thoughts. */
  readonly thought: number;
  /** n, 1 or 2: how many own ones follow. */
  readonly left: number;
  /** A tie is one half. */
  readonly right: number;
}

/** What a question answers with thoughts of itself led astray (`leadAstray`). */
export interface AstrayQuestion {
  /** Of the target. */
  readonly depth: number;
  /** Between these depths nothing that the donor reaches leads to the target by itself: see {@link AstrayItem}. */
  readonly cutAt: number;
  readonly from: number;
  /** Answered after all k thoughts, the donor's search stalled (`stallEach`). */
  readonly stalled: readonly AstrayCell[];
  /** Answered after t + n thoughts (`continueEach`). */
  readonly atOnce: readonly AstrayCell[];
}

/**
 * What items and their twins answer with thoughts of the same question led astray, where both are answered correctly; by row of the
 * batch. The donor's search holds nothing that is strange to the item's, and lacks what leads to the target: whatever is
 * filled in from the prompt shows. A guess that is the same for item and twin is right once.
 */
export async function astrayAnswers(batch: Batch): Promise<ReadonlyMap<number, readonly AstrayQuestion[]>> {
  const rows = [...batch.items.keys()];
  const own = { items: batch.items, run: await batch.run(), answers: await batch.answers(), rows, name: 'astray' };
  const twins = await twinsOf(batch);
  const byRow = new Map<number, AstrayQuestion[]>(rows.map((row) => [row, []]));
  for (const { items, run, answers, rows: of, name } of twins === undefined
    ? [own]
    : [own, { ...twins, name: 'twin astray' }]) {
    const asked = [...items.keys()].flatMap((i) => {
      if (isCorrect(answers[i]) !== 1) return [];
      const donor = leadAstray(batch.randomOf(name, of[i]), items[i]);
      return donor === undefined || !batch.asksAtUsualDepth(donor) ? [] : [{ i, item: items[i], donor }];
    });
    if (asked.length === 0) continue;
    const found = await questionsOf(batch, run, asked);
    for (const { i, question } of found) byRow.get(of[i])?.push(question);
  }
  return byRow;
}

/** A row of a run, its item and that led astray. */
interface Asked {
  readonly i: number;
  readonly item: Item;
  readonly donor: AstrayItem;
}

async function questionsOf(
  batch: Batch,
  run: CoconutRun,
  all: readonly Asked[],
): Promise<{ readonly i: number; readonly question: AstrayQuestion }[]> {
  const donors = all.map(({ donor }) => donor);
  const donorRun = await batch.runOf(donors);
  const answers = await readAnswers(donorRun, batch.thoughts, donors, batch.wording);
  // A donor that is answered correctly has been searched: its thoughts are no wreck.
  const right = [...all.keys()].filter((at) => isCorrect(answers[at]) === 1);
  if (right.length === 0) return [];
  const asked = right.map((at) => all[at]);
  const depths = asked.map(({ item }) => itemSearch(item).depth);
  const donation = {
    items: asked.map(({ item }) => item),
    run: run.rows(asked.map(({ i }) => i)),
    donors: selectRows(requireThoughts('thoughts led astray', donorRun.thoughts), right),
    last: depths.map((depth) => batch.lastPatched(depth)),
    left: LEFT,
  };
  const stalled = await cellsOf(stallEach(batch, donation), asked.length);
  const atOnce = await cellsOf(continueEach(batch, donation), asked.length);
  return asked.map(({ i, donor }, at) => {
    const question = { depth: depths[at], ...donor.astray, stalled: stalled[at], atOnce: atOnce[at] };
    return { i, question };
  });
}

async function cellsOf(each: AsyncIterable<Continued>, count: number): Promise<AstrayCell[][]> {
  const cells: AstrayCell[][] = Array.from({ length: count }, () => []);
  for await (const { thought, left, indices, answers } of each)
    indices.forEach((i, at) => cells[i].push({ thought, left, right: isCorrect(answers[at]) }));
  return cells;
}
