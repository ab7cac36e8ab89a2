import type { HostTensor } from '../tensor/index.js';
import { MASKED } from './attention.js';
import { float32 } from './host-arrays.js';

/** What a cache must know of the model. */
export interface CacheShape {
  readonly layers: number;
  readonly batch: number;
  readonly heads: number;
  readonly headWidth: number;
}

/**
 * Keys and values of every position read so far, per layer [batch, heads, capacity, headWidth], allocated once and
 * filled from the left. Slot s holds sequence position s, padding included; a pass looks back on the slots below some
 * count, so an earlier state of the same rollout is the same cache with a smaller count.
 */
export class KeyValueCache {
  readonly keys: readonly HostTensor[];
  readonly values: readonly HostTensor[];

  /**
   * @param padding slots that hold padding at the start of each row [batch]
   * @param keys what it begins with, not copied; default zeros
   * @param values likewise
   */
  constructor(
    readonly shape: CacheShape,
    readonly capacity: number,
    readonly padding: readonly number[],
    keys?: readonly HostTensor[],
    values?: readonly HostTensor[],
  ) {
    const { layers, batch, heads, headWidth } = shape;
    const allocate = (): HostTensor[] =>
      Array.from({ length: layers }, () => float32([batch, heads, capacity, headWidth]));
    this.keys = keys ?? allocate();
    this.values = values ?? allocate();
  }

  /**
   * Copies what a pass computed into the slots from `at` on.
   *
   * @param keys per layer [rows, heads, n, headWidth]
   * @param values per layer, same shape
   * @param first the row that the first of them belongs to; default 0
   */
  write(at: number, keys: readonly HostTensor[], values: readonly HostTensor[], first = 0): void {
    const { heads, headWidth } = this.shape;
    const end = at + (keys.at(0)?.shape[2] ?? 0);
    // Past the last slot lies the next head's stretch: an overflow would otherwise corrupt it silently.
    if (end > this.capacity) throw new RangeError(`slot ${end - 1} of a cache with ${this.capacity}`);
    const copy = (from: HostTensor, to: HostTensor): void => {
      const stretch = from.shape[2] * headWidth;
      for (let row = 0; row < from.shape[0] * heads; row++) {
        const target = ((first * heads + row) * this.capacity + at) * headWidth;
        to.data.set(from.data.subarray(row * stretch, (row + 1) * stretch), target);
      }
    };
    keys.forEach((tensor, layer) => copy(tensor, this.keys[layer]));
    values.forEach((tensor, layer) => copy(tensor, this.values[layer]));
  }

  /** Rows `first` .. `first + rows - 1` of every layer as inputs of a pass, not copied. */
  inputs(first = 0, rows = this.shape.batch): Record<string, HostTensor> {
    const { heads, headWidth } = this.shape;
    const row = heads * this.capacity * headWidth;
    const view = ({ data }: HostTensor): HostTensor => ({
      data: data.subarray(first * row, (first + rows) * row),
      shape: [rows, heads, this.capacity, headWidth],
      dtype: 'float32',
    });
    return Object.fromEntries([
      ...this.keys.map((keys, layer) => [`past.keys.${layer}`, view(keys)] as const),
      ...this.values.map((values, layer) => [`past.values.${layer}`, view(values)] as const),
    ]);
  }

  /** The additive mask over the slots [batch, capacity] that shows a pass the first `count` without their padding. */
  mask(count: number): HostTensor {
    const mask = float32([this.shape.batch, this.capacity]);
    this.padding.forEach((padding, row) => {
      const start = row * this.capacity;
      mask.data.fill(MASKED, start, start + padding);
      mask.data.fill(MASKED, start + count, start + this.capacity);
    });
    return mask;
  }

  /**
   * A copy of the first `count` slots with another capacity. What the slots after them hold is never looked at (`mask`).
   *
   * @param rows which rows, in this order, each any number of times; default all
   */
  fork(count: number, capacity: number, rows: readonly number[] = this.padding.map((_, row) => row)): KeyValueCache {
    if (count > Math.min(this.capacity, capacity)) throw new RangeError(`${count} slots of a cache with ${capacity}`);
    const padding = rows.map((row) => this.padding[row]);
    const shape = { ...this.shape, batch: rows.length };
    const take = (from: HostTensor): HostTensor =>
      capacity === this.capacity ? this.#takeRows(from, rows) : this.#takeSlots(from, rows, count, capacity);
    return new KeyValueCache(shape, capacity, padding, this.keys.map(take), this.values.map(take));
  }

  /** Whole rows, unused slots and all: a third of the time of copying slots into fresh zeros. */
  #takeRows(from: HostTensor, rows: readonly number[]): HostTensor {
    const { heads, headWidth } = this.shape;
    const size = heads * this.capacity * headWidth;
    const data = new Float32Array(Buffer.allocUnsafeSlow(rows.length * size * 4).buffer);
    rows.forEach((row, target) => data.set(from.data.subarray(row * size, (row + 1) * size), target * size));
    return { data, shape: [rows.length, heads, this.capacity, headWidth], dtype: 'float32' };
  }

  #takeSlots(from: HostTensor, rows: readonly number[], count: number, capacity: number): HostTensor {
    const { heads, headWidth } = this.shape;
    const to = float32([rows.length, heads, capacity, headWidth]);
    rows.forEach((row, target) => {
      for (let head = 0; head < heads; head++) {
        const start = (row * heads + head) * this.capacity * headWidth;
        const stretch = from.data.subarray(start, start + count * headWidth);
        to.data.set(stretch, (target * heads + head) * capacity * headWidth);
      }
    });
    return to;
  }
}
