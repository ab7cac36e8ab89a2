import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import { LensError } from '../errors.js';
import { writeAtomically } from '../write-file.js';
import type { FloatTensor } from './float-tensor.js';
import { narrowF16 } from './half-precision.js';
import { quote, showShape } from './messages.js';
import { countElements, DTYPE_BYTES, METADATA_KEY } from './safetensors-header.js';

const ALIGNMENT = 8;

/** What tensors are stored as: in 4 bytes, or rounded to 2. */
export type StoredDtype = 'F32' | 'F16';

/**
 * Writes float32 tensors as a safetensors file, atomically. The bytes depend on the content alone, not on the order of
 * the maps: names sorted by their UTF-8 bytes, data in the order of names, header padded with spaces to 8 bytes. The
 * reference implementation gives the same bytes for float32 tensors and at most one metadata entry.
 *
 * @param metadata strings for the file's `__metadata__`
 * @param dtype default `F32`; `F16` rounds to the nearest half
 * @returns SHA-256 of the file, in hexadecimal
 * @throws LensError if a name or a shape cannot be written, or the operating system refuses
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, FloatTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
  dtype: StoredDtype = 'F32',
): Promise<string> {
  if (endianness() !== 'LE') {
    throw new LensError(path, 'safetensors files are little-endian and this machine is not', 'use another machine');
  }
  const sorted = sortByName(tensors);
  for (const [name, tensor] of sorted) checkTensor(path, name, tensor);
  const hash = createHash('sha256');
  await writeAtomically(path, async (put) => {
    const head = encodeHead(sorted, sortByName(metadata), dtype);
    const pieces = [head, ...sorted.map(([, { data }]) => bytesOf(dtype === 'F32' ? data : narrowF16(data)))];
    for (const piece of pieces) {
      hash.update(piece);
      await put(piece);
    }
  });
  return hash.digest('hex');
}

function sortByName<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function checkTensor(path: string, name: string, { shape, data }: FloatTensor): void {
  // A lone surrogate has no UTF-8 form; other readers refuse its escape.
  if (name === METADATA_KEY || /\p{Surrogate}/u.test(name)) {
    throw new LensError(path, `a tensor cannot be named ${quote(name)} in a safetensors file`, 'rename it');
  }
  if (!shape.every((n) => Number.isSafeInteger(n) && n >= 0) || countElements(shape) !== data.length) {
    throw new LensError(
      path,
      `tensor ${quote(name)} has ${data.length} elements, which is not what its shape says (${showShape(shape)})`,
      'give the shape of the data',
    );
  }
}

/** Written entry by entry: a JavaScript object would move names that look like integers to the front. */
function encodeHead(
  tensors: readonly [string, FloatTensor][],
  metadata: readonly [string, string][],
  dtype: StoredDtype,
): Uint8Array {
  const entries: string[] = [];
  if (metadata.length > 0) {
    const strings = metadata.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    entries.push(`"${METADATA_KEY}":{${strings.join(',')}}`);
  }
  let begin = 0;
  for (const [name, { shape, data }] of tensors) {
    const end = begin + data.length * DTYPE_BYTES[dtype];
    entries.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`);
    begin = end;
  }
  const text = Buffer.from(`{${entries.join(',')}}`);
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const head = Buffer.alloc(ALIGNMENT + length, ' ');
  head.writeBigUInt64LE(BigInt(length));
  text.copy(head, ALIGNMENT);
  return head;
}

function bytesOf(data: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
