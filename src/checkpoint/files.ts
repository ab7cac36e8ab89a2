import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { diskError, errorCode } from '../disk-error.js';
import { LensError } from '../errors.js';
import { openPlainFile } from '../read-input.js';

/** Runs `action`; what the operating system refuses becomes a LensError about `path`. */
export async function reportingFileErrors<T>(
  path: string,
  doing: 'read' | 'written',
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && doing === 'read') {
      throw new LensError(path, 'no such file', 'check the path', 'failure', error);
    }
    throw diskError(path, `cannot be ${doing}`, error);
  }
}

const HASH_PIECE_BYTES = 1 << 20;

/** An ordinary file opened for random access. */
export class FileReader {
  private constructor(
    readonly path: string,
    /** Bytes, when it was opened. */
    readonly size: number,
    private readonly handle: FileHandle,
  ) {}

  /** @throws LensError if there is no such file, it is not an ordinary file, or it may not be read */
  static open(path: string): Promise<FileReader> {
    return reportingFileErrors(path, 'read', async () => {
      const { handle, size } = await openPlainFile(path);
      return new FileReader(path, size, handle);
    });
  }

  /** Fills `target` with the bytes from `position` on. @throws LensError if the file ends first */
  async fill(target: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < target.length;) {
      const { bytesRead } = await reportingFileErrors(this.path, 'read', () =>
        this.handle.read(target, done, target.length - done, position + done),
      );
      if (bytesRead === 0) {
        throw new LensError(
          this.path,
          `the file ended while it was read (at byte ${position + done})`,
          'wait until whatever writes it has finished',
        );
      }
      done += bytesRead;
    }
  }

  /** SHA-256 of the whole file, in hexadecimal. */
  async sha256(): Promise<string> {
    const hash = createHash('sha256');
    const piece = new Uint8Array(Math.min(HASH_PIECE_BYTES, this.size));
    for (let at = 0; at < this.size; at += piece.length) {
      const part = piece.subarray(0, this.size - at);
      await this.fill(part, at);
      hash.update(part);
    }
    return hash.digest('hex');
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
