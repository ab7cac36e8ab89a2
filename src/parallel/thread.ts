import { Worker } from 'node:worker_threads';
import { LensError } from '../errors.js';
import { disableTelemetry } from '../telemetry.js';
import type { FromThread, ThreadData, ToThread } from './messages.js';
import type { Seat } from './seat.js';
import { receiveError } from './sent-error.js';
import type { Work } from './work.js';

/** The cores are shared out by the number of threads: each computes with ONNX Runtime on one of its own. */
const ENVIRONMENT = { COCONUT_LENS_ENGINE: 'onnxruntime', COCONUT_LENS_THREADS: '1' };

interface Job<Output> {
  readonly report: (completed: number) => void;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: Error) => void;
}

/** Does jobs in a thread of its own. It keeps the process alive while it has one. */
export class Thread<Setup, Input, Output> implements Seat<Input, Output> {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #inHand: Job<Output> | undefined;
  #closed = false;

  /** @param onDeath called if the thread ends without being closed; no job comes back from it any more */
  constructor({ url }: Work<Setup, Input, Output>, setup: Setup, onDeath: (error: LensError) => void) {
    disableTelemetry();
    const workerData: ThreadData<Setup> = { url, setup };
    const worker = new Worker(new URL('./thread-main.js', import.meta.url), {
      workerData,
      env: { ...process.env, ...ENVIRONMENT },
    });
    worker.unref();
    worker.on('message', (reply: FromThread<Output>) => this.#receive(reply));
    let reason: Error | undefined;
    worker.on('error', (error: Error) => (reason = error));
    this.#exited = new Promise((resolve) => {
      worker.on('exit', (code) => {
        resolve();
        if (this.#closed) return;
        const why = reason?.message ?? `exit code ${code}`;
        onDeath(
          new LensError(
            'a worker thread',
            `ended early (${why})`,
            'use fewer of them if memory ran out',
            'failure',
            reason,
          ),
        );
      });
    });
    this.#worker = worker;
  }

  /** @throws what the job throws; an error of `structuredClone` if the input cannot be sent */
  run(input: Input, report: (completed: number) => void): Promise<Output> {
    return new Promise((resolve, reject) => {
      this.#send({ input });
      this.#inHand = { report, resolve, reject };
      this.#worker.ref();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#worker.ref();
    this.#send('close');
    await this.#exited;
  }

  #send(request: ToThread<Input>): void {
    this.#worker.postMessage(request);
  }

  #receive(reply: FromThread<Output>): void {
    const job = this.#inHand;
    if (job === undefined) return;
    if ('completed' in reply) {
      job.report(reply.completed);
      return;
    }
    this.#inHand = undefined;
    if (!this.#closed) this.#worker.unref();
    if ('error' in reply) job.reject(receiveError(reply.error));
    else job.resolve(reply.output);
  }
}
