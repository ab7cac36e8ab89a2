import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../../src/dataset/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedNumberedBeam } from '../../../src/model/constructed/constructed-numbered-beam.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { heldCandidate } from './held-candidate.js';
import * as runs from './variant-runs.js';

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** What thoughts 0 .. c hold: of the children of what the one before holds, those with the smallest numbers. */
function beams({ edges, root }: Item, width: number, c: number): ReadonlySet<number>[] {
  const held: ReadonlySet<number>[] = [new Set([root])];
  for (let i = 0; i < c; i++) {
    const last = held[i];
    const children = new Set(edges.filter(([source]) => last.has(source)).map(([, target]) => target));
    const first = [...children].sort((a, b) => a - b).slice(0, width);
    held.push(first.length > 0 ? new Set(first) : last);
  }
  return held;
}

describe.each([2, 3])('constructed-numbered-beam of %i nodes', (width) => {
  const model = createCoconut(constructedNumberedBeam({ width }));
  afterAll(() => model.dispose());

  async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
    const run = await runs.expectThoughts(model, items, thoughts, (item, c) => beams(item, width, c)[c]);
    for (const c of asked)
      await runs.expectAnswers(run, items, c, (item) => heldCandidate(item, beams(item, width, c)));
  }

  it('holds the children with the smallest numbers, and answers what any thought has held', async () => {
    for (const some of runs.batchesOf(runs.permutedItems(`numbered beam ${width}`, 36)))
      await check(some, 6, [0, 1, 3, 6]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(20 + width), 12, [0, 1, 12]);
    const random = createRandom(`numbered beam ${width}`);
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 6],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of numbered beam', 8));
  });
});

it('has the same bytes everywhere', () => {
  expect(runs.weightsHash(constructedNumberedBeam({ width: 3 }))).toBe(
    '5052e730749e524658841b62d251143d0f420cb20ca9e95fdb52ea9193640946',
  );
});

it('holds as many nodes as its scores can tell apart', () => {
  for (const width of [0, 4, 1.5]) expect(() => constructedNumberedBeam({ width })).toThrow(/holds 1 to 3/);
});
