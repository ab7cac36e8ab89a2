import { gpt2TensorShapes, type FloatTensor, type Gpt2Config } from '../../checkpoint/index.js';
import { createRandom, type Random } from '../../random.js';
import { constructedConfig, type ConstructedModel } from './constructed-model.js';
import { squareRoot } from './portable-math.js';

/** What a model without training is like. */
export interface RandomInitOptions {
  /** Default 2. */
  readonly layers?: number;
  /** Default 128. */
  readonly width?: number;
  /** Default 4. */
  readonly heads?: number;
  /** Standard deviation of weights and embeddings. Default 0.02, as in GPT-2; 0.08 is 0.9 / sqrt(128). */
  readonly deviation?: number;
}

/**
 * A control: a GPT-2 of the symbolic wording as it is before any training, asked as a Coconut model with six thoughts. Biases
 * are 0, LayerNorm gains 1, all else is drawn, projections back into the residual stream with 1 / sqrt(2 layers) of the
 * deviation, as in GPT-2. The same bytes on every platform.
 *
 * @returns new tensors at every call
 * @throws RangeError if the heads do not divide the width
 */
export function randomInit(
  { layers = 2, width = 128, heads = 4, deviation = 0.02 }: RandomInitOptions,
  seed: number | string,
): ConstructedModel {
  if (width % heads !== 0) throw new RangeError(`width is ${width}, not a multiple of ${heads} heads`);
  const size = { layers, features: width / 2, neurons: 4 * width };
  const config: Gpt2Config = {
    ...constructedConfig('random-init', size),
    nEmbd: width,
    nHead: heads,
    nInner: 4 * width,
  };
  const random = createRandom(seed);
  const tensors: Record<string, FloatTensor> = {};
  for (const [name, shape] of gpt2TensorShapes(config)) {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    if (shape.length === 1) data.fill(name.endsWith('.weight') ? 1 : 0);
    else {
      const scale = name.endsWith('c_proj.weight') ? deviation / squareRoot(2 * layers) : deviation;
      const own = random.fork(name);
      for (let i = 0; i < data.length; i++) data[i] = scale * almostNormal(own);
    }
    tensors[name] = { data, shape };
  }
  return { config, tensors };
}

/**
 * The sum of twelve uniform numbers less 6 (mean 0, variance 1, normal within 0.002 in its distribution function): additions
 * alone, while the logarithm that exact normal numbers need is no two engines' same.
 */
export function almostNormal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.uniform();
  return sum;
}
