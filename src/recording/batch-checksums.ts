import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, onDisk } from '../disk-error.js';
import { readInput } from '../read-input.js';
import type { ScannedFile } from './arrow-scan.js';
import { sha256OfPrefixes } from './file-hash.js';
import { OutputFile, type WriteBytes } from './output-file.js';

/**
 * The checksums in a partial folder: one line for each batch, with the SHA-256 of `items.arrow` and of `thoughts.arrow`
 * from their beginnings to the batch's end. A batch counts once its line is there.
 */
export const CHECKSUMS = 'batches.sha256';

/** Bytes of a line. */
const LENGTH = 130;

/** Where the next batch of a file begins. */
export function endOf({ headLength, batches }: ScannedFile): number {
  const last = batches.at(-1);
  return last === undefined ? headLength : last.offset + last.metaDataLength + last.bodyLength;
}

/** How many first batches of both files are what was written, to the last bit. */
export async function countVerified(folder: string, items: ScannedFile, thoughts: ScannedFile): Promise<number> {
  const stored = await readLines(join(folder, CHECKSUMS));
  const found = await linesOf(folder, items, thoughts, stored.length);
  return 1 + found.findLastIndex((line, i) => line === stored[i]);
}

/** Writes the checksums of files that are known to be whole: killed meanwhile, it is done again. */
export async function restoreChecksums(folder: string, items: ScannedFile, thoughts: ScannedFile): Promise<void> {
  const lines = await linesOf(folder, items, thoughts, items.batches.length);
  const path = join(folder, CHECKSUMS);
  await onDisk(path, 'could not be written', () => writeFile(path, lines.map((line) => `${line}\n`).join('')));
}

/** The lines of the first `most` batches. */
async function linesOf(folder: string, items: ScannedFile, thoughts: ScannedFile, most: number): Promise<string[]> {
  const count = Math.min(most, items.batches.length, thoughts.batches.length);
  const digests = async (name: string, file: ScannedFile): Promise<string[]> => {
    const path = join(folder, name);
    const ends = file.batches.slice(0, count).map((_, i) => endOf({ ...file, batches: file.batches.slice(0, i + 1) }));
    return onDisk(path, 'could not be read', () => sha256OfPrefixes(path, ends));
  };
  const [ofThoughts, ofItems] = [await digests('thoughts.arrow', thoughts), await digests('items.arrow', items)];
  return ofItems.map((digest, i) => `${digest} ${ofThoughts[i]}`);
}

/** Opens the checksums of the first `kept` batches, to be gone on with. */
export function openChecksums(folder: string, kept: number, writeBytes?: WriteBytes): Promise<OutputFile> {
  return OutputFile.open(join(folder, CHECKSUMS), kept * LENGTH, writeBytes);
}

/** The line of the batch that ends both files. */
export function checksumLine(items: OutputFile, thoughts: OutputFile): Buffer {
  return Buffer.from(`${items.digest()} ${thoughts.digest()}\n`);
}

/** For a recording that is complete: its metadata hold the hashes of the whole files. */
export async function removeChecksums(folder: string): Promise<void> {
  const path = join(folder, CHECKSUMS);
  await onDisk(path, 'could not be removed', () => rm(path, { force: true }));
}

async function readLines(path: string): Promise<string[]> {
  return onDisk(path, 'could not be read', async () => {
    try {
      // What follows the last line feed is no whole line.
      return (await readInput(path)).toString('latin1').split('\n').slice(0, -1);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  });
}
