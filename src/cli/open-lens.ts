import type { Lens } from '../lens/index.js';
import type { EngineName } from '../tensor/index.js';
import type { CommandContext } from './command.js';

/** Opens a model folder for a command: what a user should know goes to stderr. */
export async function openLens(folder: string, engine: EngineName | undefined, context: CommandContext): Promise<Lens> {
  const { open } = await import('../lens/index.js');
  return open(folder, { engine, onNote: (line) => context.note(line) });
}
