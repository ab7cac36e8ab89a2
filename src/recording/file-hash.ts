import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { openPlainFile } from '../read-input.js';

/** Feeds a file to a hash through one buffer: a stream would leave a new one behind for every piece. */
export async function hashBytes(path: string, hash: Hash): Promise<void> {
  const { handle } = await openPlainFile(path);
  try {
    const buffer = Buffer.allocUnsafe(1 << 18);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/**
 * SHA-256 of the beginnings of a file.
 *
 * @param lengths of the beginnings, ascending, none longer than the file
 */
export async function sha256OfPrefixes(path: string, lengths: readonly number[]): Promise<string[]> {
  const digests: string[] = [];
  const hash = createHash('sha256');
  let at = 0;
  for (const end of lengths) {
    // `end` of a stream is inclusive, and there is none that is empty.
    if (end > at)
      for await (const bytes of createReadStream(path, { start: at, end: end - 1 })) hash.update(bytes as Buffer);
    at = end;
    digests.push(hash.copy().digest('hex'));
  }
  return digests;
}

/** SHA-256 of a file, hexadecimal. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await hashBytes(path, hash);
  return hash.digest('hex');
}
