import { gpt2TensorShapes, type FloatTensor, type Gpt2Config } from '../../checkpoint/index.js';
import { squareRoot } from './portable-math.js';

/**
 * A linear function of the residual stream: sum of weight times feature, plus bias. Features are numbered through the
 * whole stream (`residual-layout.ts`) and measured in units, in which a token's own feature is 1.
 */
export interface Reading {
  readonly features?: readonly (readonly [feature: number, weight: number])[];
  readonly bias?: number;
}

/** What is added to the residual stream: weight times the value, in units, per feature. */
export type Writing = readonly (readonly [feature: number, weight: number])[];

/** Feature f lies at dimensions 2f and 2f + 1 as (x, -x). */
const DIMENSIONS_PER_FEATURE = 2;

/** An attention head under construction; it hands out the dimensions of its queries, keys and values one by one. */
export interface Head {
  /** Adds query(the asking position) x key(the position looked at) to the score, after GPT-2's division by sqrt(width). */
  score(query: Reading, key: Reading): void;
  /** Adds weight x (the feature `from`, averaged over the positions attended to) to the feature `to`. */
  copy(from: number, to: number, weight?: number): void;
}

/**
 * Builds a GPT-2 feature by feature. Every feature x is stored as the pair (x, -x): whatever the features are, the
 * residual stream has mean zero, so a LayerNorm only rescales it. `normalize` chooses gains that undo the rescaling,
 * after which heads and neurons read features in units.
 *
 * Everything not built is zero: an unused head copies nothing, an unused neuron writes nothing.
 */
export class WeightBuilder {
  readonly tensors: Readonly<Record<string, FloatTensor>>;
  readonly #config: Gpt2Config;
  readonly #unit: number;
  readonly #neurons: number[];

  /** @param unit the amplitude in the residual stream of a feature of value 1 */
  constructor(config: Gpt2Config, unit: number) {
    this.#config = config;
    this.#unit = unit;
    this.#neurons = new Array<number>(config.nLayer).fill(0);
    const tensors: Record<string, FloatTensor> = {};
    for (const [name, shape] of gpt2TensorShapes(config)) {
      tensors[name] = { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
    }
    this.tensors = tensors;
  }

  /** Adds `features` to the embedding of a token (`wte`) or a position (`wpe`). */
  embed(table: 'wte' | 'wpe', row: number, features: Writing): void {
    this.#write(`${table}.weight`, row, features);
  }

  /**
   * Sets a LayerNorm's gain so that what comes out is the residual stream in units, exactly so where the squared norm
   * of its features is `squaredNorm`, and smaller by sqrt(squaredNorm / s) where it is s. (Variance = 2 s unit^2 / d.)
   */
  normalize(name: string, squaredNorm: number): void {
    const gain = squareRoot((DIMENSIONS_PER_FEATURE * squaredNorm) / this.#config.nEmbd);
    this.#data(`${name}.weight`).fill(gain);
  }

  /**
   * Sets the final LayerNorm so that the features of one block come out with norm 1 (in units) if nothing else weighs
   * in the residual stream, and all others as zero.
   */
  project(name: string, block: { readonly start: number; readonly size: number }): void {
    const gain = this.#unit * squareRoot(DIMENSIONS_PER_FEATURE / this.#config.nEmbd);
    const from = block.start * DIMENSIONS_PER_FEATURE;
    this.#data(`${name}.weight`).fill(gain, from, from + block.size * DIMENSIONS_PER_FEATURE);
  }

  head(layer: number, index: number): Head {
    const { nEmbd, nHead } = this.#config;
    const width = nEmbd / nHead;
    const first = index * width;
    const attention = `h.${layer}.attn.c_attn`;
    let channels = 0;
    let values = 0;
    const take = (used: number): number => {
      if (used === width) throw new RangeError(`head ${layer}.${index} has only ${width} dimensions`);
      return first + used;
    };
    return {
      score: (query, key) => {
        const column = take(channels++);
        this.#read(attention, column, query, squareRoot(width));
        this.#read(attention, nEmbd + column, key, 1);
      },
      copy: (from, to, weight = 1) => {
        const column = take(values++);
        this.#read(attention, 2 * nEmbd + column, { features: [[from, 1]] }, 1);
        this.#write(`h.${layer}.attn.c_proj.weight`, column, [[to, weight]]);
      },
    };
  }

  /** Adds a neuron: gelu(reading) is written to the residual stream. */
  neuron(layer: number, reading: Reading, writing: Writing): void {
    const index = this.#neurons[layer]++;
    if (index === this.#config.nInner) throw new RangeError(`layer ${layer} has only ${index} neurons`);
    this.#read(`h.${layer}.mlp.c_fc`, index, reading, 1);
    this.#write(`h.${layer}.mlp.c_proj.weight`, index, writing);
  }

  #data(name: string): Float32Array {
    return this.tensors[name].data;
  }

  #read(name: string, column: number, { features = [], bias = 0 }: Reading, scale: number): void {
    const weights = this.tensors[`${name}.weight`];
    const columns = weights.shape[1];
    for (const [feature, weight] of features) {
      const row = feature * DIMENSIONS_PER_FEATURE;
      weights.data[row * columns + column] += (weight * scale) / DIMENSIONS_PER_FEATURE;
      weights.data[(row + 1) * columns + column] -= (weight * scale) / DIMENSIONS_PER_FEATURE;
    }
    this.#data(`${name}.bias`)[column] += bias * scale;
  }

  #write(name: string, row: number, writing: Writing): void {
    const { data, shape } = this.tensors[name];
    for (const [feature, weight] of writing) {
      const at = row * shape[1] + feature * DIMENSIONS_PER_FEATURE;
      data[at] += weight * this.#unit;
      data[at + 1] -= weight * this.#unit;
    }
  }
}
