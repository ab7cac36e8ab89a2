import { describe, expect, it } from 'vitest';
import { readGpt2 } from '../../../src/checkpoint/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { constructedBfs, type ConstructedModel } from '../../../src/model/constructed/index.js';
import * as symmetries from '../../../src/model/constructed/symmetries.js';
import { createRandom } from '../../../src/random.js';
import { symbolicPrompt } from '../../../src/tokenizer/index.js';
import * as runs from './variant-runs.js';

const { residualOrder, ...all } = symmetries;

/** What float32 makes of another order of the same sums, relative to the largest number. Measured: 1e-6. */
const TOLERANCE = 1e-5;

/** The trained model has 96 positions. */
const prompts = runs
  .permutedItems('symmetries', 60)
  .map((item) => symbolicPrompt(item))
  .filter(({ length }) => length <= 88)
  .slice(0, 6);

/** Thoughts and next tokens' logits, before and after `[A]`. */
async function outcomes(weights: ConstructedModel): Promise<{ thoughts: Float32Array; logits: Float32Array[] }> {
  const model = createCoconut(weights);
  const run = await model.run(prompts, { thoughts: 6 });
  const logits = [];
  for (const c of [0, 3, 6]) {
    for (const suffix of [[], runs.ANSWER]) logits.push(Float32Array.from((await run.nextTokenLogits(c, suffix)).data));
  }
  const thoughts = Float32Array.from(run.thoughts.data);
  model.dispose();
  return { thoughts, logits };
}

function expectClose(actual: Float32Array, expected: Float32Array, tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const worst = expected.reduce((most, x, i) => Math.max(most, Math.abs(actual[i] - x)), 0);
  expect(worst / largest).toBeLessThanOrEqual(tolerance);
}

describe.each(['constructed-bfs', 'prosqa-small-coconut'])('%s', (name) => {
  const load = async (): Promise<ConstructedModel> =>
    name === 'constructed-bfs' ? constructedBfs() : await readGpt2(`fixtures/models/${name}`);

  it.each(Object.entries(all))('%s computes the same with other weights', async (symmetry, change) => {
    const model = await load();
    const changed = change(model, createRandom(symmetry));
    expect(runs.weightsHash(changed)).not.toBe(runs.weightsHash(model));
    const [before, after] = [await outcomes(model), await outcomes(changed)];
    const tolerance = symmetry === 'rescaleHeads' ? 0 : TOLERANCE;
    const width = model.config.nEmbd;
    const order =
      symmetry === 'permuteResidual' ? residualOrder(model, createRandom(symmetry)) : [...Array(width).keys()];
    const expected = before.thoughts.map((_, i) => before.thoughts[Math.floor(i / width) * width + order[i % width]]);
    expectClose(after.thoughts, expected, tolerance);
    after.logits.forEach((logits, i) => {
      expectClose(logits, before.logits[i], tolerance);
    });
  });

  it('leaves the weights that it was given as they are', async () => {
    const model = await load();
    const before = runs.weightsHash(model);
    for (const change of Object.values(all)) change(model, createRandom('unused'));
    expect(runs.weightsHash(model)).toBe(before);
  });
});
