import { describe, expect, it } from 'vitest';
import { createCoconut, type Coconut } from '../../src/model/index.js';
import type { HostTensor } from '../../src/tensor/index.js';
import { ReferenceGpt2 } from './reference.js';
import { distance, expectClose, randomPrompts, row } from './support.js';
import { randomTensors, tinyConfig } from './tiny.js';

const LATENT = 17;
const config = tinyConfig();
const tensors = randomTensors(config, 5);
const reference = new ReferenceGpt2(config, tensors);
const prompts = randomPrompts(config, [7, 4], 5);
const suffix = [3, 9];

/** A model with the same weights that was trained by a method. */
function trainedBy(method: string): Coconut {
  const coconut = {
    format: 'symbolic' as const,
    method,
    thoughts: 3,
    latentTokens: { start: 16, latent: LATENT, end: 18 },
  };
  return createCoconut({ config: { ...config, coconut }, tensors });
}

const PAUSE_METHODS = ['pause', 'pause-passes', 'pause-no-curriculum'];

/** Hidden states of one plain forward pass with the learned token at k latent positions. */
function plain(prompt: readonly number[], k: number, after: readonly number[]): number[][] {
  const ids = [...prompt, ...new Array<number>(k).fill(LATENT), ...after];
  return reference.hidden(ids.map((id) => reference.row('wte.weight', id)));
}

describe('a pause model', () => {
  it.each(PAUSE_METHODS)('answers as one plain pass with <|latent|> at the latent positions, %s', async (method) => {
    const model = trainedBy(method);
    for (const thoughts of [0, 1, 3]) {
      const logits = await model.nextTokenLogits(prompts, { thoughts, suffix });
      prompts.forEach((prompt, i) => {
        expectClose(row(logits, i), reference.logits(plain(prompt, thoughts, suffix).at(-1) ?? []));
      });
    }
    model.dispose();
  });

  it('shows as thoughts the hidden states before each latent position', async () => {
    const model = trainedBy('pause');
    const { thoughts } = await model.run(prompts, { thoughts: 3 });
    prompts.forEach((prompt, i) => {
      const hidden = plain(prompt, 3, []).slice(prompt.length - 1, prompt.length + 2);
      expectClose(row(thoughts, i), hidden.flat());
    });
    model.dispose();
  });

  it('generates and scores what it would say after them', async () => {
    const model = trainedBy('pause');
    const run = await model.run(prompts, { thoughts: 2 });
    const { ids } = await run.generate(2, { suffix, maxNewTokens: 2, eos: -1 });
    const scores = await run.score(
      2,
      ids.map((row) => [row]),
      { prefix: suffix },
    );
    prompts.forEach((prompt, i) => {
      let logProbability = 0;
      const said: number[] = [];
      for (const token of ids[i]) {
        const logits = reference.logits(plain(prompt, 2, [...suffix, ...said]).at(-1) ?? []);
        expect(token).toBe(logits.indexOf(Math.max(...logits)));
        logProbability += logits[token] - Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0));
        said.push(token);
      }
      expectClose([scores[i][0].total], [logProbability]);
    });
    model.dispose();
  });

  it('reads a replacement where one is given, and the learned token elsewhere', async () => {
    const model = trainedBy('pause');
    const given: HostTensor = {
      data: Float32Array.from({ length: 2 * config.nEmbd }, (_, i) => Math.sin(i)),
      shape: [2, config.nEmbd],
      dtype: 'float32',
    };
    const replaceThought = ({ index }: { index: number }): HostTensor | undefined => (index === 2 ? given : undefined);
    const logits = await model.nextTokenLogits(prompts, { thoughts: 3, suffix, replaceThought });
    prompts.forEach((prompt, i) => {
      const embeddings = [...prompt, LATENT, LATENT, LATENT, ...suffix].map((id) => reference.row('wte.weight', id));
      embeddings[prompt.length + 1] = row(given, i);
      expectClose(row(logits, i), reference.logits(reference.hidden(embeddings).at(-1) ?? []));
    });
    model.dispose();
  });

  it('is another than Coconut with the same weights', async () => {
    const [pause, coconut] = [trainedBy('pause'), trainedBy('coconut')];
    const own = await pause.nextTokenLogits(prompts, { thoughts: 2, suffix });
    const other = await coconut.nextTokenLogits(prompts, { thoughts: 2, suffix });
    expect(distance(own.data, other.data)).toBeGreaterThan(0.01);
    // Thought 1 comes before the first latent position: there they are the same.
    const [a, b] = [await pause.run(prompts, { thoughts: 1 }), await coconut.run(prompts, { thoughts: 1 })];
    expect(a.thoughts.data).toEqual(b.thoughts.data);
    pause.dispose();
    coconut.dispose();
  });
});
