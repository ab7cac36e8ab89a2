import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../../src/dataset/index.js';
import type { Choice } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { BACKWARD } from '../../../src/model/constructed/backward-hops.js';
import { constructedBackward } from '../../../src/model/constructed/constructed-backward.js';
import { LAYOUT } from '../../../src/model/constructed/residual-layout.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { expectBlocks, reaching, type Blocks } from './thought-blocks.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedBackward());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

const sets = (item: Item, c: number) => item.candidates.map((candidate) => reaching(item, candidate, c));

/** What thought c holds: the head shows both sets together. */
function blocks(item: Item, c: number): Blocks {
  const [first, second] = sets(item, c);
  return [
    [LAYOUT.token, new Set([...first, ...second])],
    [BACKWARD.toFirst, first],
    [BACKWARD.toSecond, second],
  ];
}

/** The candidate from whose set the root is not missing. */
function choice(item: Item, c: number): Choice {
  const found = item.candidates.filter((_, i) => sets(item, c)[i].has(item.root));
  return found.length === 1 ? found[0] : 'tie';
}

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await expectBlocks(model, items, thoughts, blocks);
  for (const c of asked) await runs.expectAnswers(run, items, c, (item) => choice(item, c));
}

describe('constructed-backward', () => {
  it('holds the nodes from which a candidate is reached, and answers whose set holds the root', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('backward', 100))) await check(some, 7, [0, 1, 2, 3, 6, 7]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(40), 12, [0, 1, 2, 12]);
    const random = createRandom('backward');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 1, 2, 3, 6],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of backward', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedBackward())).toBe(
      'e1a54d1e5db1c19eae46a70fe103a562cb67dc1ade7149b51d9d3ed90648ca9f',
    );
  });

  it('is right as soon as it can be', async () => {
    expect(await runs.rightByThoughts(model, runs.permutedItems('accuracy', 100))).toEqual([
      55, 55, 55, 70, 95, 100, 100,
    ]);
  });
});
