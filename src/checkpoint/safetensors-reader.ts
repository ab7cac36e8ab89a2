import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { endianness } from 'node:os';
import { LensError } from '../errors.js';
import { FileReader } from './files.js';
import { widenBF16, widenF16 } from './half-precision.js';
import { quote } from './messages.js';
import { countElements, parseSafetensorsHeader } from './safetensors-header.js';
import type { SafetensorsHeader, TensorEntry } from './safetensors-header.js';
import type { WeightsSource } from './weights-source.js';

/** A tensor in memory, row-major. `dtype` is the file's: half-precision floats are widened, exactly, to float32. */
export type StoredTensor =
  | { readonly dtype: 'F32' | 'F16' | 'BF16'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'I64'; readonly shape: readonly number[]; readonly data: BigInt64Array }
  | { readonly dtype: 'I32'; readonly shape: readonly number[]; readonly data: Int32Array }
  /** BOOL: one byte an element, 0 or 1. */
  | { readonly dtype: 'U8' | 'BOOL'; readonly shape: readonly number[]; readonly data: Uint8Array };

/** The result of one pass over a whole file. */
export interface SafetensorsContent {
  /** The wanted tensors, in the order of their data. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** SHA-256 of the whole file, in hexadecimal. */
  readonly sha256: string;
}

const LENGTH_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
/** Small enough that a piece is still in the processor's cache when it is hashed or widened after it was read. */
const PIECE_BYTES = 1 << 20;

/**
 * An open safetensors file whose header has been read and checked. Tensors are read when asked for, each straight into
 * its own memory. Close it.
 */
export class SafetensorsFile implements WeightsSource {
  readonly format = 'safetensors';

  private constructor(
    private readonly reader: FileReader,
    /** The bytes before the data: length field and header. */
    private readonly head: Uint8Array,
    readonly header: SafetensorsHeader,
  ) {}

  /** @throws LensError if the file cannot be read or its header breaks the format (see `parseSafetensorsHeader`) */
  static async open(path: string): Promise<SafetensorsFile> {
    if (endianness() !== 'LE') {
      throw new LensError(path, 'safetensors files are little-endian and this machine is not', 'use another machine');
    }
    const reader = await FileReader.open(path);
    try {
      const head = await readHead(reader);
      const header = parseSafetensorsHeader(path, head.subarray(LENGTH_BYTES), reader.size - head.length);
      return new SafetensorsFile(reader, head, header);
    } catch (error) {
      await reader.close();
      throw error;
    }
  }

  get path(): string {
    return this.reader.path;
  }

  get tensors(): ReadonlyMap<string, TensorEntry> {
    return this.header.tensors;
  }

  /** Reads one tensor. @throws LensError if the file has none of that name or cannot be read */
  read(name: string): Promise<StoredTensor> {
    const entry = this.header.tensors.get(name);
    if (entry === undefined) {
      throw new LensError(this.reader.path, `holds no tensor ${quote(name)}`, 'check the name');
    }
    return this.readEntry(name, entry);
  }

  /**
   * Reads the whole file once, front to back: keeps the wanted tensors and hashes everything. Peak memory is the
   * wanted tensors and two pieces of 1 MiB.
   */
  async readAll(wanted: (name: string) => boolean = () => true): Promise<SafetensorsContent> {
    const hash = createHash('sha256').update(this.head);
    const tensors = new Map<string, StoredTensor>();
    for (const [name, entry] of this.header.tensors) {
      if (wanted(name)) tensors.set(name, await this.readEntry(name, entry, hash));
      else await this.skipEntry(entry, hash);
    }
    return { tensors, sha256: hash.digest('hex') };
  }

  /** Closes the file; nothing can be read afterwards. */
  close(): Promise<void> {
    return this.reader.close();
  }

  private async readEntry(name: string, entry: TensorEntry, hash?: Hash): Promise<StoredTensor> {
    const { dtype, shape } = entry;
    const n = countElements(shape);
    switch (dtype) {
      case 'F16':
      case 'BF16': {
        const data = this.allocate(name, () => new Float32Array(n));
        await this.widenInto(data, entry, dtype === 'F16' ? widenF16 : widenBF16, hash);
        return { dtype, shape, data };
      }
      case 'F32': {
        const data = this.allocate(name, () => new Float32Array(n));
        await this.fillInPieces(data, entry, hash);
        return { dtype, shape, data };
      }
      case 'I64': {
        const data = this.allocate(name, () => new BigInt64Array(n));
        await this.fillInPieces(data, entry, hash);
        return { dtype, shape, data };
      }
      case 'I32': {
        const data = this.allocate(name, () => new Int32Array(n));
        await this.fillInPieces(data, entry, hash);
        return { dtype, shape, data };
      }
      case 'U8':
      case 'BOOL': {
        const data = this.allocate(name, () => new Uint8Array(n));
        await this.fillInPieces(data, entry, hash);
        if (dtype === 'BOOL') this.checkBooleans(name, data);
        return { dtype, shape, data };
      }
    }
  }

  private async fillInPieces(data: ArrayBufferView, entry: TensorEntry, hash?: Hash): Promise<void> {
    const bytes = new Uint8Array(data.buffer);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      await this.reader.fill(piece, this.head.length + entry.begin + at);
      hash?.update(piece);
    }
  }

  private async widenInto(
    data: Float32Array,
    entry: TensorEntry,
    widen: (bits: Uint16Array, out: Float32Array) => void,
    hash?: Hash,
  ): Promise<void> {
    const halves = new Uint16Array(Math.min(data.length, PIECE_BYTES / Uint16Array.BYTES_PER_ELEMENT));
    for (let at = 0; at < data.length; at += halves.length) {
      const out = data.subarray(at, at + halves.length);
      const bits = halves.subarray(0, out.length);
      const bytes = new Uint8Array(bits.buffer, 0, bits.byteLength);
      await this.reader.fill(bytes, this.head.length + entry.begin + at * Uint16Array.BYTES_PER_ELEMENT);
      hash?.update(bytes);
      widen(bits, out);
    }
  }

  private async skipEntry({ begin, end }: TensorEntry, hash: Hash): Promise<void> {
    const scratch = new Uint8Array(Math.min(end - begin, PIECE_BYTES));
    for (let at = begin; at < end; at += PIECE_BYTES) {
      const piece = scratch.subarray(0, end - at);
      await this.reader.fill(piece, this.head.length + at);
      hash.update(piece);
    }
  }

  private allocate<T>(name: string, make: () => T): T {
    try {
      return make();
    } catch (error) {
      throw new LensError(
        this.reader.path,
        `tensor ${quote(name)} does not fit in memory`,
        'use a machine with more memory or a smaller model',
        'failure',
        error,
      );
    }
  }

  private checkBooleans(name: string, data: Uint8Array): void {
    const at = data.findIndex((byte) => byte > 1);
    if (at < 0) return;
    throw new LensError(
      this.reader.path,
      `tensor ${quote(name)} of BOOL holds a byte that is neither 0 nor 1 (${data[at]} at element ${at})`,
      'the file is damaged: fetch or save it again',
    );
  }
}

/**
 * Reads all wanted tensors of a safetensors file and hashes the file, in one pass.
 *
 * @throws LensError if the file cannot be read or breaks the format
 */
export async function readSafetensors(path: string, wanted?: (name: string) => boolean): Promise<SafetensorsContent> {
  const file = await SafetensorsFile.open(path);
  try {
    return await file.readAll(wanted);
  } finally {
    await file.close();
  }
}

/** The length field and the header it announces, checked against the file before memory is spent on them. */
async function readHead(reader: FileReader): Promise<Uint8Array> {
  const { path, size } = reader;
  if (size < LENGTH_BYTES) {
    throw new LensError(
      path,
      `too short for a safetensors file (${size} bytes)`,
      'the file was cut short or is no safetensors file: fetch or save it again',
    );
  }
  const field = new Uint8Array(LENGTH_BYTES);
  await reader.fill(field, 0);
  const length = new DataView(field.buffer).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw new LensError(
      path,
      `the header length is above the format's limit of ${MAX_HEADER_BYTES} bytes (${length.toString()})`,
      'the file is damaged or is no safetensors file: fetch or save it again',
    );
  }
  if (length > BigInt(size - LENGTH_BYTES)) {
    throw new LensError(
      path,
      `the header is longer than the file (${length.toString()} bytes announced, ${size - LENGTH_BYTES} there)`,
      'the file was cut short or is no safetensors file: fetch or save it again',
    );
  }
  const head = new Uint8Array(LENGTH_BYTES + Number(length));
  head.set(field);
  await reader.fill(head.subarray(LENGTH_BYTES), LENGTH_BYTES);
  return head;
}
