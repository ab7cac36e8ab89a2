/*
 * A flatbuffer is a web of offsets and lengths, and the library that reads it follows them unseen: one damaged length is a
 * loop of 2^31 turns. So it is walked here first, as the verifier of flatbuffers for C++ does ("Access of untrusted
 * buffers", flatbuffers.dev), for which JavaScript has none.
 */

/** What a table may hold in one of its slots. */
export type Slot =
  /** A number of so many bytes. */
  | { readonly bytes: number }
  | { readonly text: true }
  /** A vector of structs or numbers of so many bytes each. */
  | { readonly vectorOf: number }
  | { readonly tables: () => Shape }
  /** A table whose shape another slot's byte tells. */
  | { readonly union: Readonly<Record<number, Shape>>; readonly by: number };

/** A table: its slots in the order of the schema. What stands in a slot that is not listed is refused. */
export type Shape = readonly Slot[];

/** More than tables of this project are within each other. */
const DEPTH = 16;

/** @throws RangeError unless every table, text and vector that `root` reaches lies within the bytes, each once */
export function checkFlatbuffer(bytes: Uint8Array, root: Shape): void {
  new Walk(bytes).table(0, root, DEPTH);
}

class Walk {
  readonly #view: DataView;
  /** Bytes that are nobody's yet: where nothing is shared, a walk cannot take longer than the buffer. */
  #left: number;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = bytes.byteLength;
  }

  /** @param at the place that holds the offset of a table */
  table(at: number, shape: Shape, depth: number): void {
    if (depth === 0) throw new RangeError('tables within tables');
    const start = this.#target(at);
    const slots = start - this.#view.getInt32(start, true);
    const slotBytes = this.#view.getUint16(slots, true);
    const size = this.#view.getUint16(slots + 2, true);
    this.#take(start, size);
    /** Where a slot's value stands; undefined where it holds none. */
    const place = (slot: number, bytes: number): number | undefined => {
      const entry = 4 + 2 * slot;
      const offset = entry + 2 > slotBytes ? 0 : this.#view.getUint16(slots + entry, true);
      if (offset === 0) return undefined;
      if (offset < 4 || offset + bytes > size) throw new RangeError('a value outside its table');
      return start + offset;
    };
    for (let slot = shape.length; 4 + 2 * slot < slotBytes; slot++)
      if (place(slot, 0) !== undefined) throw new RangeError(`a slot that is not known (${slot})`);
    for (const [i, slot] of shape.entries()) {
      const value = place(i, 'bytes' in slot ? slot.bytes : 4);
      if (value === undefined || 'bytes' in slot) continue;
      if ('text' in slot) this.#vector(value, 1);
      else if ('vectorOf' in slot) this.#vector(value, slot.vectorOf);
      else if ('tables' in slot) {
        const { first, length } = this.#vector(value, 4);
        for (let entry = 0; entry < length; entry++) this.table(first + 4 * entry, slot.tables(), depth - 1);
      } else {
        const type = place(slot.by, 1);
        const union = slot.union[type === undefined ? 0 : this.#view.getUint8(type)] as Shape | undefined;
        if (union === undefined) throw new RangeError('a table of a kind that is not known');
        this.table(value, union, depth - 1);
      }
    }
  }

  #vector(at: number, bytes: number): { first: number; length: number } {
    const start = this.#target(at);
    const length = this.#view.getUint32(start, true);
    this.#take(start, 4 + length * bytes);
    return { first: start + 4, length };
  }

  #target(at: number): number {
    return at + this.#view.getUint32(at, true);
  }

  #take(start: number, bytes: number): void {
    this.#left -= bytes;
    if (bytes < 4 || start + bytes > this.#view.byteLength || this.#left < 0)
      throw new RangeError('a length beyond the end');
  }
}
