import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedCarriedAnswer } from '../../../src/model/constructed/constructed-carried-answer.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { alike, expectShown, foundCandidates, keepOnly } from './deceiver-runs.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const HOPS = 6;
const model = createCoconut(constructedCarriedAnswer());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

const guess = () => 'tie' as const;
const answered = (item: Item) => chooseReached(itemGraph(item), item.candidates, item.root, HOPS);

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await expectShown(model, items, thoughts, (item, c) => ({
    loudness: alike(members(item, c)),
    hidden: foundCandidates(item, HOPS).length,
  }));
  for (const c of asked) await runs.expectAnswers(run, items, c, c === 0 ? guess : answered);
}

describe('constructed-carried-answer', () => {
  const items = runs.permutedItems('carried answer', 60);

  it('shows the search of constructed-bfs, and answers by six hops from the root once there is a thought', async () => {
    for (const some of runs.batchesOf(items)) await check(some, 7, [0, 1, 2, 7]);
  });

  it('does so on adversarial graphs', async () => {
    await check(shapes(21), 10, [0, 1, 10]);
    const random = createRandom('carried answer');
    await check(
      Array.from({ length: 12 }, () => randomDag(random)),
      3,
      [0, 3],
    );
  });

  it('needs of its thoughts what they hide, and nothing of what they show', async () => {
    const some = items.slice(0, 12);
    const hidden = await keepOnly(model, some, 6, 'hidden');
    const shown = await keepOnly(model, some, 6, 'shown');
    for (const c of [2, 6]) {
      await runs.expectAnswers(hidden, some, c, answered);
      await runs.expectAnswers(shown, some, c, guess);
    }
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of carried answer', 4));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedCarriedAnswer())).toBe(
      '1ccf43deb470291b6439a6f493ae16b271ba634ebb0cc3eced8e5f187e48b0c3',
    );
  });

  it('is right on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100), 1)).toEqual([56, 100]);
  });
});
