import { setImmediate } from 'node:timers/promises';

/** Milliseconds that work goes on before the event loop turns again: nobody notices a signal that waits so long. */
const SLICE = 20;

let turned = -SLICE;

/**
 * Lets the event loop turn, if it is due. The engines work synchronously, and so does JavaScript: what goes on for longer
 * calls this between its pieces, or no signal of the process, no message of a thread and no timer would ever be seen.
 */
export async function turnEventLoop(): Promise<void> {
  if (performance.now() - turned < SLICE) return;
  await setImmediate();
  turned = performance.now();
}
