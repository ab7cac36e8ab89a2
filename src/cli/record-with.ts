import type { ItemFile } from '../dataset/index.js';
import { InterruptedError } from '../errors.js';
import type { Lens, RecordedFolder, RecordOptions } from '../lens/index.js';
import type { CommandContext } from './command.js';
import { startProgress } from './progress.js';

/**
 * Records with a progress bar, and disposes of the model.
 *
 * @param afterInterrupt what a user who interrupts should do next
 */
export async function recordWith(
  lens: Lens,
  file: ItemFile,
  folder: string,
  options: RecordOptions,
  afterInterrupt: string,
  context: CommandContext,
): Promise<RecordedFolder & { readonly seconds: number }> {
  const { recordToFolder } = await import('../lens/index.js');
  const progress = startProgress(context, file.items.length, 'items');
  const started = performance.now();
  try {
    const recorded = await recordToFolder(lens, file, folder, {
      ...options,
      invocation: context,
      signal: context.io.signal,
      onProgress: (completed) => progress.update(completed),
      onNote: (line) => context.note(line),
    });
    return { ...recorded, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    throw error instanceof InterruptedError ? new InterruptedError(`${error.message}; ${afterInterrupt}`) : error;
  } finally {
    progress.stop();
    lens.dispose();
  }
}
