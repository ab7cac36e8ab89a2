import { turnEventLoop } from '../event-loop.js';
import type { Seat } from './seat.js';
import type { Work, Worker } from './work.js';

/** Does jobs in the thread it is made in. */
export class ThisThread<Setup, Input, Output> implements Seat<Input, Output> {
  readonly #worker: Worker<Input, Output>;
  readonly #stop = new AbortController();
  #inHand: Promise<unknown> = Promise.resolve();

  constructor(work: Work<Setup, Input, Output>, setup: Setup) {
    this.#worker = work.start(setup);
  }

  run(input: Input, report: (completed: number) => void): Promise<Output> {
    const output = this.#run(input, report);
    this.#inHand = output.catch(() => undefined);
    return output;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#inHand;
    await this.#worker.dispose?.();
  }

  async #run(input: Input, report: (completed: number) => void): Promise<Output> {
    await turnEventLoop();
    const { signal } = this.#stop;
    signal.throwIfAborted();
    return this.#worker.run(input, { report, signal });
  }
}
