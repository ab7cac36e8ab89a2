import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../../src/dataset/index.js';
import type { Choice } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { BACKWARD } from '../../../src/model/constructed/backward-hops.js';
import { constructedBidirectional } from '../../../src/model/constructed/constructed-bidirectional.js';
import { LAYOUT } from '../../../src/model/constructed/residual-layout.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { members } from './expectations.js';
import { expectBlocks, reaching, type Blocks } from './thought-blocks.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedBidirectional());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

const sets = (item: Item, c: number) => item.candidates.map((candidate) => reaching(item, candidate, c));

/** What thought c holds: the head shows the root's set alone. */
function blocks(item: Item, c: number): Blocks {
  const [first, second] = sets(item, c);
  return [
    [LAYOUT.token, members(item, c)],
    [BACKWARD.toFirst, first],
    [BACKWARD.toSecond, second],
  ];
}

/** The candidate whose set has a node of the root's. */
function choice(item: Item, c: number): Choice {
  const reached = [...members(item, c)];
  const found = item.candidates.filter((_, i) => reached.some((node) => sets(item, c)[i].has(node)));
  return found.length === 1 ? found[0] : 'tie';
}

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await expectBlocks(model, items, thoughts, blocks);
  for (const c of asked) await runs.expectAnswers(run, items, c, (item) => choice(item, c));
}

describe('constructed-bidirectional', () => {
  it("searches from the root and from both candidates, and answers whose set has met the root's", async () => {
    for (const some of runs.batchesOf(runs.permutedItems('bidirectional', 100)))
      await check(some, 7, [0, 1, 2, 3, 6, 7]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(40), 12, [0, 1, 2, 12]);
    const random = createRandom('bidirectional');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 1, 2, 3, 6],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of bidirectional', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedBidirectional())).toBe(
      'b1abfa786be9304653e7c49e4db54f2f2f5b21f3eda7f88c3d22e520337ac4bd',
    );
  });

  it('is right as soon as it can be', async () => {
    expect(await runs.rightByThoughts(model, runs.permutedItems('accuracy', 100))).toEqual([
      55, 55, 95, 100, 100, 100, 100,
    ]);
  });
});
