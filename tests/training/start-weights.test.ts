import { describe, expect, it } from 'vitest';
import { readGpt2, type Gpt2Config } from '../../src/checkpoint/index.js';
import { randomItems } from '../../src/dataset/index.js';
import { useEngine } from '../../src/tensor/index.js';
import { englishWording, gpt2Tokenizer } from '../../src/tokenizer/index.js';
import { modelConfigOf, parseTrainingConfig } from '../../src/training/index.js';
import { createRandom } from '../../src/random.js';
import { startWeights } from '../../src/training/start-weights.js';
import { randomTensors, tinyConfig } from '../model/tiny.js';
import { TINY, TINY_PHASE, train } from './tiny-training.js';

const ITEM_PHASE = { ...TINY_PHASE, graphs: undefined, batchQuestions: 1, batchGraphs: 1, steps: 1 };

/** The configuration of a model that starts from one with so many tokens. */
function vocabulary(changes: object, vocabSize: number): number {
  const config = parseTrainingConfig('test', { ...TINY, ...changes, phases: [ITEM_PHASE] });
  const start: Gpt2Config = tinyConfig({ vocabSize });
  return modelConfigOf(config, start).vocabSize;
}

describe('a model to start from', () => {
  it("gets room for the latent tokens, which GPT-2's own vocabulary does not have, where they are read", () => {
    expect(vocabulary({ wording: 'english' }, 50257)).toBe(50260);
    expect(vocabulary({ wording: 'english', method: 'pause' }, 50257)).toBe(50260);
    expect(vocabulary({ wording: 'english', method: 'cot' }, 50257)).toBe(50257);
    expect(vocabulary({ wording: 'english' }, 50304)).toBe(50304);
    expect(vocabulary({}, 40)).toBe(40);
  });

  it('needs the tokens of the wording', () => {
    expect(() => vocabulary({}, 39)).toThrow(
      'model to start from: has fewer tokens than the symbolic wording (39, 40); start from another',
    );
    expect(() => vocabulary({ wording: 'english' }, 40)).toThrow(
      'has fewer tokens than the english wording (40, 50257)',
    );
  });

  it('has copies of another row for the tokens that it lacks, in the embeddings and an untied head', () => {
    const config = tinyConfig({ vocabSize: 19, tieWordEmbeddings: false });
    const tensors = randomTensors(config, 1);
    const grown = startWeights({ tensors }, 21, 7);
    for (const name of ['wte.weight', 'lm_head.weight']) {
      const { data } = tensors[name];
      const row = data.subarray(7 * 16, 8 * 16);
      expect(grown[name].shape).toEqual([21, 16]);
      expect([...grown[name].data]).toEqual([...data, ...row, ...row]);
    }
    expect(grown['wpe.weight'].data).toBe(tensors['wpe.weight'].data);
    expect(startWeights({ tensors }, 19, undefined)['wte.weight'].data).toBe(tensors['wte.weight'].data);
    expect(() => startWeights({ tensors }, 20, undefined)).toThrow(RangeError);
  });

  it("trains Coconut in English from GPT-2's vocabulary", async () => {
    await useEngine('onnxruntime');
    const config = tinyConfig({ vocabSize: 50257, nPositions: 768, nEmbd: 8, nLayer: 1, nHead: 2, nInner: 8 });
    const start = { config, tensors: randomTensors(config, 2), sha256: 'start' };
    const english = englishWording(await gpt2Tokenizer());
    const items = randomItems(createRandom('english'), 1);
    // A learning rate at which nothing moves: what is written is what training started from.
    const phases = [{ ...ITEM_PHASE, learningRate: 1e-30 }];
    const changes = { wording: 'english', model: undefined, optimizer: { weightDecay: 0 }, phases };
    const { out } = await train(changes, { start, data: { items, english }, wording: english });
    const { config: made, tensors } = await readGpt2(out);
    expect([made.vocabSize, made.coconut?.latentTokens]).toEqual([50260, { start: 50257, end: 50258, latent: 50259 }]);
    const [like] = english.tokenizer.encode('<<');
    const rows = tensors['wte.weight'].data;
    expect(rows.subarray(50257 * 8, 50258 * 8)).toEqual(rows.subarray(like * 8, (like + 1) * 8));
  });
});
