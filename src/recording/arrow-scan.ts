import type { FileHandle } from 'node:fs/promises';
import type { Message, Schema } from 'apache-arrow';
import type { BatchHeader } from './arrow-body.js';
import { decodeMessage } from './arrow-message.js';

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
  readonly header: BatchHeader;
}

/** What an Arrow file holds from its head on, whether or not it was finished. */
export interface ScannedFile {
  /** Bytes of magic and schema; 0 where the file breaks off inside them. */
  readonly headLength: number;
  /** Absent where the file breaks off before its end. */
  readonly schema?: Schema | undefined;
  /** All batches that are complete, in order. */
  readonly batches: readonly ScannedBatch[];
  /** Whether the end-of-stream marker, the footer and the magic follow the last batch. */
  readonly isFinished: boolean;
}

/** `ARROW1` and two bytes of padding. */
const MAGIC = Buffer.from('ARROW1\0\0', 'latin1');
const PREFIX = 8;
const CONTINUATION = -1;
/** The schema carries the metadata, which are text of a few kilobytes. */
const MAX_MESSAGE = 64 * 2 ** 20;

/**
 * Walks the messages of a file written by `ArrowFileWriter`: the schema, then record batches, up to the end-of-stream
 * marker or the first message that is not wholly there. Bodies are skipped, not read; the footer is not needed.
 */
export async function scanArrowFile(handle: FileHandle): Promise<ScannedFile> {
  const { size } = await handle.stat();
  const nothing = { headLength: 0, batches: [], isFinished: false };
  const magic = await readBytes(handle, 0, MAGIC.length);
  if (!MAGIC.equals(magic)) return nothing;

  const head = await readMessage(handle, MAGIC.length, size);
  if (head?.message.isSchema() !== true || head.message.bodyLength > 0) return nothing;

  const schema = head.message.header();
  const batches: ScannedBatch[] = [];
  const headLength = MAGIC.length + head.length;
  let offset = headLength;
  for (;;) {
    const next = await readMessage(handle, offset, size);
    if (next === undefined || !next.message.isRecordBatch())
      return { headLength, schema, batches, isFinished: await isFinished(handle, offset, size) };
    const { bodyLength } = next.message;
    const header = next.message.header() as unknown as BatchHeader;
    batches.push({ offset, metaDataLength: next.length, bodyLength, rows: header.length, header });
    offset += next.length + bodyLength;
  }
}

/** The message at `offset`, or undefined where there is none or the file (of `size` bytes) breaks off in it. */
async function readMessage(
  handle: FileHandle,
  offset: number,
  size: number,
): Promise<{ message: Message; length: number } | undefined> {
  const prefix = await readBytes(handle, offset, PREFIX);
  if (prefix.length < PREFIX || prefix.readInt32LE(0) !== CONTINUATION) return undefined;
  const length = PREFIX + prefix.readInt32LE(4);
  // Bodies begin at multiples of 8 bytes.
  if (length <= PREFIX || length > MAX_MESSAGE || length % 8 !== 0 || offset + length > size) return undefined;
  // Bytes that were allocated but never reached the disk read as zeros, which is no message.
  const message = decodeMessage(await readBytes(handle, offset + PREFIX, length - PREFIX));
  if (message === undefined || offset + length + message.bodyLength > size) return undefined;
  return { message, length };
}

async function isFinished(handle: FileHandle, offset: number, size: number): Promise<boolean> {
  const marker = await readBytes(handle, offset, PREFIX);
  const magic = await readBytes(handle, size - 6, 6);
  const isEnd = marker.length === PREFIX && marker.readInt32LE(0) === CONTINUATION && marker.readInt32LE(4) === 0;
  return isEnd && MAGIC.subarray(0, 6).equals(magic);
}

/** Bytes of a file in memory of their own; fewer where it ends before. */
export async function readBytes(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
