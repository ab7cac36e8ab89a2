import type { FloatTensor } from '../checkpoint/index.js';
import { createCoconut, Coconut, type CoconutWeights } from './coconut.js';
import { Runtime } from './runtime.js';

/**
 * A model that computes the same, to rounding, without the heads and neurons that write nothing: those whose rows of an output
 * projection are all 0, as most are in models built by hand. Its activations are those of what is left; its `weights` are
 * as given.
 *
 * @throws LensError as `createCoconut`
 */
export function createLeanCoconut(weights: CoconutWeights): Coconut {
  createCoconut(weights);
  return new Coconut(weights, Runtime.of(withoutSilentParts(weights)));
}

/** The weights without these heads' and neurons' columns and rows; a layer keeps one of each at least. */
export function withoutSilentParts(weights: CoconutWeights): Pick<CoconutWeights, 'config' | 'tensors'> {
  const layers = Array.from({ length: weights.config.nLayer }, (_, layer) => layer);
  const changed = layers.flatMap((layer) => [
    ...Object.entries(withoutSilentHeads(weights, layer)),
    ...Object.entries(withoutSilentNeurons(weights, layer)),
  ]);
  return { config: weights.config, tensors: { ...weights.tensors, ...Object.fromEntries(changed) } };
}

type Weights = Pick<CoconutWeights, 'config' | 'tensors'>;

function withoutSilentHeads({ config, tensors }: Weights, layer: number): Record<string, FloatTensor> {
  const { nHead, nEmbd } = config;
  const headWidth = nEmbd / nHead;
  const name = `h.${layer}.attn`;
  const projection = tensors[`${name}.c_proj.weight`];
  const rowsOfHead = (head: number): number[] => Array.from({ length: headWidth }, (_, i) => head * headWidth + i);
  const heads = Array.from({ length: nHead }, (_, head) => head);
  const kept = writing(heads, (head) => rowsOfHead(head).some((row) => writes(projection, row)));
  if (kept.length === nHead) return {};
  const rows = kept.flatMap(rowsOfHead);
  // Queries, keys and values lie side by side.
  const columns = [0, 1, 2].flatMap((part) => rows.map((row) => part * nEmbd + row));
  return {
    [`${name}.c_attn.weight`]: columnsOf(tensors[`${name}.c_attn.weight`], columns),
    [`${name}.c_attn.bias`]: columnsOf(tensors[`${name}.c_attn.bias`], columns),
    [`${name}.c_proj.weight`]: rowsOf(projection, rows),
  };
}

function withoutSilentNeurons({ tensors }: Weights, layer: number): Record<string, FloatTensor> {
  const name = `h.${layer}.mlp`;
  const projection = tensors[`${name}.c_proj.weight`];
  const neurons = Array.from({ length: projection.shape[0] }, (_, neuron) => neuron);
  const kept = writing(neurons, (neuron) => writes(projection, neuron));
  if (kept.length === neurons.length) return {};
  return {
    [`${name}.c_fc.weight`]: columnsOf(tensors[`${name}.c_fc.weight`], kept),
    [`${name}.c_fc.bias`]: columnsOf(tensors[`${name}.c_fc.bias`], kept),
    [`${name}.c_proj.weight`]: rowsOf(projection, kept),
  };
}

/** Those that write something, or the first. */
function writing(all: readonly number[], writesSomething: (one: number) => boolean): readonly number[] {
  const some = all.filter(writesSomething);
  return some.length > 0 ? some : all.slice(0, 1);
}

function writes({ data, shape: [, width] }: FloatTensor, row: number): boolean {
  return data.subarray(row * width, (row + 1) * width).some((weight) => weight !== 0);
}

/** Some rows of a matrix [all, columns]. */
function rowsOf({ data, shape: [, width] }: FloatTensor, rows: readonly number[]): FloatTensor {
  const some = new Float32Array(rows.length * width);
  rows.forEach((row, i) => some.set(data.subarray(row * width, (row + 1) * width), i * width));
  return { data: some, shape: [rows.length, width] };
}

/** Some columns of a matrix [rows, all], or some numbers of a vector [all]. */
function columnsOf({ data, shape }: FloatTensor, columns: readonly number[]): FloatTensor {
  const all = shape[shape.length - 1];
  const rows = data.length / all;
  const some = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row++)
    columns.forEach((column, i) => (some[row * columns.length + i] = data[row * all + column]));
  return { data: some, shape: [...shape.slice(0, -1), columns.length] };
}
