import { constants, type Stats } from 'node:fs';
import { access, lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LensError } from './errors.js';
import { errorCode, onDisk } from './disk-error.js';

/**
 * Where the bytes of an output go. A file, there or not yet, is written under another name and then gets its own; what
 * is no file (a terminal, a pipe, a device) is never replaced: its bytes are written into it.
 */
export type Destination =
  | { readonly kind: 'file'; readonly path: string; readonly exists: boolean }
  | { readonly kind: 'pipe'; readonly path: string }
  /** A descriptor of this process: what `/dev/stdout` and a shell's `>(...)` lead to. */
  | { readonly kind: 'descriptor'; readonly descriptor: number };

/** Links that lead to links: as many as Linux follows. */
const HOPS = 40;

/**
 * Follows symbolic links to what is written when a user names an output. Writes nothing.
 *
 * @throws LensError where that is a folder, a disk or a socket, or cannot be written
 */
export async function destinationOf(path: string): Promise<Destination> {
  const { at, descriptor } = await follow(path);
  if (descriptor !== undefined) return { kind: 'descriptor', descriptor };
  const found = await standing(path, at);
  if (found?.isDirectory() === true) throw refused(path, 'is a folder', 'name a file');
  if (found?.isBlockDevice() === true) throw refused(path, 'is a disk', 'name a file');
  if (found?.isSocket() === true) throw refused(path, 'is a socket', 'name a file');
  await onDisk(path, 'cannot be written', () =>
    found === undefined || found.isFile() ? requireFolder(dirname(at)) : access(at, constants.W_OK),
  );
  return found === undefined || found.isFile()
    ? { kind: 'file', path: at, exists: found !== undefined }
    : { kind: 'pipe', path: at };
}

/**
 * The folder that is meant where a user names one to be made: a link to a folder, or to nothing, is followed.
 *
 * @throws LensError where anything else has the name
 */
export async function outputFolder(path: string): Promise<string> {
  const { at, descriptor } = await follow(path);
  const found = descriptor === undefined ? await standing(path, at) : undefined;
  if (descriptor === undefined && found?.isDirectory() !== false) return at;
  throw refused(path, found?.isFile() === true ? 'is a file' : 'is no folder', 'choose another folder');
}

/** The descriptor of this process that a path leads to (`/dev/stdin`, a shell's `<(...)`), or undefined. */
export async function ownDescriptor(path: string): Promise<number | undefined> {
  return (await follow(path)).descriptor;
}

/** Follows links by hand: the last may lead to nothing, and those of open descriptors to what has no name. */
async function follow(path: string): Promise<{ readonly at: string; readonly descriptor?: number }> {
  let at = resolve(path);
  for (let hop = 0; hop < HOPS; hop++) {
    const folder = await realpath(dirname(at)).catch(() => dirname(at));
    if (folder === `/proc/${process.pid}/fd`) return { at, descriptor: Number(basename(at)) };
    at = join(folder, basename(at));
    const target = await readlink(at).catch(() => undefined);
    if (target === undefined) return { at };
    at = resolve(folder, target);
  }
  throw refused(path, 'is a link that leads to itself', 'name a file');
}

/** What has a name, links not followed. */
async function standing(path: string, at: string): Promise<Stats | undefined> {
  try {
    return await lstat(at);
  } catch (error) {
    // A folder above that is a file is said by what needs that folder.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    return onDisk(path, 'cannot be written', () => Promise.reject(error as Error));
  }
}

/** That a folder, or the nearest above it that is there, takes files. */
async function requireFolder(folder: string): Promise<void> {
  try {
    // With the slash a file in the folder's place is ENOTDIR.
    await access(join(folder, '/'), constants.W_OK);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await requireFolder(dirname(folder));
  }
}

function refused(path: string, problem: string, remedy: string): LensError {
  return new LensError(path, problem, remedy, 'usage');
}
