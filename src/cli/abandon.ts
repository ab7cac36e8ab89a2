import { InterruptedError } from '../errors.js';

/**
 * Waits for work that does not look at the signal; once that is aborted, nobody waits for it any longer.
 *
 * @param message what was kept
 * @throws InterruptedError
 */
export async function abandonAt<T>(signal: AbortSignal, message: string, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw new InterruptedError(message);
  return new Promise((resolve, reject) => {
    const abandon = (): void => reject(new InterruptedError(message));
    signal.addEventListener('abort', abandon, { once: true });
    work().then(resolve, reject);
  });
}
