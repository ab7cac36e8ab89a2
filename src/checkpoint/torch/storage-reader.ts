import { LensError } from '../../errors.js';
import { widenBF16, widenF16 } from '../half-precision.js';
import { quote } from '../messages.js';
import { DTYPE_BYTES } from '../safetensors-header.js';
import type { StoredTensor } from '../safetensors-reader.js';
import { gather } from './gather.js';
import type { TorchTensor } from './tensor.js';
import type { ZipArchive, ZipEntry } from './zip-archive.js';

/** Small enough that a piece is still in the processor's cache when it is widened after it was read. */
const PIECE_BYTES = 1 << 20;

/** Bytes that a view takes in memory: half-precision floats are widened to float32. */
export function bytesInMemory({ dtype, length }: TorchTensor): number {
  return length * (dtype === 'F16' || dtype === 'BF16' ? Float32Array.BYTES_PER_ELEMENT : DTYPE_BYTES[dtype]);
}

/** Whether the view is the whole storage as it lies, so that it can be read straight into its own memory. */
export function isWholeStorage(view: TorchTensor): boolean {
  return view.offset === 0 && view.isContiguous && view.length === view.storage.length;
}

/** Bytes that `readViews` takes besides the views: the storage as a whole, where its views cannot be read directly. */
export function workingBytes(entry: ZipEntry, views: readonly TorchTensor[]): number {
  if (!entry.compressed && views.length === 1 && isWholeStorage(views[0])) return 2 * PIECE_BYTES;
  return entry.size + (entry.compressed ? entry.storedSize : 0);
}

/**
 * Reads views of one storage, in their order. The storage is read once and held against its checksum.
 *
 * @throws LensError if the storage is damaged
 */
export async function readViews(
  subject: string,
  archive: ZipArchive,
  entry: ZipEntry,
  views: readonly TorchTensor[],
): Promise<StoredTensor[]> {
  if (!entry.compressed && views.length === 1 && isWholeStorage(views[0])) {
    const [view] = views;
    const tensor = allocate(subject, view);
    await fillDirectly(archive, entry, tensor);
    checkBooleans(subject, view, tensor);
    return [tensor];
  }
  const bytes = await archive.read(entry);
  return views.map((view) => {
    const tensor = allocate(subject, view);
    fillFrom(bytes, view, tensor);
    checkBooleans(subject, view, tensor);
    return tensor;
  });
}

function allocate(subject: string, { dtype, shape, length, storage }: TorchTensor): StoredTensor {
  try {
    switch (dtype) {
      case 'F32':
      case 'F16':
      case 'BF16':
        return { dtype, shape, data: new Float32Array(length) };
      case 'I64':
        return { dtype, shape, data: new BigInt64Array(length) };
      case 'I32':
        return { dtype, shape, data: new Int32Array(length) };
      case 'U8':
      case 'BOOL':
        return { dtype, shape, data: new Uint8Array(length) };
    }
  } catch (error) {
    throw new LensError(
      subject,
      `a tensor of storage ${quote(storage.key)} does not fit in memory`,
      'use a machine with more memory or a smaller model',
      'failure',
      error,
    );
  }
}

async function fillDirectly(archive: ZipArchive, entry: ZipEntry, { dtype, data }: StoredTensor): Promise<void> {
  if (dtype !== 'F16' && dtype !== 'BF16') {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    await archive.readInPieces(entry, PIECE_BYTES, (at, length) => bytes.subarray(at, at + length));
    return;
  }
  const halves = new Uint16Array(PIECE_BYTES / Uint16Array.BYTES_PER_ELEMENT);
  const bytes = new Uint8Array(halves.buffer);
  const widen = dtype === 'F16' ? widenF16 : widenBF16;
  await archive.readInPieces(
    entry,
    PIECE_BYTES,
    (_, length) => bytes.subarray(0, length),
    (at, length) => widen(halves.subarray(0, length / 2), data.subarray(at / 2, (at + length) / 2)),
  );
}

/** @param bytes the storage; a whole number of elements, on a boundary for them */
function fillFrom(bytes: Uint8Array, view: TorchTensor, tensor: StoredTensor): void {
  const { offset, shape, strides, length } = view;
  const [buffer, start] = [bytes.buffer, bytes.byteOffset];
  switch (tensor.dtype) {
    case 'F16':
    case 'BF16': {
      const halves = new Uint16Array(length);
      gather(new Uint16Array(buffer, start, bytes.length / 2), halves, offset, shape, strides);
      (tensor.dtype === 'F16' ? widenF16 : widenBF16)(halves, tensor.data);
      break;
    }
    case 'F32':
      gather(new Float32Array(buffer, start, bytes.length / 4), tensor.data, offset, shape, strides);
      break;
    case 'I64':
      gather(new BigInt64Array(buffer, start, bytes.length / 8), tensor.data, offset, shape, strides);
      break;
    case 'I32':
      gather(new Int32Array(buffer, start, bytes.length / 4), tensor.data, offset, shape, strides);
      break;
    case 'U8':
    case 'BOOL':
      gather(bytes, tensor.data, offset, shape, strides);
      break;
  }
}

function checkBooleans(subject: string, { storage }: TorchTensor, { dtype, data }: StoredTensor): void {
  if (dtype !== 'BOOL') return;
  const at = data.findIndex((byte) => byte > 1);
  if (at < 0) return;
  throw new LensError(
    subject,
    `a bool tensor of storage ${quote(storage.key)} holds a byte that is neither 0 nor 1 (${data[at]} at element ${at})`,
    'the file is damaged: fetch or save it again',
  );
}
