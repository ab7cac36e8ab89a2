import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { breadthFirstDepths, chooseReached } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedFrontier } from '../../../src/model/constructed/index.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedFrontier());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** The nodes at breadth-first depth c exactly, or nothing. */
function frontier(item: Item, c: number): ReadonlySet<number> {
  const depths = Array.from(breadthFirstDepths(itemGraph(item), item.root));
  const nodes = depths.flatMap((depth, node) => (depth === c ? [node] : []));
  return nodes.length > 0 ? new Set(nodes) : runs.NOTHING;
}

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, frontier);
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) => chooseReached(itemGraph(item), item.candidates, item.root, c));
  }
}

describe('constructed-frontier', () => {
  it('thinks of the nodes at depth c alone, and answers what any thought has held', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('frontier', 100))) await check(some, 8, [0, 1, 2, 3, 4, 6, 8]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(11), 12, [0, 1, 2, 7, 12]);
    const random = createRandom('frontier');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 3, 6],
    );
  });

  it('says that nothing is left, and does not begin again', () => {
    // What `check` has compared above holds this case: a star is finished after one thought.
    const star = shapes(11).find(({ id }) => id.startsWith('star'));
    expect(star && [1, 2, 12].map((c) => frontier(star, c).size)).toEqual([30, 1, 1]);
    expect(star && frontier(star, 2)).toBe(runs.NOTHING);
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of frontier', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedFrontier())).toBe(
      '509bd9808d6a7675e9c6323b8388b6c343223545728291f34d3396403ba51d08',
    );
  });

  it('is right on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100))).toEqual([56, 56, 56, 74, 93, 99, 100]);
  });
});
