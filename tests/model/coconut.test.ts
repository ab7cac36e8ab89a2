import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCoconut, supplyThoughts } from '../../src/model/index.js';
import { useEngine, type HostTensor } from '../../src/tensor/index.js';
import { distance, expectClose, randomPrompts, row, tiny } from './support.js';
import { randomTensors } from './tiny.js';

const SEEDS = [1, 2, 3];
const LENGTHS = [5, 9, 18];
const SUFFIX = [4, 7];

describe.each(['cpu', 'onnxruntime'] as const)('Coconut on %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  describe.each(SEEDS)('seed %i', (seed) => {
    const { config, model, reference } = tiny(seed);
    const prompts = randomPrompts(config, LENGTHS, seed);
    afterAll(() => model.dispose());

    it('computes the thoughts of the definition: the whole sequence anew for each, in float64', async () => {
      const { thoughts } = await model.run(prompts, { thoughts: 3 });
      expect(thoughts).toMatchObject({ shape: [3, 3, config.nEmbd], dtype: 'float32' });
      prompts.forEach((prompt, i) => expectClose(row(thoughts, i), reference.thoughts(prompt, 3).thoughts.flat()));
    });

    it('gives the logits of the definition after any number of thoughts and a suffix', async () => {
      const run = await model.run(prompts, { thoughts: 3 });
      for (const c of [0, 1, 3]) {
        const logits = await run.nextTokenLogits(c, SUFFIX);
        expect(logits.shape).toEqual([3, config.vocabSize]);
        prompts.forEach((prompt, i) => {
          const { embeddings } = reference.thoughts(prompt, c);
          const hidden = reference.hidden([...embeddings, ...SUFFIX.map((id) => reference.row('wte.weight', id))]);
          expectClose(row(logits, i), reference.logits(hidden[hidden.length - 1]));
        });
      }
    });

    it('reads the thoughts through the LM head without another LayerNorm', async () => {
      const { thoughts, thoughtLogits } = await model.run(prompts, { thoughts: 2, thoughtLogits: true });
      expect(thoughtLogits?.shape).toEqual([3, 2, config.vocabSize]);
      const expected = Array.from({ length: 6 }, (_, i) =>
        reference.logits(Array.from(thoughts.data.subarray(i * config.nEmbd, (i + 1) * config.nEmbd))),
      );
      expectClose(thoughtLogits?.data ?? [], expected.flat());
    });

    it('gives a batch, padded at the left, what each prompt gives alone', async () => {
      const batch = await model.run(prompts, { thoughts: 2 });
      const logits = await batch.nextTokenLogits(2, SUFFIX);
      for (const [i, prompt] of prompts.entries()) {
        const alone = await model.run([prompt], { thoughts: 2 });
        expectClose(row(batch.thoughts, i), alone.thoughts.data);
        expectClose(row(logits, i), (await alone.nextTokenLogits(2, SUFFIX)).data);
      }
    });

    it('equals one replay over the final embeddings', async () => {
      const run = await model.run(prompts, { thoughts: 3 });
      const whole = await model.replay(prompts, run.thoughts, { suffix: SUFFIX });
      expect(whole.hidden.shape).toEqual([3, 18 + 3 + 2, config.nEmbd]);
      expectClose(whole.nextLogits.data, (await run.nextTokenLogits(3, SUFFIX)).data);
      // The hidden state at latent position p - 1 is the embedding at p.
      for (let i = 0; i < 3; i++) {
        const hidden = row(whole.hidden, i).slice(17 * config.nEmbd, 20 * config.nEmbd);
        expectClose(hidden, row(run.thoughts, i));
      }
    });

    it('changes nothing when a thought is patched with itself', async () => {
      const own = await model.run(prompts, { thoughts: 3 });
      const again = await model.run(prompts, { thoughts: 3, replaceThought: supplyThoughts(own.thoughts) });
      expect(again.thoughts.data).toEqual(own.thoughts.data);
      const one = await model.run(prompts, { thoughts: 3, replaceThought: supplyThoughts(own.thoughts, [2]) });
      expect(one.thoughts.data).toEqual(own.thoughts.data);
      expect((await one.nextTokenLogits(3, SUFFIX)).data).toEqual((await own.nextTokenLogits(3, SUFFIX)).data);
    });

    it('keeps thoughts that a callback refills or writes into', async () => {
      const filled: HostTensor = {
        data: new Float32Array(3 * config.nEmbd),
        shape: [3, config.nEmbd],
        dtype: 'float32',
      };
      const { thoughts } = await model.run(prompts, {
        thoughts: 3,
        replaceThought({ index, computed }) {
          computed.data.fill(NaN);
          if (index === 3) return undefined;
          filled.data.fill(index);
          return filled;
        },
      });
      expect([thoughts.data[0], thoughts.data[config.nEmbd]]).toEqual([1, 2]);
      expect(thoughts.data.every((x) => Number.isFinite(x))).toBe(true);
    });

    it('refuses to supply a thought that is not there', async () => {
      const own = await model.run(prompts, { thoughts: 2 });
      expect(() => supplyThoughts(own.thoughts, [3])).toThrow(
        'supplied thoughts: thought 3 is not among them (2 given)',
      );
      const short = { ...own.thoughts, data: own.thoughts.data.slice(1) };
      expect(() => supplyThoughts(short)).toThrow('supplied thoughts: wrong shape or type');
    });

    it('uses supplied thoughts verbatim, and computes the later ones from them', async () => {
      const foreign = await model.run(randomPrompts(config, LENGTHS, seed + 50), { thoughts: 3 });
      const own = await model.run(prompts, { thoughts: 3 });
      const patched = await model.run(prompts, { thoughts: 3, replaceThought: supplyThoughts(foreign.thoughts, [2]) });
      const d = config.nEmbd;
      for (let i = 0; i < 3; i++) {
        expect(row(patched.thoughts, i).slice(0, d)).toEqual(row(own.thoughts, i).slice(0, d));
        expect(row(patched.thoughts, i).slice(d, 2 * d)).toEqual(row(foreign.thoughts, i).slice(d, 2 * d));
        const embeddings = prompts[i].map((id) => reference.row('wte.weight', id));
        embeddings.push(row(patched.thoughts, i).slice(0, d), row(patched.thoughts, i).slice(d, 2 * d));
        const hidden = reference.hidden(embeddings);
        expectClose(row(patched.thoughts, i).slice(2 * d), hidden[hidden.length - 1]);
      }
      expect(distance(patched.thoughts.data, own.thoughts.data)).toBeGreaterThan(0.01);
    });

    it('asks a run in any order without changing it', async () => {
      const run = await model.run(prompts, { thoughts: 3 });
      const first = await run.nextTokenLogits(1, SUFFIX);
      await run.generate(2, { maxNewTokens: 4 });
      await run.nextTokenLogits(3, []);
      expect((await run.nextTokenLogits(1, SUFFIX)).data).toEqual(first.data);
    });
  });
});

describe('Coconut', () => {
  const { config, model } = tiny(2, { nPositions: 24 });
  const prompts = randomPrompts(config, [6, 10], 1);

  it('gives no thoughts for k = 0, and the suffix directly after the prompt', async () => {
    const run = await model.run(prompts, { thoughts: 0 });
    expect(run.thoughts.shape).toEqual([2, 0, config.nEmbd]);
    const joined = prompts.map((prompt) => [...prompt, ...SUFFIX]);
    const expected = await model.nextTokenLogits(joined, { thoughts: 0 });
    expectClose((await model.nextTokenLogits(prompts, { thoughts: 0, suffix: SUFFIX })).data, expected.data);
  });

  it('hands each computed thought to the replacement once, in order', async () => {
    const seen: HostTensor[] = [];
    const run = await model.run(prompts, {
      thoughts: 3,
      replaceThought: ({ index, computed }) => {
        expect(index).toBe(seen.push(computed));
        return undefined;
      },
    });
    expect(seen.map(({ shape }) => shape)).toEqual([
      [2, 16],
      [2, 16],
      [2, 16],
    ]);
    for (let i = 0; i < 2; i++) expect(seen.flatMap((thought) => row(thought, i))).toEqual(row(run.thoughts, i));
  });

  it.each([
    ['no prompts', [], { thoughts: 1 }, /prompts: none given/],
    ['an empty prompt', [[1], []], { thoughts: 1 }, /prompt 1: no tokens/],
    ['an id outside the vocabulary', [[1, 19]], { thoughts: 1 }, /prompt 0: token id outside .*\(19; it has 19\)/],
    ['a fractional id', [[1.5]], { thoughts: 1 }, /prompt 0: token id outside .*\(1.5/],
    ['a negative number of thoughts', [[1]], { thoughts: -1 }, /number of thoughts: .*\(-1\)/],
    [
      'a prompt without room',
      [[1], Array<number>(20).fill(1)],
      { thoughts: 5 },
      /prompt 1: too long \(20 tokens and 5/,
    ],
  ])('refuses %s', async (_what, wrong, options, message) => {
    await expect(model.run(wrong, options)).rejects.toThrow(message);
  });

  it('takes a prompt that just fits', async () => {
    const { thoughts } = await model.run([Array<number>(20).fill(1)], { thoughts: 4 });
    expect(thoughts.data.every(Number.isFinite)).toBe(true);
  });

  it('refuses to be asked for more thoughts or positions than there are', async () => {
    const run = await model.run(prompts, { thoughts: 2 });
    await expect(run.nextTokenLogits(3)).rejects.toThrow(/more than the run has \(3 of 2\)/);
    await expect(run.nextTokenLogits(2, Array<number>(13).fill(1))).rejects.toThrow(/prompt 1: too long/);
    await expect(run.nextTokenLogits(2, [99])).rejects.toThrow(/suffix: token id/);
  });

  it('refuses a replacement of another shape', async () => {
    const wrong = { data: new Float32Array(16), shape: [1, 16], dtype: 'float32' } as const;
    await expect(model.run(prompts, { thoughts: 1, replaceThought: () => wrong })).rejects.toThrow(
      /replacement of thought 1: wrong shape or type \(float32 \[1, 16\]\); give float32 \[2, 16\]/,
    );
  });

  it('refuses weights that the configuration does not describe', () => {
    const tensors = randomTensors(config, 1);
    const short = { ...tensors, 'ln_f.bias': { shape: [16], data: new Float32Array(15) } };
    expect(() => createCoconut({ config, tensors: short })).toThrow(
      /weights: ln_f\.bias does not fit \(\[16\] with 15 elements\); .* \[16\]/,
    );
    const other = { ...config, nEmbd: 32 };
    expect(() => createCoconut({ config: other, tensors })).toThrow(/wte\.weight does not fit \(\[19, 16\]/);
    const untied = { ...config, tieWordEmbeddings: false };
    expect(() => createCoconut({ config: untied, tensors })).toThrow(/lm_head\.weight does not fit \(missing\)/);
  });

  it('says so when it is used after dispose', async () => {
    const { model: gone } = tiny(1);
    gone.dispose();
    gone.dispose();
    await expect(gone.run(prompts, { thoughts: 1 })).rejects.toThrow(/model: was disposed of/);
  });
});
