import { InterruptedError, LensError } from '../../src/errors.js';
import { defineWork } from '../../src/parallel/index.js';

/** What a job is told to do. */
export type Order =
  /** Waits for the test to open the gate. */
  | { readonly kind: 'add'; readonly number: number; readonly gate?: number }
  /** Goes on until it is told to stop. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'fail'; readonly how: 'lens' | 'plain' | 'text' | 'circle' | 'interrupted' }
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'crash' }
  | { readonly kind: 'return function' };

/** What one worker has added up so far, and who it is. */
export interface Sum {
  readonly worker: string;
  readonly seen: readonly number[];
  readonly threads: string | undefined;
}

/**
 * Work for tests: each worker keeps the numbers that it was given.
 *
 * `log` is shared: how many jobs began to wait, how many of them were told to stop, how many workers were disposed of, and
 * the number of the last gate that is open.
 */
export default defineWork(import.meta.url, ({ log }: { readonly log: Int32Array }) => {
  const worker = Math.random().toString(36);
  const seen: number[] = [];
  return {
    async run(order: Order, { report, signal }): Promise<Sum> {
      switch (order.kind) {
        case 'add':
          report(order.number / 2);
          while (Atomics.load(log, 3) < (order.gate ?? 0)) await new Promise((resolve) => setTimeout(resolve, 2));
          seen.push(order.number);
          report(order.number);
          break;
        case 'wait':
          Atomics.add(log, 0, 1);
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          Atomics.add(log, 1, 1);
          break;
        case 'fail':
          if (order.how === 'lens')
            throw new LensError('row 3', 'is empty (0)', 'fill it', 'usage', new RangeError('of 4'));
          if (order.how === 'circle') {
            const error = new Error('of itself');
            error.cause = error;
            throw error;
          }
          if (order.how === 'interrupted') throw new InterruptedError('interrupted: nothing is kept');
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever a library throws
          throw order.how === 'plain' ? new TypeError('no such thing') : 'a text';
        case 'exit':
          process.exit(order.code);
        // eslint-disable-next-line no-fallthrough -- exit does not return
        case 'crash':
          setTimeout(() => {
            throw new Error('nobody catches this');
          });
          await new Promise(() => undefined);
          break;
        case 'return function':
          return (() => undefined) as unknown as Sum;
      }
      return { worker, seen: [...seen], threads: process.env['COCONUT_LENS_THREADS'] };
    },
    dispose() {
      Atomics.add(log, 2, 1);
      return Promise.resolve();
    },
  };
});
