import { createHash } from 'node:crypto';
import { constants, write as writeToDescriptor } from 'node:fs';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { onDisk } from './disk-error.js';
import { LensError } from './errors.js';
import { makeFolder } from './make-folder.js';
import { destinationOf, type Destination } from './output-path.js';
import { mayRun } from './running-process.js';

/**
 * For what a command is told to write: called before it computes anything.
 *
 * @throws LensError where a path cannot be written: a folder has the name, the disk is read-only
 */
export async function checkOutputs(...paths: readonly (string | undefined)[]): Promise<void> {
  for (const path of paths) if (path !== undefined) await destinationOf(path);
}

/**
 * {@link checkOutputs} for a file that is not replaced without being told to.
 *
 * @throws LensError if a file has the name already
 */
export async function refuseExisting(
  path: string,
  remedy = 'choose another file, or pass --overwrite to replace it',
): Promise<void> {
  const destination = await destinationOf(path);
  if (destination.kind !== 'file' || !destination.exists) return;
  throw new LensError(path, 'already exists', remedy, 'usage');
}

/** Takes the next piece of a file. */
export type Put = (piece: string | Uint8Array) => Promise<void>;

/** A file to be written, and what puts its pieces, in order. */
export interface FileToWrite {
  readonly path: string;
  readonly write: (put: Put) => Promise<void>;
}

/**
 * Writes a file so that its name never holds a half-written one: under a hidden name of the same folder, flushed to the
 * disk, then renamed. Whatever stood under the name stays until then, and stays if anything fails. A link is followed;
 * a pipe or a device gets the bytes as they come. Missing folders are made.
 *
 * @throws LensError naming the file and the reason; whatever `write` throws is passed on
 */
export function writeAtomically(path: string, write: FileToWrite['write']): Promise<void> {
  return writeTogether([{ path, write }]);
}

/**
 * {@link writeAtomically} for files that belong together: none gets its name before all are on the disk.
 *
 * @throws LensError as there; where a name could not be given after others were, it says which are there
 */
export async function writeTogether(files: readonly FileToWrite[]): Promise<void> {
  const drafts: Draft[] = [];
  const published: string[] = [];
  try {
    for (const { path, write } of files) {
      const draft = await Draft.open(path);
      drafts.push(draft);
      await write((piece) => draft.put(piece));
      await draft.complete();
    }
    for (const draft of drafts) {
      await draft.publish();
      published.push(draft.path);
    }
  } catch (error) {
    for (const draft of drafts) await draft.discard();
    if (!(error instanceof LensError) || published.length === 0) throw error;
    const { subject, problem, remedy, kind } = error;
    throw new LensError(subject, `${problem}, after ${published.join(', ')} was written`, remedy, kind, error);
  }
}

/** {@link writeAtomically} for a text. */
export function writeFileWhole(path: string, text: string): Promise<void> {
  return writeAtomically(path, (put) => put(text));
}

/** {@link writeAtomically} for bytes. */
export function writeBytesWhole(path: string, bytes: Uint8Array): Promise<void> {
  return writeAtomically(path, (put) => put(bytes));
}

/** Characters that are gathered before they are written. */
const BUFFERED = 1 << 16;

/**
 * {@link writeAtomically} for a text that is made piece by piece and never held as a whole.
 *
 * @returns SHA-256 of the file, hexadecimal
 */
export async function writePiecesWhole(path: string, pieces: Iterable<string>): Promise<string> {
  const hash = createHash('sha256');
  await writeAtomically(path, async (put) => {
    let gathered = '';
    const flush = async (): Promise<void> => {
      hash.update(gathered);
      await put(gathered);
      gathered = '';
    };
    for (const piece of pieces) {
      gathered += piece;
      if (gathered.length >= BUFFERED) await flush();
    }
    await flush();
  });
  return hash.digest('hex');
}

const PROBLEM = 'cannot be written';
let draftsMade = 0;

/** An output while it is written. */
class Draft {
  private constructor(
    readonly path: string,
    private readonly destination: Destination,
    private readonly handle: FileHandle | undefined,
    /** The name until it is complete; undefined where nothing is renamed. */
    private readonly hidden: string | undefined,
  ) {}

  static async open(path: string): Promise<Draft> {
    const destination = await destinationOf(path);
    if (destination.kind === 'descriptor') return new Draft(path, destination, undefined, undefined);
    const { path: at } = destination;
    return onDisk(path, PROBLEM, async () => {
      if (destination.kind === 'pipe')
        return new Draft(path, destination, await open(at, constants.O_WRONLY), undefined);
      await makeFolder(dirname(at));
      await removeLeftOvers(at);
      const hidden = join(dirname(at), `${hiddenStem(at)}${process.pid}-${draftsMade++}.tmp`);
      return new Draft(path, destination, await open(hidden, 'w'), hidden);
    });
  }

  async put(piece: string | Uint8Array): Promise<void> {
    const { destination, handle } = this;
    await onDisk(this.path, PROBLEM, async () => {
      if (destination.kind === 'descriptor') await putInto(destination.descriptor, Buffer.from(piece));
      else await handle?.writeFile(piece);
    });
  }

  /** Nothing more comes. */
  async complete(): Promise<void> {
    await onDisk(this.path, PROBLEM, async () => {
      if (this.hidden !== undefined) await this.handle?.sync();
      await this.handle?.close();
    });
  }

  async publish(): Promise<void> {
    const { destination, hidden } = this;
    if (hidden === undefined || destination.kind !== 'file') return;
    await onDisk(this.path, PROBLEM, () => rename(hidden, destination.path));
  }

  /** Leaves nothing behind; does nothing to what is published. */
  async discard(): Promise<void> {
    await this.handle?.close().catch(() => undefined);
    if (this.hidden !== undefined) await rm(this.hidden, { force: true }).catch(() => undefined);
  }
}

/** What the hidden names of a file begin with; cut, so that they are not too long where the file's own is not. */
function hiddenStem(path: string): string {
  return `.${basename(path).slice(0, 60)}.`;
}

/** Removes what processes that were killed while they wrote a file have left of it. */
async function removeLeftOvers(path: string): Promise<void> {
  const stem = hiddenStem(path);
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(stem) ? /^(\d+)-\d+\.tmp$/.exec(name.slice(stem.length))?.[1] : undefined;
    if (pid !== undefined && !mayRun(Number(pid))) await rm(join(dirname(path), name), { force: true });
  }
}

const writeSome = promisify(writeToDescriptor);

/** Writes all bytes into an open descriptor, which stays open. */
async function putInto(descriptor: number, bytes: Buffer): Promise<void> {
  const stream = descriptor === 1 ? process.stdout : descriptor === 2 ? process.stderr : undefined;
  if (stream !== undefined) {
    // Node has made these non-blocking: only its own streams can wait for whoever reads.
    await new Promise<void>((done, failed) => {
      stream.write(bytes, (error) => (error ? failed(error) : done()));
    });
    return;
  }
  for (let at = 0; at < bytes.length;) at += (await writeSome(descriptor, bytes, at)).bytesWritten;
}
