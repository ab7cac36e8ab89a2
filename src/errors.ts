import { messageLine } from './terminal.js';

/** The three ways a command can fail on purpose; the CLI turns each into an exit code (docs/architecture.md). @inline */
export type ErrorKind = 'failure' | 'usage' | 'check';

/**
 * An error a user can act on. Its message reads `subject: what is wrong (value); what to do` and is shown without a
 * stack trace, on one line that a terminal can show (messageLine). Everything else that is thrown is a defect of this project.
 */
export class LensError extends Error {
  override readonly name = 'LensError';
  readonly kind: ErrorKind;
  readonly subject: string;
  readonly problem: string;
  readonly remedy: string | undefined;

  /**
   * @param subject what the message is about: a file, a flag, an item, a kernel
   * @param problem what is wrong, with the offending value in parentheses
   * @param remedy what to do about it; omit only where nothing can be done
   */
  constructor(subject: string, problem: string, remedy?: string, kind: ErrorKind = 'failure', cause?: unknown) {
    super(messageLine(`${subject}: ${problem}${remedy === undefined ? '' : `; ${remedy}`}`), { cause });
    this.kind = kind;
    this.subject = subject;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** The user interrupted; the message says what was kept and how to go on. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * Waits for work that leaves nothing behind when it is interrupted.
 *
 * @param name of the work, for the message: `a probe`; a function where it depends on how far the work came
 * @throws InterruptedError in the place of whatever the work throws once `signal` is aborted
 */
export async function keepsNothing<T>(
  name: string | (() => string),
  signal: AbortSignal | undefined,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw new InterruptedError(`interrupted: ${typeof name === 'string' ? name : name()} keeps nothing`);
  }
}
