import { LensError } from '../errors.js';
import type { HostTensor } from '../tensor/index.js';

/** Thoughts of several items [n, k, d], float32. */
export type Thoughts = HostTensor & { readonly data: Float32Array };

/** @throws LensError unless it is float32 [n, k, d] */
export function requireThoughts(subject: string, { shape, dtype, data }: HostTensor): Thoughts {
  const size = shape.reduce((a, b) => a * b, 1);
  if (shape.length === 3 && data instanceof Float32Array && data.length === size) return { shape, dtype, data };
  throw new LensError(
    subject,
    `wrong shape or type (${dtype} [${shape.join(', ')}])`,
    'give float32 [items, thoughts, d]',
    'usage',
  );
}

/** Thought c (from 1) of item `row`, [d]: a view, not a copy. */
export function thoughtOf({ data, shape: [, k, d] }: Thoughts, row: number, c: number): Float32Array {
  const start = (row * k + c - 1) * d;
  return data.subarray(start, start + d);
}

/**
 * New thoughts of the same shape.
 *
 * @param fill writes thought c (from 1) of item `row` into `into` [d], which holds zeros
 */
export function fillThoughts(
  shape: readonly number[],
  fill: (into: Float32Array, row: number, c: number) => void,
): Thoughts {
  const [n, k, d] = shape;
  const filled: Thoughts = { shape, dtype: 'float32', data: new Float32Array(n * k * d) };
  for (let row = 0; row < n; row++) for (let c = 1; c <= k; c++) fill(thoughtOf(filled, row, c), row, c);
  return filled;
}

/**
 * The thoughts of some items, in the order asked for; an item may come more than once.
 *
 * @returns [rows, k, d], a copy
 * @throws LensError if there is no such item
 */
export function selectRows(thoughts: Thoughts, rows: readonly number[]): Thoughts {
  const [n, k, d] = thoughts.shape;
  const absent = rows.find((row) => !(Number.isInteger(row) && row >= 0 && row < n));
  if (absent !== undefined) {
    throw new LensError(
      'thoughts',
      `no such item (${absent} of 0..${n - 1})`,
      'give the thoughts of all items',
      'usage',
    );
  }
  return fillThoughts([rows.length, k, d], (into, row, c) => into.set(thoughtOf(thoughts, rows[row], c)));
}
