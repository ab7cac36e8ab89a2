import { describe, expect, it } from 'vitest';
import { useEngine } from '../../src/tensor/index.js';
import { distance, expectClose, randomPrompts, row, tiny } from './support.js';

describe('prompts long enough to be read one by one', () => {
  it('give the thoughts, logits and scores that each gives alone, and that watched passes give together', async () => {
    await useEngine('onnxruntime');
    const { model, config } = tiny(8, { nPositions: 320, nLayer: 2 });
    const prompts = randomPrompts(config, [300, 41, 256], 8);
    const names = prompts.map((_, r) => [[1, 2], [1, 3 + r], [4]]);
    const run = await model.run(prompts, { thoughts: 3 });
    const scores = await run.scoreAll(names, { prefix: [5] });
    const watched = await model.runWithTrace(prompts, { thoughts: 3, suffix: [5] });
    expectClose(run.thoughts.data, watched.thoughts.data);
    expectClose((await run.nextTokenLogits(3, [5])).data, watched.nextLogits.data, 1e-4);
    for (const [r, prompt] of prompts.entries()) {
      const alone = await model.run([prompt], { thoughts: 3 });
      expectClose(row(run.thoughts, r), alone.thoughts.data);
      const own = await alone.scoreAll([names[r]], { prefix: [5] });
      own.forEach((rows, c) =>
        expectClose(
          scores[c][r].map(({ total }) => total),
          rows[0].map(({ total }) => total),
          1e-4,
        ),
      );
    }
    // The rows do differ: no row was read for another.
    expect(distance(row(run.thoughts, 0), row(run.thoughts, 2))).toBeGreaterThan(0.1);
    model.dispose();
  });
});
