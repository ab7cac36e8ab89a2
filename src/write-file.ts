import { createHash } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LensError } from './errors.js';
import { makeFolder } from './make-folder.js';

/** @throws LensError if a folder stands where a file is to be written: said before anything is computed for it */
export async function refuseFolder(path: string): Promise<void> {
  if ((await whatStands(path)) === 'folder') throw new LensError(path, 'is a folder', 'name a file', 'usage');
}

/**
 * For files that are not replaced without being told to.
 *
 * @throws LensError if anything has the name already: said before anything is computed for it
 */
export async function refuseExisting(
  path: string,
  remedy = 'choose another file, or pass --overwrite to replace it',
): Promise<void> {
  await refuseFolder(path);
  if ((await whatStands(path)) === undefined) return;
  throw new LensError(path, 'already exists', remedy, 'usage');
}

function whatStands(path: string): Promise<'folder' | 'file' | undefined> {
  return stat(path).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => undefined,
  );
}

/**
 * Writes a file under a temporary name beside it and renames it when it is complete, so that a failure leaves no
 * half-written file under the name. Missing folders are made.
 *
 * @throws LensError naming the file and the reason
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  await writePiecesWhole(path, [text]);
}

/** Characters that are gathered before they are written. */
const BUFFERED = 1 << 16;

/**
 * {@link writeFileWhole} for a text that is made piece by piece and never held as a whole. What making a piece throws is
 * passed on as it is; no file is left then either.
 *
 * @returns SHA-256 of the file, hexadecimal
 * @throws LensError naming the file and the reason
 */
export async function writePiecesWhole(path: string, pieces: Iterable<string>): Promise<string> {
  const hash = createHash('sha256');
  await fillWhole(path, async (handle) => {
    const write = async (text: string): Promise<void> => {
      hash.update(text);
      await onFile(path, () => handle.appendFile(text));
    };
    let gathered = '';
    for (const piece of pieces) {
      gathered += piece;
      if (gathered.length < BUFFERED) continue;
      await write(gathered);
      gathered = '';
    }
    await write(gathered);
  });
  return hash.digest('hex');
}

/** {@link writeFileWhole} for bytes. */
export async function writeBytesWhole(path: string, bytes: Uint8Array): Promise<void> {
  await fillWhole(path, (handle) => onFile(path, () => handle.writeFile(bytes)));
}

/** Opens a draft beside the file, lets `fill` write it, and gives it the file's name. */
async function fillWhole(path: string, fill: (handle: FileHandle) => Promise<void>): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await onFile(path, () => makeFolder(dirname(path)));
    const handle = await onFile(path, () => open(draft, 'w'));
    try {
      await fill(handle);
    } finally {
      await handle.close();
    }
    await onFile(path, () => rename(draft, path));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function onFile<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LensError(path, `cannot be written (${reason})`, 'choose another place', 'failure', error);
  }
}
