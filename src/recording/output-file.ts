import { createHash, type Hash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { LensError } from '../errors.js';
import { diskError, errorCode, onDisk } from '../disk-error.js';
import { hashBytes } from './file-hash.js';
import type { FileSummary } from './metadata.js';

/** Writes bytes at a position and returns how many it wrote, possibly fewer than asked. */
export type WriteBytes = (fd: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;

/** A file that only grows, and knows the hash of what it holds. Its failures are LensErrors that name it. */
export class OutputFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash;
  readonly #write: WriteBytes;
  #position: number;

  private constructor(path: string, handle: FileHandle, hash: Hash, position: number, write: WriteBytes) {
    this.path = path;
    this.#handle = handle;
    this.#hash = hash;
    this.#position = position;
    this.#write = write;
  }

  /**
   * Opens a file, which is made where it is missing, and cuts it to its first `keep` bytes.
   *
   * @param write replaces `fs.writeSync` in tests
   */
  static async open(path: string, keep = 0, write: WriteBytes = writeSync): Promise<OutputFile> {
    return onDisk(path, 'could not be opened', async () => {
      const handle = await open(path, keep === 0 ? 'w+' : 'r+');
      try {
        if (keep > 0) await handle.truncate(keep);
        const hash = createHash('sha256');
        if (keep > 0) await hashBytes(path, hash);
        return new OutputFile(path, handle, hash, keep, write);
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  /** Bytes in the file: where the next write goes. */
  get position(): number {
    return this.#position;
  }

  /** Appends all of `bytes`. It is synchronous because Arrow's writer is. */
  write(bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.byteLength) {
      let count: number;
      try {
        count = this.#write(this.#handle.fd, bytes, written, bytes.byteLength - written, this.#position);
      } catch (error) {
        throw diskError(this.path, 'could not be written', error);
      }
      if (count === 0) throw new LensError(this.path, 'could not be written (the disk takes no more bytes)');
      written += count;
      this.#position += count;
    }
    this.#hash.update(bytes);
  }

  /** Returns when everything written so far is on the disk itself. */
  async sync(): Promise<void> {
    await onDisk(this.path, 'could not be written', () => this.#handle.sync());
  }

  /** SHA-256 of what is written so far. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Size and hash of the whole file. Nothing may be written afterwards. */
  summary(): FileSummary {
    return { bytes: this.#position, sha256: this.#hash.digest('hex') };
  }

  /** Whether `path` still leads to this file: another run may have deleted or replaced it. */
  async isInPlace(): Promise<boolean> {
    try {
      const [mine, found] = await Promise.all([this.#handle.stat({ bigint: true }), stat(this.path, { bigint: true })]);
      return mine.ino === found.ino && mine.dev === found.dev && mine.size === BigInt(this.#position);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw diskError(this.path, 'could not be examined', error);
    }
  }

  async close(): Promise<void> {
    await onDisk(this.path, 'could not be closed', () => this.#handle.close());
  }
}
