/** What a job may use besides its input. */
export interface JobContext {
  /** Tells the caller how far the job is, in units of its own. */
  readonly report: (completed: number) => void;
  /** Aborted when nobody waits for the result any more. A job sees it only if it lets the event loop turn. */
  readonly signal: AbortSignal;
}

/** Does jobs, one at a time, and keeps between them whatever it likes. */
export interface Worker<Input, Output> {
  run(input: Input, context: JobContext): Promise<Output>;
  /** Frees what is kept. */
  dispose?(): Promise<void>;
}

/** Work that a `WorkerPool` can do: the default export of a module, which each thread loads. */
export interface Work<Setup, Input, Output> {
  /** The module. */
  readonly url: string;
  /** Called once for each worker. */
  readonly start: (setup: Setup) => Worker<Input, Output>;
}

/**
 * Defines the work of a module, which exports it as its default. Setups, inputs and outputs must be fit for
 * `structuredClone`: they go from thread to thread.
 *
 * @param url `import.meta.url` of the module
 */
export function defineWork<Setup, Input, Output>(
  url: string,
  start: (setup: Setup) => Worker<Input, Output>,
): Work<Setup, Input, Output> {
  return { url, start };
}
