import { LensError } from '../../errors.js';
import { allRows, checkDesign, type Design } from '../design.js';

/** A dictionary that thoughts are written in: what a feature is, and how much of it a thought has. */
export interface ThoughtDecoder {
  /** Width of a thought. */
  readonly columns: number;
  readonly features: number;
  /** [features * columns] What each feature adds to a thought, of length 1. */
  readonly directions: Float32Array;
  /** @param thought [columns] @returns [features], in the units of the thoughts */
  encode(thought: Float32Array): Float32Array;
  /** The thought that its features make up. @param thought [columns] @returns [columns], fresh */
  reconstruct(thought: Float32Array): Float32Array;
}

/** A thought as mean + sum of a_f direction_f. */
export function compose(mean: Float64Array, directions: Float32Array, activations: Float32Array): Float32Array {
  const columns = mean.length;
  const thought = Float64Array.from(mean);
  activations.forEach((amount, f) => {
    if (amount === 0) return;
    for (let c = 0; c < columns; c++) thought[c] += amount * directions[f * columns + c];
  });
  return Float32Array.from(thought);
}

/** By feature, the inner product of its vector and the thought less a mean. @param vectors [features * columns] */
export function project(mean: Float64Array, vectors: Float32Array, thought: Float32Array): Float32Array {
  const columns = mean.length;
  const features = vectors.length / columns;
  const centred = Float64Array.from(mean, (m, c) => thought[c] - m);
  return Float32Array.from({ length: features }, (_, f) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += centred[c] * vectors[f * columns + c];
    return sum;
  });
}

/** The k largest of the positive values; 0 for the others. Of equal ones the first are kept. */
export function topK(values: Float32Array, k: number): Float32Array {
  const order = [...values.keys()].filter((f) => values[f] > 0).sort((a, b) => values[b] - values[a] || a - b);
  const kept = new Float32Array(values.length);
  for (const f of order.slice(0, k)) kept[f] = values[f];
  return kept;
}

/** [columns] Mean thought over some rows. */
export function meanThought({ columns, values }: Design, rows: Int32Array): Float64Array {
  const mean = new Float64Array(columns);
  for (const r of rows) for (let c = 0; c < columns; c++) mean[c] += values[r * columns + c] / rows.length;
  return mean;
}

/** What every decoder is learnt from. @returns the rows, all of them if none are named */
export function trainingRows(thoughts: Design, features: number, rows: Int32Array = allRows(thoughts)): Int32Array {
  checkDesign(thoughts, 'thoughts');
  if (!Number.isInteger(features) || features < 1)
    throw new LensError('features', `not a whole number of 1 or more (${features})`, 'give one', 'usage');
  if (rows.length < 2) throw new LensError('thoughts', `too few to learn from (${rows.length})`, 'give two or more');
  return rows;
}
