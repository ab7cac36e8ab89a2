import { LensError } from '../errors.js';

/** An error as it goes from thread to thread: `structuredClone` would make a plain `Error` of a `LensError`. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: SentError | undefined;
  /** Of a `LensError`. */
  readonly lens: Pick<LensError, 'subject' | 'problem' | 'remedy' | 'kind'> | undefined;
}

export function sendError(error: unknown): SentError {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: undefined, cause: undefined, lens: undefined };
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    cause: cause === undefined ? undefined : sendError(cause),
    lens:
      error instanceof LensError
        ? { subject: error.subject, problem: error.problem, remedy: error.remedy, kind: error.kind }
        : undefined,
  };
}

/** The error that was sent: of the same class if it was a `LensError`, else an `Error` of the same name. */
export function receiveError({ name, message, stack, cause: sent, lens }: SentError): Error {
  const cause = sent === undefined ? undefined : receiveError(sent);
  const error =
    lens === undefined
      ? Object.assign(new Error(message, { cause }), { name })
      : new LensError(lens.subject, lens.problem, lens.remedy, lens.kind, cause);
  // Where it was thrown, in the other thread.
  if (stack !== undefined) error.stack = stack;
  return error;
}
