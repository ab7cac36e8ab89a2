import { afterAll, describe, expect, it, vi } from 'vitest';
import { itemGraph, type Item } from '../../../src/dataset/index.js';
import { chooseReached } from '../../../src/graph/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { UNIT } from '../../../src/model/constructed/bfs-constants.js';
import { constructedWalkCounts } from '../../../src/model/constructed/constructed-walk-counts.js';
import { LEAST_COUNT } from '../../../src/model/constructed/search-constants.js';
import { SYMBOLIC_NODES, SYMBOLIC_TOKENS, symbolicPrompt } from '../../../src/tokenizer/index.js';
import * as runs from './variant-runs.js';

const model = createCoconut(constructedWalkCounts());
afterAll(() => model.dispose());

// Hundreds of items, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

/** The numbers of walks of c edges from the root, c = 1 .. thoughts, to each node. */
function walks({ edges, root }: Item, thoughts: number): number[][] {
  let counts = Array.from({ length: SYMBOLIC_NODES }, (_, node) => Number(node === root));
  return Array.from({ length: thoughts }, () => {
    const next = counts.map(() => 0);
    for (const [source, target] of edges) next[target] += counts[source];
    return (counts = next);
  });
}

const MOST = 2 * UNIT ** 2;

describe('constructed-walk-counts', () => {
  it('holds the numbers of walks, and answers what any thought has held', async () => {
    const worst = [0, 0, 0, 0, 0, 0];
    for (const items of runs.batchesOf(runs.permutedItems('walk counts', 100))) {
      const prompts = items.map((item) => symbolicPrompt(item));
      const run = await model.run(prompts, { thoughts: 6, thoughtLogits: true });
      items.forEach((item, row) => {
        walks(item, 6).forEach((counts, i) => {
          const logits = runs.rowOf(run.thoughtLogits ?? expect.fail(), row * 6 + i);
          const norm = Math.hypot(...counts);
          const what = `${item.id}, thought ${i + 1}`;
          const expected = norm === 0 ? [] : counts.map((count) => (MOST * count) / norm);
          logits.forEach((logit, id) => {
            const amplitude = expected[id] ?? 0;
            if (norm === 0 && id === SYMBOLIC_TOKENS['<|end-latent|>']) expect(logit, what).toBeCloseTo(MOST, 1);
            else if (amplitude === 0) expect(Math.abs(logit), what).toBeLessThan(0.012);
            else worst[i] = Math.max(worst[i], Math.abs(Math.log(logit / amplitude)));
          });
          expect(norm === 0 || Math.min(...counts.filter((count) => count > 0)) / norm > LEAST_COUNT, what).toBe(true);
        });
      });
      for (const c of [0, 1, 2, 3, 4, 6]) {
        await runs.expectAnswers(run, items, c, (item) =>
          chooseReached(itemGraph(item), item.candidates, item.root, c),
        );
      }
    }
    // Two per cent more for every logarithm taken; the first one, of the root alone, has no ratio to spoil.
    worst.forEach((error, i) => expect(error, `thought ${i + 1}`).toBeLessThan(0.001 + 0.021 * i));
  });

  it('ends the text after the answer', async () => {
    await runs.expectEnd(model, runs.permutedItems('end of walk counts', 8));
  });

  it('has the same bytes everywhere', () => {
    expect(runs.weightsHash(constructedWalkCounts())).toBe(
      'c4e7928f2e0ebef1cd292fd15236ed79078634bec1273fbeb90961d65d0f4891',
    );
  });

  it('is right on orphaned decoys', async () => {
    expect(await runs.rightByThoughts(model, runs.orphanedItems(100))).toEqual([56, 56, 56, 74, 93, 99, 100]);
  });
});
