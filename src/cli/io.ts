/** Somewhere text goes: a process stream, or a buffer in tests. */
export interface Sink {
  write(text: string): unknown;
  /** Whether a person is looking at it as it is written. */
  readonly isTTY?: boolean | undefined;
}

/** What a command line may touch of its process. */
export interface CliIo {
  /** Results only. */
  readonly stdout: Sink;
  /** Progress, warnings, errors. */
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Threads that work is spread over where --jobs does not say how many; 0: none but this one. */
  readonly threads: number;
}
