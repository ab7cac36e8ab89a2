import { createRandom } from '../../src/random.js';

interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A GPT-2 small enough for the JavaScript engine. */
export interface TinyConfig {
  readonly vocabSize: number;
  readonly nPositions: number;
  readonly nEmbd: number;
  readonly nLayer: number;
  readonly nHead: number;
  readonly nInner: number;
  readonly layerNormEpsilon: number;
  readonly tieWordEmbeddings: boolean;
}

export const tinyConfig = (changes: Partial<TinyConfig> = {}): TinyConfig => ({
  vocabSize: 19,
  nPositions: 64,
  nEmbd: 16,
  nLayer: 2,
  nHead: 4,
  nInner: 64,
  layerNormEpsilon: 1e-5,
  tieWordEmbeddings: true,
  ...changes,
});

/**
 * Random parameters, large enough that attention is far from uniform and that every bias and gain matters: a mistake
 * in any of them moves the hidden states by much more than rounding.
 */
export function randomTensors(config: TinyConfig, seed: number): Record<string, FloatTensor> {
  const random = createRandom(seed);
  const { nEmbd: d, nInner } = config;
  const tensors: Record<string, FloatTensor> = {};
  const draw = (name: string, shape: readonly number[], scale: number, centre = 0): void => {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    for (let i = 0; i < data.length; i++) data[i] = centre + scale * random.normal();
    tensors[name] = { shape, data };
  };
  const norm = (name: string): void => {
    draw(`${name}.weight`, [d], 0.2, 1);
    draw(`${name}.bias`, [d], 0.2);
  };
  const linear = (name: string, from: number, to: number): void => {
    draw(`${name}.weight`, [from, to], 1 / Math.sqrt(from));
    draw(`${name}.bias`, [to], 0.2);
  };
  draw('wte.weight', [config.vocabSize, d], 1);
  draw('wpe.weight', [config.nPositions, d], 0.5);
  for (let layer = 0; layer < config.nLayer; layer++) {
    norm(`h.${layer}.ln_1`);
    linear(`h.${layer}.attn.c_attn`, d, 3 * d);
    linear(`h.${layer}.attn.c_proj`, d, d);
    norm(`h.${layer}.ln_2`);
    linear(`h.${layer}.mlp.c_fc`, d, nInner);
    linear(`h.${layer}.mlp.c_proj`, nInner, d);
  }
  norm('ln_f');
  if (!config.tieWordEmbeddings) draw('lm_head.weight', [config.vocabSize, d], 1);
  return tensors;
}
