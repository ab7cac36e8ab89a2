import { readFileSync } from 'node:fs';
import { errorCode } from '../disk-error.js';
import { InterruptedError, LensError } from '../errors.js';

/** Files that Node opens at once while it loads this package: 200 are too few. */
const NEEDED = 256;

/** Asked at the beginning: when it is met, the file that says it cannot be opened either. */
const LIMIT = fileLimit();

/**
 * Node loads modules side by side, and what meets a small limit on open files is its loader, with errors of many kinds.
 *
 * @param limit files that this process may have open; undefined where the system does not say
 * @returns an error for users in the place of one that the limit may be the cause of
 */
export function withFileLimit(error: unknown, limit: number | undefined = LIMIT): unknown {
  if (error instanceof LensError || error instanceof InterruptedError) return error;
  const isFew = limit !== undefined && limit < NEEDED;
  if (!isFew && errorCode(error) !== 'EMFILE' && errorCode(error) !== 'ENFILE') return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new LensError(
    'open files',
    `this process may have too few (${limit ?? 'no more'}: ${reason})`,
    `allow ${4 * NEEDED}: ulimit -n ${4 * NEEDED}`,
    'failure',
    error,
  );
}

function fileLimit(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
