/** The three ways a command can fail on purpose; the CLI turns each into an exit code (docs/architecture.md). */
export type ErrorKind = 'failure' | 'usage' | 'check';

/**
 * An error a user can act on. Its message reads `subject: what is wrong (value); what to do` and is shown without a
 * stack trace. Everything else that is thrown is a defect of this project.
 */
export class LensError extends Error {
  override readonly name = 'LensError';
  readonly kind: ErrorKind;

  /**
   * @param subject what the message is about: a file, a flag, an item, a kernel
   * @param problem what is wrong, with the offending value in parentheses
   * @param remedy what to do about it; omit only where nothing can be done
   */
  constructor(subject: string, problem: string, remedy?: string, kind: ErrorKind = 'failure', cause?: unknown) {
    super(`${subject}: ${problem}${remedy === undefined ? '' : `; ${remedy}`}`, { cause });
    this.kind = kind;
  }
}

/** The user interrupted; the message says what was kept and how to go on. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
