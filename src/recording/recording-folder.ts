import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LensError } from '../errors.js';
import { errorCode, onDisk } from './disk-error.js';
import { ARROW_FILES, formatMetadataFile, parseMetadataFile, type StoredMetadata } from './metadata.js';

const METADATA = 'metadata.json';
/** The next `metadata.json` until it is complete. */
const METADATA_DRAFT = 'metadata.json.tmp';
/** Inside a partial folder: the recording that the new one has just taken the name of. */
const REPLACED = 'replaced';

const OWN_FILES: readonly string[] = [...ARROW_FILES, METADATA, METADATA_DRAFT, REPLACED];

/** The folder in which `folder` is written until it is finished. */
export function partialFolderOf(folder: string): string {
  return `${resolve(folder)}.partial`;
}

/** The names in a folder, or undefined where there is no such folder. */
export async function listFolder(folder: string): Promise<string[] | undefined> {
  return onDisk(folder, 'could not be read', async () => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
}

/**
 * Whether there is a recording, finished or not, in a folder that is about to be deleted. An empty folder counts as
 * none.
 *
 * @throws LensError where the folder holds anything else: deleting it would lose somebody's files
 */
export async function holdsRecording(folder: string): Promise<boolean> {
  const names = await listFolder(folder);
  if (names === undefined || names.length === 0) return false;
  const stranger = names.find((name) => !OWN_FILES.includes(name));
  if (stranger !== undefined) {
    throw new LensError(folder, `holds something else than a recording (${stranger})`, 'choose another folder');
  }
  return true;
}

/** Makes an empty folder, in place of the recording that it may hold. */
export async function makeEmpty(folder: string): Promise<void> {
  await holdsRecording(folder);
  await onDisk(folder, 'could not be made', async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
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
      return await readFile(path, 'utf8');
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
export async function publish(folder: string, overwrite: boolean): Promise<void> {
  const final = resolve(folder);
  const partial = partialFolderOf(folder);
  const replaced = join(partial, REPLACED);
  const taken = await holdsRecording(final);
  if (taken && !overwrite) {
    throw new LensError(folder, 'was made by another run meanwhile', `rename it, then rename ${folder}.partial`);
  }
  await onDisk(folder, 'could not be given its final name', async () => {
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
