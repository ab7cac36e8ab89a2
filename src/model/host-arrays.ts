import type { HostTensor } from '../tensor/index.js';

/** A float32 host tensor; zeros unless data are given. */
export function float32(
  shape: readonly number[],
  data = new Float32Array(size(shape)),
): HostTensor & { data: Float32Array } {
  return { data, shape, dtype: 'float32' };
}

/** An int32 host tensor; zeros unless data are given. */
export function int32(shape: readonly number[], data = new Int32Array(size(shape))): HostTensor & { data: Int32Array } {
  return { data, shape, dtype: 'int32' };
}

export function size(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** Half-open. */
export type Range = readonly [from: number, to: number];

/** Keeps the given ranges of one axis, one after the other; a copy unless they are the whole axis. */
export function keepRanges(tensor: HostTensor, axis: number, ranges: readonly Range[]): HostTensor {
  const { data, shape, dtype } = tensor;
  const length = shape[axis];
  if (ranges.length === 1 && ranges[0][0] === 0 && ranges[0][1] === length) return tensor;
  const kept = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  const outer = size(shape.slice(0, axis));
  const inner = size(shape.slice(axis + 1));
  const out = data.slice(0, outer * kept * inner);
  let at = 0;
  for (let i = 0; i < outer; i++) {
    for (const [from, to] of ranges) {
      out.set(data.subarray((i * length + from) * inner, (i * length + to) * inner), at);
      at += (to - from) * inner;
    }
  }
  return { data: out, shape: shape.map((n, i) => (i === axis ? kept : n)), dtype };
}

/**
 * One row of the last axis: a view, no copy.
 *
 * @param index one for every axis but the last
 */
export function rowAt<D extends HostTensor['data']>(
  { data, shape }: { readonly data: D; readonly shape: readonly number[] },
  ...index: readonly number[]
): D {
  const width = shape[shape.length - 1];
  const at = index.reduce((sum, i, axis) => sum * shape[axis] + i, 0) * width;
  return data.subarray(at, at + width) as D;
}

/** Rows of the first axis, in the order given; always a copy. */
export function takeRows({ data, shape, dtype }: HostTensor, rows: readonly number[]): HostTensor {
  const width = size(shape.slice(1));
  const out = new { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype](rows.length * width);
  rows.forEach((row, i) => out.set(data.subarray(row * width, (row + 1) * width), i * width));
  return { data: out, shape: [rows.length, ...shape.slice(1)], dtype };
}

/** `n` rounded up to a multiple of `step`. */
export function roundUp(n: number, step: number): number {
  return Math.ceil(n / step) * step;
}
