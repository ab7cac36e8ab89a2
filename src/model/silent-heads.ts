import type { FloatTensor } from '../checkpoint/index.js';
import { createCoconut, Coconut, type CoconutWeights } from './coconut.js';
import { Runtime } from './runtime.js';

/**
 * A model that computes the same, to rounding, without the heads that write nothing: those whose rows of the attention's output
 * projection are all 0, as most are in models built by hand. Its activations are those of the heads that are left; its
 * `weights` are as given.
 *
 * @throws LensError as `createCoconut`
 */
export function createLeanCoconut(weights: CoconutWeights): Coconut {
  createCoconut(weights);
  return new Coconut(weights, Runtime.of(withoutSilentHeads(weights)));
}

/** The weights without these heads' columns and rows; a layer keeps one head at least. */
export function withoutSilentHeads({ config, tensors }: CoconutWeights): Pick<CoconutWeights, 'config' | 'tensors'> {
  const { nLayer, nHead, nEmbd } = config;
  const headWidth = nEmbd / nHead;
  const changed: Record<string, FloatTensor> = {};
  for (let layer = 0; layer < nLayer; layer++) {
    const name = `h.${layer}.attn`;
    const { data } = tensors[`${name}.c_proj.weight`];
    const rows = (head: number): Float32Array =>
      data.subarray(head * headWidth * nEmbd, (head + 1) * headWidth * nEmbd);
    const heads = Array.from({ length: nHead }, (_, head) => head);
    const writing = heads.filter((head) => rows(head).some((weight) => weight !== 0));
    const kept = writing.length > 0 ? writing : [0];
    if (kept.length === nHead) continue;
    // Queries, keys and values lie side by side.
    const columns = [0, 1, 2].flatMap((part) =>
      kept.flatMap((head) => Array.from({ length: headWidth }, (_, i) => part * nEmbd + head * headWidth + i)),
    );
    changed[`${name}.c_attn.weight`] = columnsOf(tensors[`${name}.c_attn.weight`], columns);
    changed[`${name}.c_attn.bias`] = columnsOf(tensors[`${name}.c_attn.bias`], columns);
    const projected = new Float32Array(kept.length * headWidth * nEmbd);
    kept.forEach((head, i) => projected.set(rows(head), i * headWidth * nEmbd));
    changed[`${name}.c_proj.weight`] = { data: projected, shape: [kept.length * headWidth, nEmbd] };
  }
  return { config, tensors: { ...tensors, ...changed } };
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
