import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { LensError } from './errors.js';
import { ownDescriptor } from './output-path.js';

/** The longest text that V8 can hold: a longer file could not be parsed. */
export const LONGEST_TEXT = 0x1fffffe8;
/** For files that are a few kilobytes, or megabytes at the most. */
const USUAL_LIMIT = 64 * 2 ** 20;

/**
 * Opens a file that a user names, or that lies in a folder that a user names.
 *
 * @throws LensError if it is a pipe, which would wait for a writer, or a device, which may have no end
 * @throws the system's error where it cannot be opened
 */
export async function openPlainFile(path: string): Promise<{ readonly handle: FileHandle; readonly size: number }> {
  const found = await stat(path);
  if (found.isDirectory()) {
    const error = new Error(`EISDIR: illegal operation on a directory, read '${path}'`);
    throw Object.assign(error, { code: 'EISDIR', syscall: 'read' });
  }
  if (!found.isFile()) {
    throw new LensError(path, 'is no plain file (a pipe or a device)', 'name a file');
  }
  return { handle: await open(path, 'r'), size: found.size };
}

/**
 * A whole file in memory. What this process was given open, `/dev/stdin` or a shell's `<(...)`, is read to its end.
 *
 * @param limit bytes
 * @throws LensError if it is a pipe or a device with a name, or longer than `limit`
 * @throws the system's error where it cannot be read
 */
export async function readInput(path: string, limit = USUAL_LIMIT): Promise<Buffer> {
  const descriptor = await ownDescriptor(path);
  if (descriptor !== undefined) return readToEnd(path, limit, descriptor);
  const { handle, size } = await openPlainFile(path);
  try {
    if (size > limit) throw tooLong(path, size, limit);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** What a descriptor of this process gives until it ends. */
async function readToEnd(path: string, limit: number, descriptor: number): Promise<Buffer> {
  // Node's own stream for standard input: it waits where a read would say that nothing is there yet.
  const stream = descriptor === 0 ? process.stdin : createReadStream(path, { fd: descriptor, autoClose: false });
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > limit) throw tooLong(path, undefined, limit);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooLong(path: string, size: number | undefined, limit: number): LensError {
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
  const found = size === undefined ? 'more' : megabytes(size);
  return new LensError(path, `is too long (${found}; up to ${megabytes(limit)} are read)`, 'name another file');
}
