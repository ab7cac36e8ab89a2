import { mkdir, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode } from './disk-error.js';

/**
 * Makes a folder and its missing parents, one level at a time. `fs.mkdir` with `recursive` goes round for ever where a
 * file system answers ENOENT to the making of a folder whose parent exists, as Linux's /proc does. A link to nothing
 * gets its target.
 *
 * @throws the error of the system call: ENOTDIR where a file stands in the way
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      const found = await stat(path).catch((reason: unknown) => {
        if (errorCode(reason) !== 'ENOENT') throw reason;
      });
      if (found?.isDirectory() === true) return;
      if (found !== undefined) throw error;
      await makeFolder(resolve(dirname(path), await readlink(path)));
      return;
    }
    const parent = dirname(path);
    if (errorCode(error) !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent);
    await mkdir(path).catch((again: unknown) => {
      // Another process may have made it in between.
      if (errorCode(again) !== 'EEXIST') throw again;
    });
  }
}
