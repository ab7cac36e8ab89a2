import type { HostTensor } from '../tensor/index.js';
import { MASKED } from './attention.js';
import { float32 } from './host-arrays.js';

/** What a cache must know of the model. */
export interface CacheShape {
  readonly batch: number;
  /** Of each layer, [layers]. */
  readonly heads: readonly number[];
  readonly headWidth: number;
}

/** Keys and values, per layer [batch, heads, slots, headWidth]. */
interface Stretch {
  readonly slots: number;
  readonly keys: readonly HostTensor[];
  readonly values: readonly HostTensor[];
}

/** What is kept of a position. */
export type Carrier = 'keys' | 'values';

/** The names of a cache's two stretches, as inputs of a pass. */
export const STRETCHES = ['prompt', 'past'] as const;

/**
 * Keys and values of every position read so far. Slot s holds sequence position s, padding included; a pass looks back on
 * the slots below some count, so an earlier state of the same rollout is the same cache with a smaller count.
 *
 * The prompts' slots are a stretch of their own: they are most of a cache and do not change once they are read, so that
 * forks share them.
 */
export class KeyValueCache {
  private constructor(
    readonly shape: CacheShape,
    /** Slots that hold padding at the start of each row [batch]. */
    readonly padding: readonly number[],
    private readonly prompt: Stretch,
    private readonly past: Stretch,
  ) {}

  /**
   * An empty one.
   *
   * @param padding slots that hold padding at the start of each row [batch]
   * @param prompts slots for the prompts
   * @param room slots for what follows them
   */
  static empty(shape: CacheShape, padding: readonly number[], prompts: number, room: number): KeyValueCache {
    return new KeyValueCache(shape, padding, emptyStretch(shape, prompts), emptyStretch(shape, room));
  }

  /** Slots of the prompts. */
  get prompts(): number {
    return this.prompt.slots;
  }

  /** Slots for what follows the prompts. */
  get room(): number {
    return this.past.slots;
  }

  /** All slots. */
  get capacity(): number {
    return this.prompts + this.room;
  }

  /**
   * Copies what a pass computed into the slots from `at` on: of the prompts, or after them.
   *
   * @param keys per layer [rows, heads, n, headWidth]
   * @param values per layer, same shape
   * @param rows which rows they belong to; default the first
   */
  write(at: number, keys: readonly HostTensor[], values: readonly HostTensor[], rows?: readonly number[]): void {
    const { heads, headWidth } = this.shape;
    const end = at + (keys.at(0)?.shape[2] ?? 0);
    const { stretch, first } = this.stretchOf(at);
    // Past the last slot lies the next head's stretch: an overflow would otherwise corrupt it silently.
    if (end > first + stretch.slots)
      throw new RangeError(`slot ${end - 1} of a stretch that ends at ${first + stretch.slots}`);
    const copy = (from: HostTensor, to: HostTensor, layer: number): void => {
      const length = from.shape[2] * headWidth;
      const own = heads[layer];
      for (let i = 0; i < from.shape[0] * own; i++) {
        const row = Math.floor(i / own);
        const head = (rows?.[row] ?? row) * own + (i % own);
        to.data.set(from.data.subarray(i * length, (i + 1) * length), (head * stretch.slots + at - first) * headWidth);
      }
    };
    keys.forEach((tensor, layer) => copy(tensor, stretch.keys[layer], layer));
    values.forEach((tensor, layer) => copy(tensor, stretch.values[layer], layer));
  }

  /** One slot of one head [headWidth]: a view. */
  at(carrier: Carrier, layer: number, row: number, head: number, slot: number): HostTensor['data'] {
    const { heads, headWidth } = this.shape;
    const { stretch, first } = this.stretchOf(slot);
    const start = ((row * heads[layer] + head) * stretch.slots + slot - first) * headWidth;
    return stretch[carrier][layer].data.subarray(start, start + headWidth);
  }

  /** Rows `first` .. `first + rows - 1` of every layer as inputs of a pass, not copied. */
  inputs(first = 0, rows = this.shape.batch): Record<string, HostTensor> {
    const { heads, headWidth } = this.shape;
    const inputs: Record<string, HostTensor> = {};
    for (const name of STRETCHES) {
      const { slots, ...carriers } = this[name];
      if (slots === 0) continue;
      for (const carrier of ['keys', 'values'] as const)
        carriers[carrier].forEach((tensor, layer) => {
          inputs[`${name}.${carrier}.${layer}`] = rowsFrom(tensor, first, rows, [heads[layer], slots, headWidth]);
        });
    }
    return inputs;
  }

  /** The additive masks over the slots that show a pass the first `count` without their padding, as its inputs. */
  masks(count: number): Record<string, HostTensor> {
    const masks: Record<string, HostTensor> = {};
    let first = 0;
    for (const name of STRETCHES) {
      const { slots } = this[name];
      const mask = float32([this.shape.batch, slots]);
      const seen = Math.min(slots, Math.max(0, count - first));
      this.padding.forEach((padding, row) => {
        const start = row * slots;
        mask.data.fill(MASKED, start, start + Math.min(slots, Math.max(0, padding - first)));
        mask.data.fill(MASKED, start + seen, start + slots);
      });
      if (slots > 0) masks[`${name}.mask`] = mask;
      first += slots;
    }
    return masks;
  }

  /**
   * A cache that goes on from the first `count` slots of this one. The prompts' are shared if the rows are consecutive, else
   * copied. What the slots after `count` hold is never looked at (`masks`).
   *
   * @param room slots for what follows the prompts
   * @param rows which rows, in this order, each any number of times; default all
   */
  fork(count: number, room: number, rows: readonly number[] = this.padding.map((_, row) => row)): KeyValueCache {
    if (count < this.prompts || count > this.prompts + Math.min(this.room, room))
      throw new RangeError(`${count} slots of a cache with ${this.prompts} and ${Math.min(this.room, room)}`);
    const shape = { ...this.shape, batch: rows.length };
    const padding = rows.map((row) => this.padding[row]);
    const areConsecutive = rows.every((row, i) => row === rows[0] + i);
    const prompt = areConsecutive
      ? this.consecutive(this.prompt, rows[0], rows.length)
      : this.copied(this.prompt, rows);
    return new KeyValueCache(shape, padding, prompt, this.copied(this.past, rows, count - this.prompts, room));
  }

  /** The same with prompts of its own, which may be written to. */
  unshared(): KeyValueCache {
    const rows = this.padding.map((_, row) => row);
    return new KeyValueCache(this.shape, this.padding, this.copied(this.prompt, rows), this.past);
  }

  private stretchOf(slot: number): { readonly stretch: Stretch; readonly first: number } {
    return slot < this.prompts ? { stretch: this.prompt, first: 0 } : { stretch: this.past, first: this.prompts };
  }

  private consecutive({ slots, keys, values }: Stretch, first: number, rows: number): Stretch {
    const { heads, headWidth } = this.shape;
    const view = (tensor: HostTensor, layer: number): HostTensor =>
      rowsFrom(tensor, first, rows, [heads[layer], slots, headWidth]);
    return { slots, keys: keys.map(view), values: values.map(view) };
  }

  /** @param count how many slots are copied @param slots how many the copy has */
  private copied(from: Stretch, rows: readonly number[], count = from.slots, slots = count): Stretch {
    const { heads, headWidth } = this.shape;
    const copy = ({ data }: HostTensor, layer: number): HostTensor => {
      const own = heads[layer];
      const to = float32([rows.length, own, slots, headWidth]);
      rows.forEach((row, target) => {
        for (let head = 0; head < own; head++) {
          const start = (row * own + head) * from.slots * headWidth;
          to.data.set(data.subarray(start, start + count * headWidth), (target * own + head) * slots * headWidth);
        }
      });
      return to;
    };
    return { slots, keys: from.keys.map(copy), values: from.values.map(copy) };
  }
}

function emptyStretch({ batch, heads, headWidth }: CacheShape, slots: number): Stretch {
  const allocate = (): HostTensor[] => heads.map((own) => float32([batch, own, slots, headWidth]));
  return { slots, keys: allocate(), values: allocate() };
}

/** Some consecutive rows of a tensor, not copied. */
function rowsFrom({ data, dtype }: HostTensor, first: number, rows: number, row: readonly number[]): HostTensor {
  const size = row.reduce((a, b) => a * b, 1);
  return { data: data.subarray(first * size, (first + rows) * size), shape: [rows, ...row], dtype };
}
