import type { FileHandle } from 'node:fs/promises';
import { Message } from 'apache-arrow';

/** Where a record batch lies in an Arrow file, as the file's footer says it. */
export interface BatchBlock {
  readonly offset: number;
  /** Prefix, message and padding. */
  readonly metaDataLength: number;
  readonly bodyLength: number;
}

/** A record batch found by {@link scanArrowFile}. */
export interface ScannedBatch extends BatchBlock {
  readonly rows: number;
}

/** What an Arrow file holds from its head on, whether or not it was finished. */
export interface ScannedFile {
  /** Bytes of magic and schema; 0 where the file breaks off inside them. */
  readonly headLength: number;
  /** All batches that are complete, in order. */
  readonly batches: readonly ScannedBatch[];
}

/** `ARROW1` and two bytes of padding. */
const MAGIC = Buffer.from('ARROW1\0\0', 'latin1');
const PREFIX = 8;
const CONTINUATION = -1;

/**
 * Walks the messages of a file written by `ArrowFileWriter`: the schema, then record batches, up to the end-of-stream
 * marker or the first message that is not wholly there. Bodies are skipped, not read.
 */
export async function scanArrowFile(handle: FileHandle): Promise<ScannedFile> {
  const { size } = await handle.stat();
  const magic = await read(handle, 0, MAGIC.length);
  if (!magic.equals(MAGIC)) return { headLength: 0, batches: [] };

  const head = await readMessage(handle, MAGIC.length, size);
  if (head?.message.isSchema() !== true) return { headLength: 0, batches: [] };

  const batches: ScannedBatch[] = [];
  const headLength = MAGIC.length + head.length;
  let offset = headLength;
  for (;;) {
    const next = await readMessage(handle, offset, size);
    if (next === undefined || !next.message.isRecordBatch()) return { headLength, batches };
    const { bodyLength } = next.message;
    batches.push({ offset, metaDataLength: next.length, bodyLength, rows: next.message.header().length });
    offset += next.length + bodyLength;
  }
}

/** The message at `offset`, or undefined where there is none or the file (of `size` bytes) breaks off in it. */
async function readMessage(
  handle: FileHandle,
  offset: number,
  size: number,
): Promise<{ message: Message; length: number } | undefined> {
  const prefix = await read(handle, offset, PREFIX);
  if (prefix.length < PREFIX || prefix.readInt32LE(0) !== CONTINUATION) return undefined;
  const length = PREFIX + prefix.readInt32LE(4);
  if (length <= PREFIX || offset + length > size) return undefined;
  const bytes = await read(handle, offset + PREFIX, length - PREFIX);
  const message = decode(bytes);
  if (message === undefined || message.bodyLength < 0 || offset + length + message.bodyLength > size) return undefined;
  return { message, length };
}

/** Bytes that were allocated but never reached the disk read as zeros, which is no message. */
function decode(bytes: Buffer): Message | undefined {
  try {
    const message = Message.decode(bytes);
    message.header();
    return message;
  } catch {
    return undefined;
  }
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
