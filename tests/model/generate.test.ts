import { describe, expect, it } from 'vitest';
import { choosers } from '../../src/model/decoding.js';
import type { HostTensor } from '../../src/tensor/index.js';
import { randomPrompts, tiny } from './support.js';

const largest = (logits: readonly number[]): number => logits.indexOf(Math.max(...logits));

describe('generate', () => {
  // Untied: a tied random model mostly repeats its last token, wherever it stands.
  const { config, model, reference } = tiny(2, { nLayer: 2, tieWordEmbeddings: false });
  const prompts = randomPrompts(config, [5, 9, 3], 1);

  it.each([0, 2])('decodes greedily what the definition gives, after %i thoughts', async (thoughts) => {
    // So many that the cache grows beyond its first step.
    const { ids, finished } = await model.generate(prompts, { thoughts, suffix: [4], maxNewTokens: 20 });
    expect(finished).toEqual([false, false, false]);
    prompts.forEach((prompt, i) => {
      const { embeddings } = reference.thoughts(prompt, thoughts);
      embeddings.push(reference.row('wte.weight', 4));
      const expected: number[] = [];
      for (let n = 0; n < 20; n++) {
        const hidden = reference.hidden(embeddings);
        expected.push(largest(reference.logits(hidden[hidden.length - 1])));
        embeddings.push(reference.row('wte.weight', expected[n]));
      }
      expect(ids[i]).toEqual(expected);
    });
    // A model that repeats itself would not notice a wrong position.
    expect(new Set(ids.flat()).size).toBeGreaterThan(3);
  });

  it('ends each row at eos, which is not among its ids, and goes on with the others', async () => {
    const free = await model.generate(prompts, { thoughts: 1, maxNewTokens: 6 });
    // A token that some row reaches later than another, if ever.
    const eos = free.ids[0][2];
    const stopped = await model.generate(prompts, { thoughts: 1, maxNewTokens: 6, eos });
    free.ids.forEach((ids, i) => {
      const end = ids.indexOf(eos);
      expect(stopped.finished[i]).toBe(end >= 0);
      expect(stopped.ids[i]).toEqual(end < 0 ? ids : ids.slice(0, end));
    });
    expect(stopped.finished[0]).toBe(true);
  });

  it('samples the same tokens for the same seed, others for another, whatever else is in the batch', async () => {
    const sample = (batch: number[][], seed: number): ReturnType<typeof model.generate> =>
      model.generate(batch, { thoughts: 1, maxNewTokens: 12, sampling: { temperature: 1.5, seed } });
    const first = await sample(prompts, 1);
    expect((await sample(prompts, 1)).ids).toEqual(first.ids);
    expect((await sample(prompts, 2)).ids).not.toEqual(first.ids);
    expect((await sample(prompts.slice(0, 1), 1)).ids[0]).toEqual(first.ids[0]);
  });

  it('generates after fewer thoughts than were computed, as if it had stopped there', async () => {
    const run = await model.run(prompts, { thoughts: 3 });
    for (const thoughts of [0, 1, 2]) {
      const options = { suffix: [4], maxNewTokens: 4 };
      expect(await run.generate(thoughts, options)).toEqual(await model.generate(prompts, { thoughts, ...options }));
    }
  });

  it('fills the model to its last position and refuses to go beyond', async () => {
    const { model: small } = tiny(1, { nPositions: 8 });
    const { ids } = await small.generate([[1, 2, 3]], { thoughts: 2, suffix: [4], maxNewTokens: 3 });
    expect(ids[0].length).toBe(3);
    await expect(small.generate([[1, 2, 3]], { thoughts: 2, suffix: [4], maxNewTokens: 4 })).rejects.toThrow(
      /too long/,
    );
  });

  it.each([
    [{ maxNewTokens: 0 }, /maxNewTokens: .*\(0\)/],
    [{ maxNewTokens: 1, suffix: [77] }, /suffix: token id .*\(77/],
    [{ maxNewTokens: 1, sampling: { temperature: 0, seed: 1 } }, /temperature: not above 0 \(0\)/],
    [{ maxNewTokens: 1, sampling: { temperature: 1, seed: 1, topK: 0 } }, /top-k: .*\(0\)/],
  ])('refuses %j', async (options, message) => {
    await expect(model.generate(prompts, { thoughts: 1, ...options })).rejects.toThrow(message);
  });
});

it('generate refuses to choose among logits that are not numbers', async () => {
  const { config, model } = tiny(1);
  const replaceThought = ({ computed }: { computed: HostTensor }): HostTensor => ({
    ...computed,
    data: new Float32Array(computed.data.length).fill(NaN),
  });
  const prompts = randomPrompts(config, [4], 1);
  await expect(model.generate(prompts, { thoughts: 2, replaceThought, maxNewTokens: 3 })).rejects.toThrow(
    "generation: the next token's logits are not finite (NaN)",
  );
});

describe('choosers', () => {
  const logits = Float32Array.from([0, Math.log(2), -Infinity, Math.log(5)]);

  it('takes the first of equals when greedy', () => {
    const [choose] = choosers('greedy', 1);
    expect(choose(Float32Array.from([1, 3, 3, 2]))).toBe(1);
  });

  it('draws in proportion to exp(logit / temperature)', () => {
    const count = (sampling: { temperature: number; seed: number; topK?: number }): number[] => {
      const [choose] = choosers(sampling, 1);
      const counts = [0, 0, 0, 0];
      for (let i = 0; i < 8000; i++) counts[choose(logits)]++;
      return counts.map((n) => n / 8000);
    };
    const near = (shares: number[], expected: number[]): void =>
      // Four standard errors of a share are at most 0.023.
      shares.forEach((share, i) =>
        expect(Math.abs(share - expected[i])).toBeLessThan(expected[i] === 0 ? 1e-12 : 0.023),
      );
    near(count({ temperature: 1, seed: 1 }), [1 / 8, 2 / 8, 0, 5 / 8]);
    near(count({ temperature: 0.5, seed: 2 }), [1 / 30, 4 / 30, 0, 25 / 30]);
    near(count({ temperature: 1, seed: 3, topK: 2 }), [0, 2 / 7, 0, 5 / 7]);
  });

  it('gives each row its own stream', () => {
    const [a, b] = choosers({ temperature: 1, seed: 5 }, 2);
    const flat = new Float32Array(1000);
    expect(Array.from({ length: 5 }, () => a(flat))).not.toEqual(Array.from({ length: 5 }, () => b(flat)));
  });
});
