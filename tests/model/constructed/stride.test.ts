import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedStride } from '../../../src/model/constructed/constructed-stride.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedStride());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** How many edges away from the root c thoughts come. */
const hops = (c: number): number => 2 * c;

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, (item, c) => members(item, hops(c)));
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) =>
      chooseReached(itemGraph(item), item.candidates, item.root, hops(c)),
    );
  }
}

describe('constructed-stride', () => {
  it('goes two edges farther with every thought, and answers what the last one holds', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('stride', 100))) await check(some, 6, [0, 1, 2, 3, 6]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(16), 12, [0, 1, 2, 12]);
    const random = createRandom('stride');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 2, 6],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of stride', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedStride())).toBe(
      'd41a66ec4acfc30e24d2c00c397f914bab1f259ba8315479cf2ca2369e34f048',
    );
  });

  it('is right on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100))).toEqual([56, 56, 93, 100, 100, 100, 100]);
  });
});
