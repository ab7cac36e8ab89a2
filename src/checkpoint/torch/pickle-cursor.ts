import { LensError } from '../../errors.js';

/** What to do about a pickle that breaks the format. */
export const DAMAGED_PICKLE = 'the file is damaged: fetch or save it again';

/** Reads a pickle's bytes front to back; every read is checked against the end. */
export class PickleCursor {
  private at = 0;
  private readonly view: DataView;

  constructor(
    private readonly subject: string,
    private readonly bytes: Uint8Array,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes read so far. */
  get position(): number {
    return this.at;
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  int32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  /** An eight-byte length; what is beyond 2^53 is beyond the end of any file too. */
  uint64(): number {
    return Number(this.view.getBigUint64(this.advance(8), true));
  }

  /** Pickle stores floats in big-endian order, unlike everything else. */
  float64(): number {
    return this.view.getFloat64(this.advance(8));
  }

  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  text(length: number): string {
    return this.decode(this.take(length));
  }

  /** Up to the next line end, which is passed over. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) this.fail('a name has no end');
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  /** A two's-complement integer of `length` bytes, least significant first. */
  integer(length: number): number | bigint {
    const bytes = this.take(length);
    if (length === 0) return 0;
    const magnitude = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
    const value = BigInt.asIntN(8 * length, magnitude);
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }

  /** @throws LensError always */
  fail(problem: string, remedy = DAMAGED_PICKLE): never {
    throw new LensError(this.subject, `data.pkl: ${problem} (at byte ${this.at})`, remedy);
  }

  private decode(bytes: Uint8Array): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return this.fail('a string is not UTF-8');
    }
  }

  private advance(length: number): number {
    const start = this.at;
    if (length > this.bytes.length - start) this.fail(`it ends within a value of ${length} bytes`);
    this.at += length;
    return start;
  }
}
