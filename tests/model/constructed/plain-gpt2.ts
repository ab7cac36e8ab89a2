import type { ConstructedModel } from '../../../src/model/constructed/index.js';

/** A matrix [rows, columns] with its non-zero entries row by row: constructed weights are 99 % zeros. */
interface SparseMatrix {
  readonly columns: number;
  /** Entries of row r are start[r] .. start[r + 1] - 1. */
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

interface Layer {
  readonly norm1: Float64Array;
  readonly norm1Bias: Float64Array;
  readonly attention: SparseMatrix;
  readonly attentionBias: Float64Array;
  readonly output: SparseMatrix;
  readonly outputBias: Float64Array;
  readonly norm2: Float64Array;
  readonly norm2Bias: Float64Array;
  readonly inner: SparseMatrix;
  readonly innerBias: Float64Array;
  readonly outer: SparseMatrix;
  readonly outerBias: Float64Array;
}

/**
 * GPT-2's forward pass in float64, one position after the other with cached keys and values, written from the
 * published architecture and independent of src/model. Skipping zero weights changes nothing and makes thousands of
 * passes affordable.
 */
export class PlainGpt2 {
  readonly #model: ConstructedModel;
  readonly #layers: readonly Layer[];

  constructor(model: ConstructedModel) {
    this.#model = model;
    const vector = (name: string): Float64Array => Float64Array.from(model.tensors[name].data);
    const matrix = (name: string): SparseMatrix => sparse(model.tensors[name].data, model.tensors[name].shape[1]);
    this.#layers = Array.from({ length: model.config.nLayer }, (_, i) => ({
      norm1: vector(`h.${i}.ln_1.weight`),
      norm1Bias: vector(`h.${i}.ln_1.bias`),
      attention: matrix(`h.${i}.attn.c_attn.weight`),
      attentionBias: vector(`h.${i}.attn.c_attn.bias`),
      output: matrix(`h.${i}.attn.c_proj.weight`),
      outputBias: vector(`h.${i}.attn.c_proj.bias`),
      norm2: vector(`h.${i}.ln_2.weight`),
      norm2Bias: vector(`h.${i}.ln_2.bias`),
      inner: matrix(`h.${i}.mlp.c_fc.weight`),
      innerBias: vector(`h.${i}.mlp.c_fc.bias`),
      outer: matrix(`h.${i}.mlp.c_proj.weight`),
      outerBias: vector(`h.${i}.mlp.c_proj.bias`),
    }));
  }

  /** A text, empty so far, whose first position has number `firstPosition` (more than 0: masked padding before it). */
  start(firstPosition = 0): PlainText {
    return new PlainText(this.#model, this.#layers, firstPosition);
  }
}

/** What was read so far: keys and values. */
export class PlainText {
  readonly #model: ConstructedModel;
  readonly #layers: readonly Layer[];
  readonly #cache: { readonly keys: Float64Array[]; readonly values: Float64Array[] }[];
  #position: number;

  constructor(model: ConstructedModel, layers: readonly Layer[], position: number, cache?: PlainText['cache']) {
    this.#model = model;
    this.#layers = layers;
    this.#position = position;
    this.#cache = cache ?? layers.map(() => ({ keys: [], values: [] }));
  }

  get cache(): { readonly keys: Float64Array[]; readonly values: Float64Array[] }[] {
    return this.#cache;
  }

  /** A copy that goes on independently. */
  fork(): PlainText {
    const cache = this.#cache.map(({ keys, values }) => ({ keys: [...keys], values: [...values] }));
    return new PlainText(this.#model, this.#layers, this.#position, cache);
  }

  /** Reads token ids; returns the hidden state after ln_f at the last one. */
  tokens(ids: readonly number[]): Float64Array {
    return ids.map((id) => this.embedding(row(this.#model, 'wte.weight', id))).at(-1) ?? new Float64Array(0);
  }

  /** Reads one position whose input embedding is given (wpe is added); returns its hidden state after ln_f. */
  embedding(input: Float64Array): Float64Array {
    const { tensors, config } = this.#model;
    const position = row(this.#model, 'wpe.weight', this.#position++);
    const x = input.map((value, i) => value + position[i]);
    this.#layers.forEach((layer, i) => {
      const normed = normalize(x, layer.norm1, layer.norm1Bias, config.layerNormEpsilon);
      const qkv = multiply(normed, layer.attention, layer.attentionBias);
      const { keys, values } = this.#cache[i];
      keys.push(qkv.slice(config.nEmbd, 2 * config.nEmbd));
      values.push(qkv.slice(2 * config.nEmbd));
      const mixed = attend(qkv.slice(0, config.nEmbd), keys, values, config.nHead);
      add(x, multiply(mixed, layer.output, layer.outputBias));
      const hidden = multiply(
        normalize(x, layer.norm2, layer.norm2Bias, config.layerNormEpsilon),
        layer.inner,
        layer.innerBias,
      );
      add(x, multiply(hidden.map(gelu), layer.outer, layer.outerBias));
    });
    const gain = Float64Array.from(tensors['ln_f.weight'].data);
    return normalize(x, gain, Float64Array.from(tensors['ln_f.bias'].data), config.layerNormEpsilon);
  }

  /** The tied LM head: [vocabulary]. */
  logits(hidden: Float64Array): Float64Array {
    const embeddings = this.#model.tensors['wte.weight'].data;
    return Float64Array.from({ length: this.#model.config.vocabSize }, (_, id) => {
      let logit = 0;
      for (let i = 0; i < hidden.length; i++) logit += embeddings[id * hidden.length + i] * hidden[i];
      return logit;
    });
  }
}

function row({ tensors }: ConstructedModel, name: string, index: number): Float64Array {
  const { data, shape } = tensors[name];
  return Float64Array.from(data.subarray(index * shape[1], (index + 1) * shape[1]));
}

function sparse(data: Float32Array, columns: number): SparseMatrix {
  const start = [0];
  const column: number[] = [];
  const value: number[] = [];
  for (let r = 0; r < data.length / columns; r++) {
    for (let c = 0; c < columns; c++) {
      if (data[r * columns + c] === 0) continue;
      column.push(c);
      value.push(data[r * columns + c]);
    }
    start.push(column.length);
  }
  return { columns, start: Int32Array.from(start), column: Int32Array.from(column), value: Float64Array.from(value) };
}

/** x W + b for W [in, out], as in GPT-2's Conv1D. */
function multiply(x: Float64Array, { start, column, value }: SparseMatrix, bias: Float64Array): Float64Array {
  const y = Float64Array.from(bias);
  for (let r = 0; r < x.length; r++) {
    for (let i = start[r]; i < start[r + 1]; i++) y[column[i]] += x[r] * value[i];
  }
  return y;
}

function add(x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] += y[i];
}

function normalize(x: Float64Array, gain: Float64Array, bias: Float64Array, epsilon: number): Float64Array {
  let mean = 0;
  for (const value of x) mean += value / x.length;
  let variance = 0;
  for (const value of x) variance += (value - mean) ** 2 / x.length;
  const deviation = Math.sqrt(variance + epsilon);
  const y = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) y[i] = ((x[i] - mean) / deviation) * gain[i] + bias[i];
  return y;
}

/** Scaled dot-product attention of one query over everything before it and itself, head by head. */
function attend(query: Float64Array, keys: Float64Array[], values: Float64Array[], heads: number): Float64Array {
  const width = query.length / heads;
  const mixed = new Float64Array(query.length);
  for (let from = 0; from < query.length; from += width) {
    const scores = new Float64Array(keys.length);
    for (let t = 0; t < keys.length; t++) {
      const key = keys[t];
      let score = 0;
      for (let i = from; i < from + width; i++) score += query[i] * key[i];
      scores[t] = score / Math.sqrt(width);
    }
    const greatest = Math.max(...scores);
    let total = 0;
    for (let t = 0; t < keys.length; t++) total += scores[t] = Math.exp(scores[t] - greatest);
    for (let t = 0; t < keys.length; t++) {
      const value = values[t];
      const share = scores[t] / total;
      for (let i = from; i < from + width; i++) mixed[i] += share * value[i];
    }
  }
  return mixed;
}

/** GELU in its tanh form, gelu_new. */
function gelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}
