import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LensError } from '../errors.js';
import { makeFolder } from '../recording/index.js';

/** @throws LensError if a folder stands where a file is to be written: said before anything is computed for it */
export async function refuseFolder(path: string): Promise<void> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw new LensError(path, 'is a folder', 'name a file', 'usage');
}

/**
 * Writes a file under a temporary name beside it and renames it when it is complete, so that a failure leaves no
 * half-written file under the name. Missing folders are made.
 *
 * @throws LensError naming the file and the reason
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await makeFolder(dirname(path));
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new LensError(path, `cannot be written (${reason})`, 'choose another place', 'failure', error);
  }
}
