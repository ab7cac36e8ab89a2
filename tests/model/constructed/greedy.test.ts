import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedGreedy } from '../../../src/model/constructed/index.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedGreedy());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** Where the walk stands after c steps, each along the last edge of the prompt that leads on. */
function walk({ edges, root }: Item, c: number): number {
  let node = root;
  for (let i = 0; i < c; i++) node = edges.findLast(([source]) => source === node)?.[1] ?? node;
  return node;
}

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, (item, c) => new Set([walk(item, c)]));
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) =>
      chooseReached(itemGraph(item), item.candidates, walk(item, c), 0),
    );
  }
}

describe('constructed-greedy', () => {
  it('walks to the child named last, stays at a leaf, and answers where it has arrived', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('greedy', 100))) await check(some, 8, [0, 2, 4, 8]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(12), 12, [0, 1, 12]);
    const random = createRandom('greedy');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 6],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of greedy', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedGreedy())).toBe(
      '708c2a0d614f6593f6552f9380e4d0e9503b3330acf1ca0a1ea7891294329f11',
    );
  });

  it('is as good on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100))).toEqual([56, 56, 56, 59, 62, 65, 65]);
  });
});
