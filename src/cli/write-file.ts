import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LensError } from '../errors.js';

/**
 * Writes a file under a temporary name beside it and renames it when it is complete, so that a failure leaves no
 * half-written file under the name. Missing folders are made.
 *
 * @throws LensError naming the file and the reason
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new LensError(path, `cannot be written (${reason})`, 'choose another place', 'failure', error);
  }
}
