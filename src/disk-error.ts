import { LensError } from './errors.js';

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space and run it again (record and train: with --resume)',
  EDQUOT: 'raise the disk quota and run it again (record and train: with --resume)',
  EFBIG: 'raise the limit on file sizes and run it again (record and train: with --resume)',
  EMFILE: 'raise the limit on open files (ulimit -n)',
  ENFILE: 'close other programs: this machine has no more open files',
  EACCES: 'check its permissions, or choose another place',
  EPERM: 'check its permissions, or choose another place',
  EROFS: 'choose a place on a disk that can be written',
  ENOENT: 'choose another place',
  EISDIR: 'name a file',
  ENOTDIR: 'choose a folder whose parent is a folder',
};

/** The error code of a failed system call, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * A failed system call as an error for users. Anything else passes through unchanged.
 *
 * @param path the file or folder
 * @param problem what could not be done, e.g. `could not be written`
 */
export function diskError(path: string, problem: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof LensError) return error;
  const reason = error instanceof Error ? error.message.replace(/, [a-z]+( '.*)?$/, '') : code;
  const remedy = remedies[code] ?? 'check the disk';
  return new LensError(path, `${problem} (${reason})`, remedy, 'failure', error);
}

/** Runs a step that touches the disk and turns its failure into a {@link diskError}. */
export async function onDisk<T>(path: string, problem: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw diskError(path, problem, error);
  }
}
