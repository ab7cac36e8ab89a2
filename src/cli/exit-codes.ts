import { InterruptedError, LensError, type ErrorKind } from '../errors.js';

/** What the process ends with. */
export const EXIT = { ok: 0, failure: 1, usage: 2, check: 3, interrupted: 130, terminated: 143 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const CODES: Readonly<Record<ErrorKind, ExitCode>> = { failure: EXIT.failure, usage: EXIT.usage, check: EXIT.check };

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof InterruptedError) return EXIT.interrupted;
  return error instanceof LensError ? CODES[error.kind] : EXIT.failure;
}
