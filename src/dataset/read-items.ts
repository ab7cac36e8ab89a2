import { createHash } from 'node:crypto';
import { LensError } from '../errors.js';
import { LONGEST_TEXT, readInput } from '../read-input.js';
import { recogniseBytes } from './foreign-items.js';
import { parseItems } from './parse-items.js';
import type { Item } from './item.js';

/** The items of a file and where they come from. */
export interface ItemFile {
  readonly items: readonly Item[];
  /** SHA-256 of the file's bytes, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** As given to {@link readItems}. */
  readonly path: string;
}

/**
 * Reads a file in the official ProsQA form.
 *
 * @throws LensError if the file cannot be read, is not UTF-8, or for any reason of `parseItems`
 */
export async function readItems(path: string): Promise<ItemFile> {
  let bytes: Buffer;
  try {
    bytes = await readInput(path, LONGEST_TEXT);
  } catch (cause) {
    if (cause instanceof LensError) throw cause;
    throw unreadable(path, cause);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const { problem, remedy } = recogniseBytes(bytes) ?? {
      problem: 'not UTF-8 text',
      remedy: 'give a file in the official ProsQA form (JSON)',
    };
    throw new LensError(path, problem, remedy, 'failure', cause);
  }
  return { items: parseItems(text, path), sha256: createHash('sha256').update(bytes).digest('hex'), path };
}

function unreadable(path: string, cause: unknown): LensError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  const problems: Record<string, [problem: string, remedy: string]> = {
    ENOENT: ['no such file', 'check the path'],
    EISDIR: ['a folder, not a file', 'name the JSON file in it'],
    EACCES: ['not allowed to read it', "check the file's permissions"],
  };
  const [problem, remedy] = problems[code] ?? [`cannot be read (${code})`, 'check the file'];
  return new LensError(path, problem, remedy, 'failure', cause);
}
