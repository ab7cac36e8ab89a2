import { InterruptedError } from '../errors.js';

/**
 * Waits for work that does not look at the signal; once that is aborted, nobody waits for it any longer.
 *
 * @param message what was kept
 * @throws InterruptedError
 */
export function abandonAt<T>(signal: AbortSignal, message: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => reject(new InterruptedError(message));
    if (signal.aborted) abandon();
    signal.addEventListener('abort', abandon, { once: true });
    work.then(resolve, reject);
  });
}
