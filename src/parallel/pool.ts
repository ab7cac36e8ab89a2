import { requireWhole } from '../require-whole.js';
import type { Seat } from './seat.js';
import { ThisThread } from './this-thread.js';
import { Thread } from './thread.js';
import type { Work } from './work.js';

/** Where work is done. */
export interface PoolOptions {
  /**
   * Threads to work in, each with ONNX Runtime on one core: results are equal to the last bit for any number of them.
   * Default 0: one job after the other in this thread, on the engine in use.
   */
  readonly workers?: number | undefined;
  /** Ends the pool: jobs that have not ended fail with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How one job is handed out, and who hears of it. */
export interface JobOptions {
  /** What the job works on. A worker takes jobs of the keys it has had first; only an idle one takes another's. */
  readonly key?: unknown;
  readonly onProgress?: ((completed: number) => void) | undefined;
}

interface Job<Input, Output> extends JobOptions {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (reason: unknown) => void;
}

/** Workers that share a queue of jobs of one kind. Every job ends, with a result or an error. `close` when done. */
export class WorkerPool<Setup, Input, Output> {
  readonly #seats: readonly Seat<Input, Output>[];
  readonly #free: Seat<Input, Output>[];
  /** The keys that each worker has had. */
  readonly #keys = new Map<Seat<Input, Output>, Set<unknown>>();
  readonly #running = new Set<Job<Input, Output>>();
  readonly #stop = new AbortController();
  #waiting: Job<Input, Output>[] = [];
  #closed: Promise<unknown> | undefined;

  /**
   * @param setup what each worker starts with
   * @throws LensError unless `workers` is a whole number of at least 0
   */
  constructor(work: Work<Setup, Input, Output>, setup: Setup, { workers = 0, signal }: PoolOptions = {}) {
    requireWhole('workers', workers, 0);
    const seat = (): Seat<Input, Output> =>
      workers === 0 ? new ThisThread(work, setup) : new Thread(work, setup, (error) => this.#end(error));
    this.#seats = signal?.aborted === true ? [] : Array.from({ length: Math.max(workers, 1) }, seat);
    this.#free = [...this.#seats];
    for (const own of this.#seats) this.#keys.set(own, new Set());
    if (signal === undefined) return;
    if (signal.aborted) this.#end(signal.reason);
    else signal.addEventListener('abort', () => this.#end(signal.reason), { signal: this.#stop.signal });
  }

  /**
   * Puts a job into the queue.
   *
   * @throws what the job throws; the reason of the signal; a LensError if a worker of the pool ended early
   */
  async run(input: Input, options: JobOptions = {}): Promise<Output> {
    this.#stop.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...options, input, resolve, reject });
      this.#next();
    });
  }

  /** Ends the workers when the jobs in hand are done. Jobs whose results have not come fail. */
  async close(): Promise<void> {
    this.#end(new Error('the pool of workers was closed'));
    await this.#closed;
  }

  #end(reason: unknown): void {
    if (this.#closed !== undefined) return;
    this.#stop.abort(reason);
    for (const job of [...this.#running, ...this.#waiting]) job.reject(reason);
    this.#waiting = [];
    this.#closed = Promise.all(this.#seats.map((seat) => seat.close()));
    // Who calls `close` hears of it.
    this.#closed.catch(() => undefined);
  }

  #next(): void {
    const seat = this.#waiting.length === 0 ? undefined : this.#free.shift();
    if (seat === undefined) return;
    const job = this.#choose(seat);
    this.#running.add(job);
    this.#keys.get(seat)?.add(job.key);
    const report = (completed: number): void => {
      try {
        job.onProgress?.(completed);
      } catch (error) {
        job.reject(error);
      }
    };
    const output = seat.run(job.input, report);
    output.then(job.resolve, job.reject);
    const done = (): void => {
      this.#running.delete(job);
      this.#free.push(seat);
      this.#next();
    };
    output.then(done, done);
  }

  /** Takes a job out of the queue: one whose key the worker has had, else one whose key no worker has had, else the first. */
  #choose(seat: Seat<Input, Output>): Job<Input, Output> {
    const had = (by: Seat<Input, Output>, { key }: JobOptions): boolean =>
      key !== undefined && this.#keys.get(by)?.has(key) === true;
    const job =
      this.#waiting.find((job) => had(seat, job)) ??
      this.#waiting.find((job) => !this.#seats.some((other) => had(other, job))) ??
      this.#waiting[0];
    this.#waiting = this.#waiting.filter((other) => other !== job);
    return job;
  }
}
