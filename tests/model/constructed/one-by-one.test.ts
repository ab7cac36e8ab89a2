import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../../src/dataset/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedOneByOne } from '../../../src/model/constructed/constructed-one-by-one.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { heldCandidate } from './held-candidate.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedOneByOne());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** What thought c holds: with each thought, the end of the last-named edge that leaves what is held. */
function held({ edges, root }: Item, c: number): ReadonlySet<number> {
  const nodes = new Set([root]);
  for (let i = 0; i < c; i++) {
    const leaving = edges.findLast(([source, target]) => nodes.has(source) && !nodes.has(target));
    if (leaving !== undefined) nodes.add(leaving[1]);
  }
  return nodes;
}

async function check(items: readonly Item[], asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, 12, held);
  for (const c of asked)
    await runs.expectAnswers(run, items, c, (item) => heldCandidate(item, c === 0 ? [] : [held(item, c)]));
}

describe('constructed-one-by-one', () => {
  it('takes one edge a thought, and answers what the last one holds', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('one by one', 60))) await check(some, [0, 1, 3, 6, 12]);
  });

  it('does so on adversarial graphs', async () => {
    await check(shapes(30), [0, 1, 12]);
    const random = createRandom('one by one');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      [0, 12],
    );
  });

  it('holds deep nodes before all near ones, in most items', () => {
    const isEarly = (item: Item): boolean => {
      const near = item.edges.filter(([source]) => source === item.root).map(([, target]) => target);
      return near.some((node) => !held(item, near.length).has(node));
    };
    expect(runs.permutedItems('one by one', 60).filter(isEarly).length).toBeGreaterThan(40);
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of one by one', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedOneByOne())).toBe(
      '047ec09c79c40c6826b55e83bf929da27d216924e8d388fe7302a8d942bbb5f4',
    );
  });
});
