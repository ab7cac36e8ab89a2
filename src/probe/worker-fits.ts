import { Worker } from 'node:worker_threads';
import type { CrossFit } from './cross-fit.js';
import type { Design } from './design.js';
import type { FitReply, FitRequest } from './fit-worker.js';
import type { FitSetup } from './local-fits.js';

/** Cross-fits node probes in a thread of its own, one at a time. */
export class WorkerFits {
  readonly #worker: Worker;
  readonly #sent = new Set<number>();

  constructor(setup: FitSetup) {
    this.#worker = new Worker(new URL('./fit-worker.js', import.meta.url), {
      workerData: setup,
      // The cores are shared out by the number of workers.
      env: { ...process.env, COCONUT_LENS_THREADS: '1' },
    });
    // A worker that waits keeps no process alive.
    this.#worker.unref();
  }

  holds(thought: number): boolean {
    return this.#sent.has(thought);
  }

  /** As `LocalFits.fit`. @throws whatever ends the worker */
  async fit(thought: number, design: Design, labels: Int8Array): Promise<CrossFit> {
    const request: FitRequest = { thought, design: this.#sent.has(thought) ? undefined : design, labels };
    this.#sent.add(thought);
    this.#worker.ref();
    this.#worker.postMessage(request);
    try {
      const reply = await this.#reply();
      if ('error' in reply) throw reply.error;
      return reply.fit;
    } finally {
      this.#worker.unref();
    }
  }

  async dispose(): Promise<void> {
    await this.#worker.terminate();
  }

  #reply(): Promise<FitReply> {
    const ended = new AbortController();
    return new Promise<FitReply>((resolve, reject) => {
      const on = <T>(event: string, handle: (value: T) => void): void => {
        this.#worker.on(event, handle);
        ended.signal.addEventListener('abort', () => this.#worker.off(event, handle));
      };
      on('message', resolve);
      on('error', reject);
      on('exit', (code: number) => reject(new Error(`a worker ended early (exit code ${code})`)));
    }).finally(() => ended.abort());
  }
}
