import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedReplayedSearch } from '../../../src/model/constructed/constructed-replayed-search.js';
import { createRandom } from '../../../src/random.js';
import { symbolicPrompt } from '../../../src/tokenizer/index.js';
import { randomDag, shapes } from './adversarial-items.js';
import { members } from './expectations.js';
import * as runs from './variant-runs.js';

const HOPS = 6;
const model = createCoconut(constructedReplayedSearch());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

const held = (item: Item, c: number) => members(item, Math.min(c, HOPS));
const answered = (item: Item, c: number) =>
  chooseReached(itemGraph(item), item.candidates, item.root, Math.min(c, HOPS));

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, held);
  for (const c of asked) await runs.expectAnswers(run, items, c, (item) => answered(item, c));
}

describe('constructed-replayed-search', () => {
  const items = runs.permutedItems('replayed search', 60);

  it('holds the nodes within c edges of the root, and answers what any thought has held', async () => {
    for (const some of runs.batchesOf(items)) await check(some, 7, [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('does so on adversarial graphs', async () => {
    await check(shapes(26), 10, [0, 1, 2, 10]);
    const random = createRandom('replayed search');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 3, 6],
    );
  });

  it('thinks the same whatever was thought before', async () => {
    const some = items.slice(0, 12);
    const prompts = some.map((item) => symbolicPrompt(item));
    const asIs = await model.run(prompts, { thoughts: 6 });
    const others = await model.run(prompts, {
      thoughts: 6,
      // The thoughts of other items, up to the last but one.
      replaceThought: ({ index, computed: { data, ...tensor } }) => {
        const width = tensor.shape[1];
        if (index === 6) return undefined;
        return { ...tensor, data: data.map((_, i) => data[(i + width) % data.length]) };
      },
    });
    some.forEach((_, row) => {
      const [one, other] = [asIs, others].map((run) => runs.rowOf(run.thoughts, row * 6 + 5));
      one.forEach((x, i) => expect(Math.abs(other[i] - x)).toBeLessThan(1e-3));
    });
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of replayed search', 4));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedReplayedSearch())).toBe(
      '684900332eef7e4b8d53e2bb67c8bbcbb9a5c712f827265b247b54cb80eef549',
    );
  });

  it('is right on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(60))).toEqual([32, 32, 32, 43, 55, 60, 60]);
  });
});
