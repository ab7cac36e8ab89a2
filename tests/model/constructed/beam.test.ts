import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../../src/dataset/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedBeam } from '../../../src/model/constructed/constructed-beam.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import { heldCandidate } from './held-candidate.js';
import * as runs from './variant-runs.js';

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** What thoughts 0 .. c hold: of the children of what the one before holds, those named last. */
function beams({ edges, root }: Item, width: number, c: number): ReadonlySet<number>[] {
  const held: ReadonlySet<number>[] = [new Set([root])];
  for (let i = 0; i < c; i++) {
    const last = held[i];
    const children = edges.filter(([source]) => last.has(source)).map(([, target]) => target);
    const named = [...new Set(children.reverse())].slice(0, width);
    held.push(named.length > 0 ? new Set(named) : last);
  }
  return held;
}

const BEAMS = [
  {
    width: 2,
    hash: '8454790ab766c613f3b2f238e996436a6ff8c937792997b4bb8832584cfdf894',
    right: [55, 55, 55, 62, 74, 76, 78],
  },
  {
    width: 3,
    hash: '9b83287e921b421f3934eabad47d70e953a822c20b63297dd88c70966c83ba57',
    right: [55, 55, 55, 67, 79, 84, 88],
  },
] as const;

describe.each(BEAMS)('constructed-beam of $width nodes', ({ width, hash, right }) => {
  const model = createCoconut(constructedBeam({ width }));
  afterAll(() => model.dispose());

  async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
    const run = await runs.expectThoughts(model, items, thoughts, (item, c) => beams(item, width, c)[c]);
    for (const c of asked)
      await runs.expectAnswers(run, items, c, (item) => heldCandidate(item, beams(item, width, c)));
  }

  it('holds the children named last, and answers what any thought has held', async () => {
    for (const some of runs.batchesOf(runs.permutedItems(`beam ${width}`, 60))) await check(some, 8, [0, 1, 3, 6, 8]);
  });

  it('does so on adversarial graphs, with 12 thoughts', async () => {
    await check(shapes(20 + width), 12, [0, 1, 12]);
    const random = createRandom(`beam ${width}`);
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      6,
      [0, 6],
    );
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of beam', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedBeam({ width }))).toBe(hash);
  });

  it('is sometimes right', async () => {
    expect(await runs.rightByThoughts(model, runs.permutedItems('accuracy', 100))).toEqual(right);
  });
});

it('holds as many nodes as its scores can tell apart', () => {
  for (const width of [0, 4, 1.5]) expect(() => constructedBeam({ width })).toThrow(/holds 1 to 3/);
});
