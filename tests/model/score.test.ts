import { describe, expect, it } from 'vitest';
import { useEngine, type EngineName } from '../../src/tensor/index.js';
import { createRandom } from '../../src/random.js';
import { randomPrompts, tiny, type Tiny } from './support.js';

/**
 * Log-probabilities in float32 against float64 through up to three layers and three thoughts: differences reach 5e-6 of
 * logits around 10.
 */
const TOLERANCE = 5e-5;

/** log p(token) after prompt, c thoughts, prefix and the tokens before it, by the definition and in float64. */
function byDefinition(
  { reference }: Tiny,
  prompt: readonly number[],
  c: number,
  prefix: readonly number[],
  continuation: readonly number[],
): number[] {
  const { embeddings } = reference.thoughts(prompt, c);
  const read = [...prefix, ...continuation.slice(0, -1)].map((id) => reference.row('wte.weight', id));
  const hidden = reference.hidden([...embeddings, ...read]);
  return continuation.map((token, i) => {
    const logits = reference.logits(hidden[embeddings.length + prefix.length - 1 + i]);
    const top = Math.max(...logits);
    return logits[token] - top - Math.log(logits.reduce((sum, x) => sum + Math.exp(x - top), 0));
  });
}

/** Names of one to three tokens, some with the same beginnings, one twice. */
function ragged(vocabulary: number, count: number, seed: number): number[][] {
  const random = createRandom(`continuations ${seed}`);
  const names = Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.integer(3) }, (_, i) => (i === 0 ? random.integer(3) : random.integer(vocabulary))),
  );
  return [...names, names[0]];
}

describe.each<EngineName>(['onnxruntime', 'cpu'])('continuation scores on %s', (engine) => {
  it.each([
    { seed: 0, lengths: [5, 9, 3], k: 3, prefix: [4, 7] },
    { seed: 1, lengths: [7], k: 2, prefix: [] },
    { seed: 2, lengths: [2, 2], k: 0, prefix: [] },
    { seed: 3, lengths: [4, 6], k: 1, prefix: [1] },
  ])('equal one forward pass per continuation (seed $seed)', async ({ seed, lengths, k, prefix }) => {
    await useEngine(engine);
    const model = tiny(seed);
    const prompts = randomPrompts(model.config, lengths, seed);
    const continuations = prompts.map((_, row) => ragged(model.config.vocabSize, 4 + row, seed * 10 + row));
    const run = await model.model.run(prompts, { thoughts: k });
    const scores = await run.scoreAll(continuations, { prefix });
    expect(scores.length).toBe(k + 1);
    scores.forEach((rows, c) => {
      expect(rows.length).toBe(prompts.length);
      rows.forEach((row, r) => {
        expect(row.length).toBe(continuations[r].length);
        row.forEach(({ total, tokens }, m) => {
          const expected = byDefinition(model, prompts[r], c, prefix, continuations[r][m]);
          expect(tokens.length).toBe(expected.length);
          tokens.forEach((token, i) => expect(Math.abs(token - expected[i])).toBeLessThan(TOLERANCE));
          expect(total).toBeCloseTo(
            tokens.reduce((a, b) => a + b, 0),
            12,
          );
        });
      });
    });
    model.model.dispose();
  });

  it('the probabilities of all tokens add up to 1 after any number of thoughts', async () => {
    await useEngine(engine);
    const { model, config } = tiny(4);
    const prompts = randomPrompts(config, [6, 3], 4);
    const all = prompts.map(() => Array.from({ length: config.vocabSize }, (_, token) => [token]));
    const run = await model.run(prompts, { thoughts: 2 });
    for (const rows of await run.scoreAll(all, { prefix: [2] })) {
      for (const row of rows) {
        expect(row.reduce((sum, { total }) => sum + Math.exp(total), 0)).toBeCloseTo(1, 5);
      }
    }
    model.dispose();
  });
});

describe('continuation scores', () => {
  it('after one number of thoughts are those of all numbers, and leave the run as it was', async () => {
    await useEngine('onnxruntime');
    const { model, config } = tiny(5);
    const prompts = randomPrompts(config, [6, 8], 5);
    const continuations = prompts.map((_, row) => ragged(config.vocabSize, 5, row));
    const run = await model.run(prompts, { thoughts: 3 });
    const before = await run.nextTokenLogits(3, [1]);
    const all = await run.scoreAll(continuations, { prefix: [1] });
    for (let c = 0; c <= 3; c++) {
      const one = await run.score(c, continuations, { prefix: [1] });
      one.forEach((row, r) => row.forEach(({ total }, m) => expect(total).toBeCloseTo(all[c][r][m].total, 4)));
    }
    expect((await run.nextTokenLogits(3, [1])).data).toEqual(before.data);
    model.dispose();
  });

  it('come in groups where the trees of all rows are too many for one pass', async () => {
    await useEngine('onnxruntime');
    const model = tiny(6, { nPositions: 64 });
    const { config } = model;
    const lengths = Array.from({ length: 7 }, (_, i) => 3 + i);
    const prompts = randomPrompts(config, lengths, 6);
    // Trees of some 100 positions: five rows to a group.
    const pairs = Array.from({ length: 30 }, (_, i) => [i % config.vocabSize, (i * 7) % config.vocabSize, i % 5]);
    const run = await model.model.run(prompts, { thoughts: 2 });
    // Without a prefix, first tokens after no thoughts are predicted from the prompt itself.
    const scores = await run.scoreAll(prompts.map(() => pairs));
    for (const [c, r, m] of [
      [0, 0, 0],
      [0, 6, 3],
      [2, 6, 29],
      [1, 5, 12],
      [2, 4, 7],
    ] as const) {
      const expected = byDefinition(model, prompts[r], c, [], pairs[m]);
      scores[c][r][m].tokens.forEach((token, i) => expect(Math.abs(token - expected[i])).toBeLessThan(TOLERANCE));
    }
    model.model.dispose();
  });

  it('says what is wrong with what it is asked', async () => {
    await useEngine('onnxruntime');
    const { model, config } = tiny(7, { nPositions: 12 });
    const run = await model.run(randomPrompts(config, [8], 7), { thoughts: 2 });
    await expect(run.scoreAll([])).rejects.toThrow('continuations: not one list per prompt (0 lists, 1 prompts)');
    await expect(run.scoreAll([[[1], []]])).rejects.toThrow('continuation 1 of prompt 0: no tokens (0)');
    await expect(run.scoreAll([[[config.vocabSize]]])).rejects.toThrow(/continuation 0 of prompt 0: token id outside/);
    await expect(run.score(3, [[[1]]])).rejects.toThrow(/more than the run has \(3 of 2\)/);
    await expect(run.score(1, [[[1]]], { prefix: [-1] })).rejects.toThrow(/prefix: token id outside/);
    // 8 + 2 thoughts + 1 prefix + 2 tokens that are read + 1 that is predicted: one too many is read.
    await expect(run.score(2, [[[1, 2, 3]]], { prefix: [1] })).rejects.toThrow(/prompt 0: too long/);
    await expect(run.score(2, [[[1, 2]]], { prefix: [1] })).resolves.toHaveLength(1);
    expect(await run.score(2, [[]])).toEqual([[]]);
    model.dispose();
  });
});
