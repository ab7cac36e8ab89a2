import { afterAll, describe, expect, it } from 'vitest';
import type { Gpt2Config } from '../../src/checkpoint/index.js';
import { randomItems } from '../../src/dataset/index.js';
import { createCoconut } from '../../src/model/index.js';
import {
  observeInterpolation,
  observeLogitLens,
  observeNames,
  observePrior,
  observeValues,
  readEntityBelief,
  readInterpolation,
  readLogitLens,
  readQuestionPrior,
  readTree,
  valuePrefix,
} from '../../src/readout/index.js';
import { useEngine } from '../../src/tensor/index.js';
import { englishWording, gpt2Tokenizer } from '../../src/tokenizer/index.js';
import { createRandom } from '../../src/random.js';
import { randomTensors } from '../checkpoint/tiny-gpt2.js';

const options = { seed: 1, resamples: 20 };
const config: Gpt2Config = {
  vocabSize: 50260,
  nPositions: 512,
  nEmbd: 16,
  nLayer: 2,
  nHead: 2,
  nInner: 16,
  layerNormEpsilon: 1e-5,
  tieWordEmbeddings: true,
};

/** Natural logarithm of a token's probability. */
function logProbability(logits: ArrayLike<number>, token: number): number {
  const all = Array.from(logits);
  const highest = all.reduce((a, b) => Math.max(a, b), -Infinity);
  return all[token] - highest - Math.log(all.reduce((sum, x) => sum + Math.exp(x - highest), 0));
}

describe('readouts in English, on random weights', async () => {
  await useEngine('onnxruntime');
  const wording = englishWording(await gpt2Tokenizer());
  const items = randomItems(createRandom('english readouts'), 3, { nodes: 12, minNodes: 8, maxDepth: 4 });
  const model = createCoconut({ config, tensors: randomTensors(config) });
  afterAll(() => {
    model.dispose();
  });

  it('read values after <|end-latent|> and Every, which has no space before it', async () => {
    expect(valuePrefix(wording)).toEqual({ text: '<|end-latent|>Every', tokens: [50258, 6109] });
    const [observation] = await observeValues(model, items, wording, 2);
    expect(observation.scorer).toBe('sequence');
    // One value, token by token: the model reads the prompt, a thought, the prefix, and the name so far.
    const [item] = items;
    const node = item.target;
    const name = wording.nodeTokens(item, node);
    let log = 0;
    for (const [i, token] of name.entries()) {
      const suffix = [50258, 6109, ...name.slice(0, i)];
      const { data } = await model.nextTokenLogits([wording.prompt(item)], { thoughts: 1, suffix });
      log += logProbability(data, token);
    }
    expect(Math.log(observation.values[0][node])).toBeCloseTo(log, 3);
    expect(readTree([observation], options)).toMatchObject({ scorer: 'sequence', items: 1 });
  });

  it('read the answer’s name behind ### and the beginning of the sentence', async () => {
    const [observation] = await observePrior(model, items.slice(0, 1), wording);
    const [item] = items;
    const [first] = wording.nodeTokens(item, item.decoy);
    const suffix = [...wording.suffix, ...wording.tokenizer.encode(`### ${item.names[item.root]} is a`)];
    const { data } = await model.nextTokenLogits([wording.prompt(item)], { thoughts: 0, suffix });
    const log = logProbability(data, first);
    // The whole name is at most as probable as its first token.
    expect(observation.answer[item.decoy]).toBeLessThanOrEqual(log + 1e-3);
    expect(readQuestionPrior([observation], options).answer.nodeMass.n).toBe(1);
  });

  it('run whatever the wording', async () => {
    const spoken = readInterpolation(await observeInterpolation(model, items.slice(0, 1), wording, 1), options);
    // Random weights say no sentence.
    const { hallucination, incorrectLabel } = spoken.perThought[1].classes;
    expect((hallucination.value ?? 0) + (incorrectLabel.value ?? 0)).toBe(1);
    expect(readEntityBelief(await observeNames(model, items, wording, 1), options).perThought).toHaveLength(2);
    expect(readLogitLens(await observeLogitLens(model, items, wording, 1), options).perThought[0].layers).toHaveLength(
      2,
    );
  });
});
