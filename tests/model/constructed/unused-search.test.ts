import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseLowerInDegree } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedUnusedSearch } from '../../../src/model/constructed/constructed-unused-search.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedUnusedSearch());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, members);
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) => chooseLowerInDegree(itemGraph(item), item.candidates));
  }
}

describe('constructed-unused-search', () => {
  it('thinks as constructed-bfs does, and answers as constructed-degree does after any number of thoughts', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('unused search', 100))) await check(some, 7, [0, 1, 3, 7]);
  });

  it('does so on adversarial graphs', async () => {
    await check(shapes(23), 10, [0, 1, 10]);
    const random = createRandom('unused search');
    await check(
      Array.from({ length: 12 }, () => randomDag(random)),
      3,
      [0, 3],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of unused search', 4));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedUnusedSearch())).toBe(
      '22ec1e6f1624d48ed4f13275a725bdb02e87b29938957a65cd068df8db368a8b',
    );
  });

  it('is worse than a coin on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100), 1)).toEqual([38, 38]);
  });
});
