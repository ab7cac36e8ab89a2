import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseNotReachedFrom, reachableWithin } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedElimination } from '../../../src/model/constructed/index.js';
import { othersOf } from './other-entities.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedElimination());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

function held(item: Item, c: number): ReadonlySet<number> {
  const reached = othersOf(item).flatMap((entity) => reachableWithin(itemGraph(item), entity, c));
  return reached.length > 0 ? new Set(reached) : runs.NOTHING;
}

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, held);
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) =>
      chooseNotReachedFrom(itemGraph(item), item.candidates, c === 0 ? [] : othersOf(item), c),
    );
  }
}

/** A graph whose only entity is the root: there is no other to start from. */
const alone = (item: Item): Item => ({
  ...item,
  edges: [
    [0, 1],
    [0, 2],
    [1, 2],
  ],
  root: 0,
  candidates: [1, 2],
});

describe('constructed-elimination', () => {
  it('searches from another entity, and answers what it has not found', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('elimination', 100))) await check(some, 7, [0, 1, 3, 7]);
  });

  it('does so where the only parent of a candidate is an entity', async () => {
    for (const some of runs.batchesOf(runs.orphanedItems(60))) await check(some, 4, [0, 4]);
  });

  it('says that there is nothing to search where the root is the only entity', async () => {
    await check(runs.permutedItems('alone', 2).map(alone), 4, [0, 1, 4]);
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of elimination', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedElimination())).toBe(
      'd21cc501d85687052834fb145a3b3c1f08e08cf207b49ae44bdac338730a3395',
    );
  });

  it('is hardly better than a coin on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(200))).toEqual([101, 110, 110, 110, 110, 109, 109]);
  });
});
