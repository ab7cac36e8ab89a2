import { InterruptedError } from '../errors.js';
import { EXIT, type ExitCode } from './exit-codes.js';

/** What asks a program to end (Ctrl-C; kill, and a scheduler some seconds before it kills), and how the program then ends. */
const CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

const names = Object.keys(CODES) as (keyof typeof CODES)[];

/** The signals that this process gets. */
export interface Interrupts {
  /** Aborted by the first of them. */
  readonly signal: AbortSignal;
  /** What the process ends with after it. */
  readonly code: ExitCode;
}

/**
 * Listens: the first signal lets the work in hand come to where it can stop, and says so, also with --quiet; the second
 * has nobody to handle it and ends the process at once, in the middle of a native call too. `process.exit` would wait for
 * that call, or end threads within theirs, which aborts with a stack of C++.
 */
export function listenForInterrupts(): Interrupts {
  const interrupt = new AbortController();
  let code: ExitCode = EXIT.interrupted;
  const letGo = (): void => {
    for (const name of names) process.removeListener(name, onSignal);
  };
  function onSignal(name: keyof typeof CODES): void {
    if (interrupt.signal.aborted) {
      // It came while the first waited for the event loop.
      letGo();
      process.kill(process.pid, name);
      return;
    }
    code = CODES[name];
    process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}interrupting; press again to stop now\n`);
    interrupt.abort(new InterruptedError('interrupted: nothing is kept'));
    setImmediate(letGo);
  }
  for (const name of names) process.on(name, onSignal);
  return {
    signal: interrupt.signal,
    get code() {
      return code;
    },
  };
}
