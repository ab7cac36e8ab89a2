import { beforeAll, describe, expect, it } from 'vitest';
import { useEngine } from '../../src/tensor/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { parseTrainingConfig, planTraining } from '../../src/training/index.js';
import { TINY, TINY_PHASE } from './tiny-training.js';

beforeAll(async () => {
  await useEngine('onnxruntime');
});

const planOf = (changes: object): ReturnType<typeof planTraining> =>
  planTraining({
    config: parseTrainingConfig('test', { ...TINY, ...changes }),
    seed: 1,
    data: {},
    wording: symbolicWording,
    sources: {},
  });

describe('planTraining', () => {
  it('counts steps, questions and parameters, and times a step of each phase', async () => {
    const phases = [TINY_PHASE, { ...TINY_PHASE, name: 'twice', steps: 1, accumulate: 2 }];
    const plan = await planOf({ phases });
    expect(plan.phases).toMatchObject([
      { name: 'questions', steps: 6, questions: 4 },
      { name: 'twice', steps: 1, questions: 8 },
    ]);
    // Width 8, one layer, 40 tokens, 48 positions: embeddings, a block of 4 + 8 d^2 matrices with biases and norms, a last norm.
    const [d, tokens, positions] = [8, 40, 48];
    const block = 12 * d * d + (3 * d + d + 4 * d + d) + 4 * d;
    expect(plan.parameters).toBe((tokens + positions) * d + block + 2 * d);
    const [one, two] = plan.phases;
    expect(one.msPerStep).toBeGreaterThan(0);
    expect(plan.seconds).toBeCloseTo((6 * one.msPerStep + two.msPerStep) / 1000, 9);
    expect(plan.bytes).toBeGreaterThan(2 ** 20);
    // Two prompts of 16 padded positions each, four questions with opening, one thought and a padded answer.
    expect(one.positions).toBeGreaterThan(2 * 16 + 4);
    expect(two.positions).toBe(2 * one.positions);
  });

  it('refuses what training would refuse', async () => {
    const model = { ...TINY.model, positions: 8 };
    await expect(planOf({ model })).rejects.toThrow('does not fit (the model has 8 positions)');
  });
});
