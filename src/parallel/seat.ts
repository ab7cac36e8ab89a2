/** A place where jobs of one kind are done, one at a time: this thread, or another. */
export interface Seat<Input, Output> {
  run(input: Input, report: (completed: number) => void): Promise<Output>;
  /** Tells the job in hand to stop, waits for its end, and frees everything. */
  close(): Promise<void>;
}
