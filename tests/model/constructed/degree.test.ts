import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseLowerInDegree } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedDegree } from '../../../src/model/constructed/index.js';
import { createRandom } from '../../../src/random.js';
import { randomDag, shapes } from './adversarial-items.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedDegree());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

async function check(items: readonly Item[], thoughts: number, asked: readonly number[]): Promise<void> {
  const run = await runs.expectThoughts(model, items, thoughts, ({ root }) => new Set([root]));
  for (const c of asked) {
    await runs.expectAnswers(run, items, c, (item) => chooseLowerInDegree(itemGraph(item), item.candidates));
  }
}

describe('constructed-degree', () => {
  it('thinks of the root, and answers the candidate with fewer incoming edges after any number of thoughts', async () => {
    for (const some of runs.batchesOf(runs.permutedItems('degree', 100))) await check(some, 6, [0, 1, 3, 6]);
  });

  it('does so on adversarial graphs, 29 edges to one node among them', async () => {
    await check(shapes(13), 12, [0, 12]);
    const random = createRandom('degree');
    await check(
      Array.from({ length: 24 }, () => randomDag(random)),
      2,
      [0, 2],
    );
  });

  it('tells apart 28 and 29 incoming edges', async () => {
    const [item] = shapes(14);
    const [a, b] = [0, 1];
    const others = Array.from({ length: 29 }, (_, i) => i + 2);
    const edges = [...others.map((node) => [node, a] as const), ...others.slice(1).map((node) => [node, b] as const)];
    const close = { ...item, edges, root: 2, candidates: [a, b] as const };
    await check([close, { ...close, candidates: [b, a] }], 1, [1]);
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of degree', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedDegree())).toBe(
      '9e7514133a144ab2b04db6c1b51f03378b6132a0dca4562d1b7ac9cf73ceee6d',
    );
  });

  it('is worse than a coin on orphaned decoys, which are left with one edge', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100), 1)).toEqual([38, 38]);
  });
});
