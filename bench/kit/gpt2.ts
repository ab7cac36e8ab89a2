/** GPT-2 with random weights, the same in JavaScript and in bench/gpt2_small.py: no file passes between them. */
import { encode } from 'gpt-tokenizer/encoding/r50k_base';
import type { Gpt2Config } from '../../src/checkpoint/index.js';
import { englishQuestion, randomItem } from '../../src/dataset/index.js';
import type { CoconutWeights } from '../../src/model/index.js';
import { createRandom } from '../../src/random.js';

/** `<|start-latent|>` and `<|end-latent|>` as the official code appends them. */
const START_LATENT = 50_257;
export const END_LATENT = 50_258;

/** GPT-2 124M with the three latent tokens of Coconut. */
export const GPT2_SMALL: Gpt2Config = {
  vocabSize: 50_260,
  nPositions: 1024,
  nEmbd: 768,
  nLayer: 12,
  nHead: 12,
  nInner: 3072,
  layerNormEpsilon: 1e-5,
  tieWordEmbeddings: true,
};

/** The same, with the same tokens, of a size for smoke runs. */
export const GPT2_TINY: Gpt2Config = { ...GPT2_SMALL, nEmbd: 32, nLayer: 2, nHead: 2, nInner: 128 };

/** Name, shape, centre and standard deviation of every parameter, in the order in which numbers are drawn. */
export function parameterPlan({
  vocabSize,
  nPositions,
  nEmbd: d,
  nInner,
  nLayer,
}: Gpt2Config): { name: string; shape: number[]; centre: number; deviation: number }[] {
  const plan = [
    { name: 'wte.weight', shape: [vocabSize, d], centre: 0, deviation: 0.05 },
    { name: 'wpe.weight', shape: [nPositions, d], centre: 0, deviation: 0.02 },
  ];
  const norm = (name: string): void => {
    plan.push({ name: `${name}.weight`, shape: [d], centre: 1, deviation: 0.1 });
    plan.push({ name: `${name}.bias`, shape: [d], centre: 0, deviation: 0.1 });
  };
  const linear = (name: string, from: number, to: number): void => {
    plan.push({ name: `${name}.weight`, shape: [from, to], centre: 0, deviation: 1 / Math.sqrt(from) });
    plan.push({ name: `${name}.bias`, shape: [to], centre: 0, deviation: 0.1 });
  };
  for (let layer = 0; layer < nLayer; layer++) {
    norm(`h.${layer}.ln_1`);
    linear(`h.${layer}.attn.c_attn`, d, 3 * d);
    linear(`h.${layer}.attn.c_proj`, d, d);
    norm(`h.${layer}.ln_2`);
    linear(`h.${layer}.mlp.c_fc`, d, nInner);
    linear(`h.${layer}.mlp.c_proj`, nInner, d);
  }
  norm('ln_f');
  return plan;
}

/** Number i of the stream is a hash of i (murmur3's finaliser), so that numpy draws the same numbers at once. */
function uniform(i: number): number {
  let x = i | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

export function randomWeights(config: Gpt2Config): CoconutWeights {
  let drawn = 0;
  const tensors: Record<string, { shape: number[]; data: Float32Array }> = {};
  for (const { name, shape, centre, deviation } of parameterPlan(config)) {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    const spread = 2 * Math.sqrt(3) * deviation;
    for (let i = 0; i < data.length; i++) data[i] = centre + spread * (uniform(drawn++) - 0.5);
    tensors[name] = { shape, data };
  }
  return { config, tensors };
}

/** An item of ProsQA's distribution in English, as GPT-2's token ids. */
export interface EnglishItem {
  /** The question, its line end and `<|start-latent|>`. */
  readonly prompt: number[];
  /** The tokens of every node's name inside a sentence, [node]. */
  readonly names: number[][];
}

/** Random items like the official ones, whose questions have 362 tokens (standard deviation 57). */
export function englishItems(count: number, seed: string): EnglishItem[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const item = randomItem(random, String(i));
    return {
      prompt: [...encode(`${englishQuestion(item, item.names)}\n`), START_LATENT],
      names: item.names.map((name) => encode(` ${name}`)),
    };
  });
}
