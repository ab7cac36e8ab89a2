import { turnEventLoop } from './event-loop.js';

/** How items go through a model. */
export interface BatchOptions {
  /** Items at once. */
  readonly batchSize: number;
  /** Called with the number of items that are done: 0 at the start, then after each batch. */
  readonly onProgress?: ((completed: number) => void) | undefined;
  /** Looked at before each batch: once it is aborted no further batch is begun. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs items through in batches, one after the other.
 *
 * @param run gets a batch and the index of its first item
 * @param from items before this one are done already
 * @returns whether all items were run; false where `signal` stopped it, also within a batch that throws its reason
 */
export async function forEachBatch<T>(
  items: readonly T[],
  { batchSize, onProgress, signal }: BatchOptions,
  run: (batch: readonly T[], from: number) => Promise<void>,
  from = 0,
): Promise<boolean> {
  onProgress?.(from);
  for (let at = from; at < items.length; at += batchSize) {
    await turnEventLoop();
    if (signal?.aborted === true) return false;
    const batch = items.slice(at, at + batchSize);
    try {
      await run(batch, at);
    } catch (error) {
      if (signal?.reason !== undefined && error === signal.reason) return false;
      throw error;
    }
    onProgress?.(at + batch.length);
  }
  return true;
}
