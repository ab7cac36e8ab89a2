import { lstat, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LensError } from '../errors.js';
import { errorCode, onDisk } from '../disk-error.js';
import { LOCK } from '../folder-lock.js';
import { readInput } from '../read-input.js';
import { CHECKSUMS } from './batch-checksums.js';
import { ARROW_FILES, formatMetadataFile, parseMetadataFile, type StoredMetadata } from './metadata.js';

const METADATA = 'metadata.json';
/** The next `metadata.json` until it is complete. */
const METADATA_DRAFT = 'metadata.json.tmp';
/** Inside a partial folder: the recording that the new one has just taken the name of. */
const REPLACED = 'replaced';

/** What holds a recording's data. */
const OWN_DATA: readonly string[] = [...ARROW_FILES, METADATA, METADATA_DRAFT, CHECKSUMS, REPLACED];

function isLock(name: string): boolean {
  return name === LOCK || name.startsWith(`${LOCK}.`);
}

/**
 * The folder in which a recording is written until it is finished.
 *
 * @param final the recording's folder as {@link outputFolder} gives it
 */
export function partialFolderOf(final: string): string {
  return `${final}.partial`;
}

/**
 * That a finished recording can take its name, which is a rename.
 *
 * @throws LensError where the folder is the root of a disk, or its partial folder a link, which would be renamed alone
 */
export async function requireOwnName(folder: string, final: string): Promise<void> {
  await onDisk(folder, 'cannot be written', async () => {
    const [own, parent] = await Promise.all([final, dirname(final)].map((path) => stat(path).catch(() => undefined)));
    if (own !== undefined && own.dev !== parent?.dev)
      throw new LensError(folder, 'is the root of a disk', 'name a folder in it', 'usage');
    const partial = await lstat(partialFolderOf(final)).catch(() => undefined);
    if (partial?.isSymbolicLink() === true)
      throw new LensError(`${folder}.partial`, 'is a link', 'remove it, or choose another folder', 'usage');
  });
}

/** The names in a folder, or undefined where there is no such folder. @throws LensError where it is a file */
export async function listFolder(folder: string): Promise<string[] | undefined> {
  return onDisk(folder, 'could not be read', async () => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      if (errorCode(error) === 'ENOTDIR' && (await isFile(folder))) {
        throw new LensError(folder, 'is a file', 'choose another folder', 'usage', error);
      }
      throw error;
    }
  });
}

/** Not where a folder above it is a file. */
async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
}

/**
 * Whether there is a recording, finished or not, in a folder that is about to be deleted. An empty folder, or
 * one with a lock alone, counts as none.
 *
 * @throws LensError where the folder holds anything else: deleting it would lose somebody's files
 */
export async function holdsRecording(folder: string): Promise<boolean> {
  const names = await listFolder(folder);
  if (names === undefined) return false;
  const stranger = names.find((name) => !OWN_DATA.includes(name) && !isLock(name));
  if (stranger !== undefined) {
    throw new LensError(folder, `holds something else than a recording (${stranger})`, 'choose another folder');
  }
  return names.some((name) => OWN_DATA.includes(name));
}

/** Deletes the recording that a folder holds; a lock stays. */
export async function makeEmpty(folder: string): Promise<void> {
  await holdsRecording(folder);
  await onDisk(folder, 'could not be emptied', async () => {
    for (const name of OWN_DATA) await rm(join(folder, name), { recursive: true, force: true });
  });
}

/**
 * Reads `metadata.json`, or gives undefined where there is none.
 *
 * @throws LensError where it is malformed
 */
export async function readMetadataFile(folder: string): Promise<StoredMetadata | undefined> {
  const path = join(folder, METADATA);
  const text = await onDisk(path, 'could not be read', async () => {
    try {
      return (await readInput(path)).toString('utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
  return text === undefined ? undefined : parseMetadataFile(path, text);
}

/** Writes `metadata.json` so that at every moment there is either the old one or the new one. */
export async function writeMetadataFile(folder: string, metadata: StoredMetadata): Promise<void> {
  const path = join(folder, METADATA);
  await onDisk(path, 'could not be written', async () => {
    const draft = join(folder, METADATA_DRAFT);
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(formatMetadataFile(metadata));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  });
}

/**
 * Gives a complete partial folder its final name. A recording that has the name already moves into the new one's
 * folder first, so that a kill in between leaves one folder to resume, and is deleted last.
 *
 * @throws LensError where the name has been taken meanwhile (without `overwrite`) or the disk fails
 */
export async function publish(final: string, overwrite: boolean): Promise<void> {
  const partial = partialFolderOf(final);
  const replaced = join(partial, REPLACED);
  const taken = await holdsRecording(final);
  if (taken && !overwrite) {
    throw new LensError(final, 'was made by another run meanwhile', `rename it, then rename ${partial}`);
  }
  await onDisk(final, 'could not be given its final name', async () => {
    await syncFolder(partial);
    if (taken) {
      await rm(replaced, { recursive: true, force: true });
      await rename(final, replaced);
    } else if ((await listFolder(final)) !== undefined) {
      await rmdir(final);
    }
    try {
      await rename(partial, final);
    } catch (error) {
      if (taken) await rename(replaced, final);
      throw error;
    }
    await syncFolder(dirname(final));
    await rm(join(final, REPLACED), { recursive: true, force: true });
  });
}

/** Makes the names in a folder durable. Windows opens no folders, and needs none of this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
