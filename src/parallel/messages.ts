import type { SentError } from './sent-error.js';

/** What a thread is started with. */
export interface ThreadData<Setup> {
  /** The module whose default export is the work. */
  readonly url: string;
  readonly setup: Setup;
}

/** To a thread. The next job comes after the last has ended. */
export type ToThread<Input> = { readonly input: Input } | 'close';

/** From a thread: how far the job in hand is, or how it ended. */
export type FromThread<Output> =
  { readonly completed: number } | { readonly output: Output } | { readonly error: SentError };
