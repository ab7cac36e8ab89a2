import { LensError } from './errors.js';

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space, then go on with --resume',
  EDQUOT: 'raise the disk quota or free some space, then go on with --resume',
  EFBIG: 'raise the limit on file sizes, then go on with --resume',
  EACCES: 'check its permissions, or choose another folder',
  EPERM: 'check its permissions, or choose another folder',
  EROFS: 'choose a folder on a disk that can be written',
  ENOENT: 'choose another folder',
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
