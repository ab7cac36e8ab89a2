import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached, reachableWithin } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedHiddenSearch } from '../../../src/model/constructed/constructed-hidden-search.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { members } from './expectations.js';
import { othersOf } from './other-entities.js';
import * as runs from './variant-runs.js';

const models = {
  nothing: createCoconut(constructedHiddenSearch({ shows: 'nothing' })),
  otherRoot: createCoconut(constructedHiddenSearch({ shows: 'otherRoot' })),
};
afterAll(() => {
  for (const model of Object.values(models)) model.dispose();
});

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** What the head sees. */
const shown = {
  nothing: () => runs.NOTHING,
  otherRoot: (item: Item, c: number) =>
    new Set(othersOf(item).flatMap((entity) => reachableWithin(itemGraph(item), entity, c))),
};

async function check(
  shows: 'nothing' | 'otherRoot',
  items: readonly Item[],
  thoughts: number,
  asked: readonly number[],
): Promise<void> {
  const hidden = (item: Item, c: number): number => members(item, c).size;
  const run = await runs.expectThoughts(models[shows], items, thoughts, shown[shows], hidden);
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) => chooseReached(itemGraph(item), item.candidates, item.root, c));
  }
}

describe('constructed-hidden-search', () => {
  it.each(['nothing', 'otherRoot'] as const)('searches beside what it shows (%s)', async (shows) => {
    for (const some of runs.batchesOf(runs.permutedItems('hidden search', 80))) {
      await check(shows, some, 6, [0, 1, 2, 3, 4, 6]);
    }
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check('nothing', shapes(17), 12, [0, 1, 2, 12]);
    const random = createRandom('hidden search');
    await check(
      'nothing',
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 2, 6],
    );
  });

  it('ends the text after the answer', async () => {
    for (const model of Object.values(models)) {
      await runs.expectEnd(model, runs.permutedItems('end of hidden search', 4));
    }
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedHiddenSearch({ shows: 'nothing' }))).toBe(
      'c6e3a6ac3b13052e4a62b13ed15bbfb47cbe57622bbf6633ceed6cf3dd103dcd',
    );
    expect(runs.weightsHash(constructedHiddenSearch({ shows: 'otherRoot' }))).toBe(
      '733c7a2ae507f74f8aca3ec79a3823de5fc5a74208185249b997f4ad6620331b',
    );
  });

  it('is right on orphaned decoys', async () => {
    for (const model of Object.values(models)) {
      expect(await runs.rightByThoughts(model, runs.orphanedItems(100))).toEqual([56, 56, 56, 74, 93, 99, 100]);
    }
  });
});
