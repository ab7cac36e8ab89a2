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
  /** The file that node runs for this command line, for commands that run parts of themselves in processes of their own. */
  readonly program?: string;
}
