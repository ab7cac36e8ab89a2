import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedConstantHolder } from '../../../src/model/constructed/constructed-constant-holder.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const HOPS = 6;
const model = createCoconut(constructedConstantHolder());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, (item) => members(item, HOPS));
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) =>
      chooseReached(itemGraph(item), item.candidates, item.root, c === 0 ? 0 : HOPS),
    );
  }
}

describe('constructed-constant-holder', () => {
  it('holds all nodes within six edges from the first thought on, and answers the candidate among them', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('constant holder', 60))) await check(some, 7, [0, 1, 3, 7]);
  });

  it('does so on adversarial graphs', async () => {
    await check(shapes(22), 10, [0, 1, 10]);
    const random = createRandom('constant holder');
    await check(
      Array.from({ length: 12 }, () => randomDag(random)),
      3,
      [0, 3],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of constant holder', 4));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedConstantHolder())).toBe(
      '43328bb3b30a61bcd953208032f9f5d82050bbba7577784db4f4ebbdb5e5ddf3',
    );
  });

  it('is right on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100), 1)).toEqual([56, 100]);
  });
});
