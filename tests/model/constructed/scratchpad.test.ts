import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedScratchpad } from '../../../src/model/constructed/constructed-scratchpad.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedScratchpad());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, members);
  for (const c of asked)
    await runs.expectAnswers(run, items, c, (item) => chooseReached(itemGraph(item), item.candidates, item.root, c));
}

describe('constructed-scratchpad', () => {
  it('goes one edge farther with every thought, and answers what the last one holds', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('scratchpad', 60))) await check(some, 6, [0, 1, 3, 6]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(24), 12, [0, 1, 12]);
    const random = createRandom('scratchpad');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 3, 6],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of scratchpad', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedScratchpad())).toBe(
      'fe471f3697ad2cba6225d35f9321346759440ee85f51acf1741fffe5fe82c881',
    );
  });
});
