import { writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { LensError } from './errors.js';
import { parseJsonDocument } from './json-text.js';
import { errorCode, onDisk } from './disk-error.js';
import { readInput } from './read-input.js';
import { mayRun, startOf } from './running-process.js';

/** The name of the lock file in a folder. */
export const LOCK = 'lock';

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** See `startOf`; absent where the system does not say. */
  started: z.string().optional(),
});
type Holder = z.output<typeof holderSchema>;

/** What this process's locks hold: after a kill, a new process may get the old one's id. */
const held = new Set<string>();
let taken = 0;

/** Says that one process writes to a folder, so that no other does at the same time. */
export class FolderLock {
  readonly #content: string;

  private constructor(content: string) {
    this.#content = content;
  }

  /**
   * Locks a folder that exists. A lock whose process no longer runs is taken over.
   *
   * @throws LensError where another process holds it, on this machine or, which cannot be looked into, on another
   */
  static async take(folder: string): Promise<FolderLock> {
    const path = join(folder, LOCK);
    const { pid } = process;
    const content = `${JSON.stringify({ pid, host: hostname(), started: startOf(pid), number: ++taken })}\n`;
    for (;;) {
      const stale = await onDisk(path, 'could not be written', () => write(path, content));
      if (stale === undefined) break;
      const holder = parseHolder(stale);
      if (holder !== undefined && (held.has(stale) || mayHold(holder))) throw lockedBy(folder, holder);
      await onDisk(path, 'could not be replaced', () => discard(path, stale));
    }
    held.add(content);
    return new FolderLock(content);
  }

  /** Gives the lock back. Where the folder was renamed meanwhile, it is named as it is now. Does nothing twice. */
  async release(folder: string): Promise<void> {
    if (!held.delete(this.#content)) return;
    const path = join(folder, LOCK);
    await onDisk(path, 'could not be removed', async () => {
      if ((await contentOf(path)) === this.#content) await rm(path, { force: true });
    });
  }
}

/** Writes a lock that is not there yet; gives the content of one that is. */
async function write(path: string, content: string): Promise<string | undefined> {
  for (;;) {
    try {
      // Synchronously: nobody should find the file made and still empty.
      writeFileSync(path, content, { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const found = await contentOf(path);
    if (found !== undefined) return found;
  }
}

/** Removes a stale lock, but not the one with which another process has replaced it meanwhile. */
async function discard(path: string, stale: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await contentOf(aside)) === stale) await rm(aside, { force: true });
  else await rename(aside, path);
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return (await readInput(path)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined where the text is no lock: a kill or a full disk cut it short. */
function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.parse(parseJsonDocument(text));
  } catch {
    return undefined;
  }
}

/** Whether the process may still run, and not another that got its id. Of its own locks this process knows which it holds. */
function mayHold({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid || !mayRun(pid)) return false;
  const now = startOf(pid);
  return started === undefined || now === undefined || started === now;
}

function lockedBy(folder: string, { pid, host }: Holder): LensError {
  return new LensError(
    folder,
    `is being written by another process (${pid} on ${host})`,
    `wait for it, or choose another folder; if it no longer runs, delete ${join(folder, LOCK)}`,
  );
}
