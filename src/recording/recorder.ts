import { LensError } from '../errors.js';
import { checkRecord } from './check-record.js';
import { onDisk } from '../disk-error.js';
import { FolderLock } from '../folder-lock.js';
import { makeFolder } from '../make-folder.js';
import { outputFolder } from '../output-path.js';
import { findDifference, validateMetadata, type FileSummaries, type RecordingMetadata } from './metadata.js';
import type { WriteBytes } from './output-file.js';
import { PartialRecording } from './partial-recording.js';
import { openRecording } from './recording.js';
import { holdsRecording, partialFolderOf, publish, requireOwnName } from './recording-folder.js';
import type { ThoughtRecord } from './thought-record.js';

/** How {@link createRecorder} treats what is already on disk. */
export interface RecorderOptions {
  /**
   * Continue the interrupted recording beside `folder`, if there is one, or leave a finished one as it is. Default
   * false: refuse both.
   */
  readonly resume?: boolean | undefined;
  /**
   * Replace a finished recording under the same name, at the end only, and, without `resume`, an interrupted one at
   * once. Default false: refuse.
   */
  readonly overwrite?: boolean | undefined;
}

/** Writes one recording. Each call must be awaited before the next. */
export interface Recorder {
  /** What is stored: on resume, with the command of the run that began the recording. */
  readonly metadata: RecordingMetadata;
  /** Items on disk. On resume, the caller goes on with the item at this index. */
  readonly completed: number;
  /** Sizes and hashes of the Arrow files; undefined until the recording is finished. */
  readonly files: FileSummaries | undefined;
  /**
   * Appends the records to both files as one record batch each; they are on the disk itself when it returns.
   * Memory in use is that of one batch.
   *
   * @throws LensError naming the item where a value is not finite (nothing is written then), or naming the file where
   * the disk is full or fails (the recorder is closed then, and a later `resume` keeps the batches before this one)
   */
  write(batch: readonly ThoughtRecord[]): Promise<void>;
  /**
   * Completes the files and renames the folder to its final name.
   *
   * @throws LensError where the disk fails or another run has replaced the partial folder; there is no final folder then
   */
  finish(): Promise<void>;
  /** Closes the files and leaves the partial folder for a later `resume`. Does nothing after `finish`. */
  abort(): Promise<void>;
}

/**
 * Starts or resumes a recording. Everything is written in `<folder>.partial`, which gets its final name last: a folder
 * called `folder` is always complete. The same records in the same batches give the same bytes, resumed or not.
 *
 * @param folder final name; missing parents are made, a link to a folder or to nothing is followed
 * @param metadata where the recording comes from; `items.count` is the number of items to be written
 * @param writeBytes replaces `fs.writeSync` in tests
 * With `resume`, a recording that is finished already, made with the same settings, has nothing left to write.
 *
 * @throws LensError where `folder` exists or holds an interrupted recording (see {@link RecorderOptions}) or other files,
 * where another process writes to it, where what is to be resumed was made with other settings, where the metadata is
 * malformed, or where the disk cannot be written
 */
export async function createRecorder(
  folder: string,
  metadata: RecordingMetadata,
  options: RecorderOptions = {},
  writeBytes?: WriteBytes,
): Promise<Recorder> {
  const { resume = false, overwrite = false } = options;
  const valid = validateMetadata(metadata);
  const final = await outputFolder(folder);
  if ((await holdsRecording(final)) && !overwrite) {
    if (resume) return CompleteRecorder.open(folder, valid);
    throw new LensError(folder, 'already exists', 'choose another folder, or pass --overwrite to replace it', 'usage');
  }
  await requireOwnName(folder, final);
  const partialFolder = partialFolderOf(final);
  // Before anything is made: a folder of somebody else's stays as it is.
  await holdsRecording(partialFolder);
  await onDisk(partialFolder, 'could not be made', () => makeFolder(partialFolder));
  const lock = await FolderLock.take(partialFolder);
  try {
    if (!resume && !overwrite) await refuseInterrupted(partialFolder, `${folder.replace(/[/\\]+$/, '')}.partial`);
    const partial =
      (resume ? await PartialRecording.resume(partialFolder, valid, writeBytes) : undefined) ??
      (await PartialRecording.start(partialFolder, valid, writeBytes));
    return new FolderRecorder(final, overwrite, partial, lock);
  } catch (error) {
    await lock.release(partialFolder);
    throw error;
  }
}

/** What was computed for hours is not thrown away without being told to. */
async function refuseInterrupted(partialFolder: string, subject: string): Promise<void> {
  const items = await PartialRecording.countItems(partialFolder);
  if (items === 0) return;
  throw new LensError(
    subject,
    `holds an interrupted recording (${items} ${items === 1 ? 'item' : 'items'})`,
    'go on with --resume, or start afresh with --overwrite',
    'usage',
  );
}

/** For a resume of what is finished already: there is nothing left to write. */
class CompleteRecorder implements Recorder {
  private constructor(
    readonly metadata: RecordingMetadata,
    readonly completed: number,
    readonly files: FileSummaries,
  ) {}

  /** @throws LensError where the recording was made with other settings, or is damaged */
  static async open(folder: string, asked: RecordingMetadata): Promise<CompleteRecorder> {
    const { metadata, files, items } = await openRecording(folder);
    const difference = findDifference(metadata, asked, ['command']);
    if (difference === undefined) return new CompleteRecorder(metadata, items.length, files);
    const { key, left, right } = difference;
    throw new LensError(
      folder,
      `already exists, made with other settings (${key} was ${left}, now ${right})`,
      'choose another folder, or pass --overwrite to replace it',
      'usage',
    );
  }

  write(): Promise<void> {
    return Promise.reject(new Error('the recording is complete'));
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }

  abort(): Promise<void> {
    return Promise.resolve();
  }
}

class FolderRecorder implements Recorder {
  readonly #folder: string;
  readonly #overwrite: boolean;
  readonly #partial: PartialRecording;
  readonly #lock: FolderLock;
  #state: 'open' | 'closed' = 'open';
  #files: FileSummaries | undefined;

  constructor(folder: string, overwrite: boolean, partial: PartialRecording, lock: FolderLock) {
    this.#folder = folder;
    this.#overwrite = overwrite;
    this.#partial = partial;
    this.#lock = lock;
  }

  get metadata(): RecordingMetadata {
    return this.#partial.metadata;
  }

  get completed(): number {
    return this.#partial.itemIds.size;
  }

  get files(): FileSummaries | undefined {
    return this.#files;
  }

  async write(batch: readonly ThoughtRecord[]): Promise<void> {
    this.#requireOpen();
    const ids = new Set<string>();
    for (const record of batch) {
      checkRecord(record, this.metadata);
      const { id } = record.item;
      if (ids.has(id) || this.#partial.itemIds.has(id)) throw new RangeError(`item '${id}' is recorded twice`);
      ids.add(id);
    }
    if (batch.length > 0) await this.#closingOnFailure(() => this.#partial.append(batch));
  }

  async finish(): Promise<void> {
    this.#requireOpen();
    const { count } = this.metadata.items;
    if (this.completed !== count) throw new RangeError(`finish() after ${this.completed} of ${count} items`);
    const files = await this.#closingOnFailure(() => this.#partial.complete());
    await this.#closingOnFailure(async () => {
      await this.#partial.close();
      await publish(this.#folder, this.#overwrite);
    });
    this.#state = 'closed';
    // It has moved with its folder, so that nobody could take the folder's place in between.
    await this.#lock.release(this.#folder);
    this.#files = files;
  }

  async abort(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    await this.#partial.close();
    await this.#lock.release(partialFolderOf(this.#folder));
  }

  #requireOpen(): void {
    if (this.#state === 'closed') throw new Error('the recorder is closed');
  }

  async #closingOnFailure<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      await this.abort();
      throw error;
    }
  }
}
