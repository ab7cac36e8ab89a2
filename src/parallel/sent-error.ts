import { InterruptedError, LensError } from '../errors.js';

/** Causes of causes that are sent: a chain may be a circle. */
const DEPTH = 8;

/** An error as it goes from thread to thread: `structuredClone` would make a plain `Error` of a `LensError`. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: SentError | undefined;
  /** Of a `LensError`. */
  readonly lens: Pick<LensError, 'subject' | 'problem' | 'remedy' | 'kind'> | undefined;
}

/** @param depth of causes that are sent with it */
export function sendError(error: unknown, depth = DEPTH): SentError {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: undefined, cause: undefined, lens: undefined };
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    cause: cause === undefined || depth === 0 ? undefined : sendError(cause, depth - 1),
    lens:
      error instanceof LensError
        ? { subject: error.subject, problem: error.problem, remedy: error.remedy, kind: error.kind }
        : undefined,
  };
}

/** The error that was sent: of the same class if it is one of this project's, else an `Error` of the same name. */
export function receiveError({ name, message, stack, cause: sent, lens }: SentError): Error {
  const cause = sent === undefined ? undefined : receiveError(sent);
  const error =
    lens !== undefined
      ? new LensError(lens.subject, lens.problem, lens.remedy, lens.kind, cause)
      : name === 'InterruptedError'
        ? new InterruptedError(message, { cause })
        : Object.assign(new Error(message, { cause }), { name });
  // Where it was thrown, in the other thread.
  if (stack !== undefined) error.stack = stack;
  return error;
}
