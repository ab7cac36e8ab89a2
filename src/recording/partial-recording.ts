import { join } from 'node:path';
import type { Schema, TypeMap } from 'apache-arrow';
import { LensError } from '../errors.js';
import { readBatches } from './arrow-batches.js';
import { ArrowFileWriter } from './arrow-file-writer.js';
import { scanArrowFile, type ScannedBatch, type ScannedFile } from './arrow-scan.js';
import { errorCode, onDisk } from '../disk-error.js';
import { openPlainFile } from '../read-input.js';
import {
  checksumLine,
  countVerified,
  endOf,
  openChecksums,
  removeChecksums,
  restoreChecksums,
} from './batch-checksums.js';
import { sha256OfFile } from './file-hash.js';
import { encodeItems, itemIds, itemsSchema, type ItemColumns } from './items-table.js';
import {
  ARROW_FILES,
  findDifference,
  toArrowMetadata,
  type FileSummaries,
  type RecordingMetadata,
  type StoredMetadata,
} from './metadata.js';
import { OutputFile, type WriteBytes } from './output-file.js';
import { holdsRecording, makeEmpty, readMetadataFile, writeMetadataFile } from './recording-folder.js';
import type { ThoughtRecord } from './thought-record.js';
import { encodeThoughts, thoughtsSchema, type ThoughtColumns } from './thoughts-table.js';

/** One Arrow file while it grows. */
interface Table<T extends TypeMap> {
  readonly file: OutputFile;
  readonly schema: Schema<T>;
  readonly writer: ArrowFileWriter<T>;
}

/** The files of an unfinished recording. Batch i of one Arrow file and batch i of the other hold the same items. */
export class PartialRecording {
  readonly metadata: RecordingMetadata;
  readonly #folder: string;
  readonly #itemIds: Set<string>;
  readonly #items: Table<ItemColumns>;
  readonly #thoughts: Table<ThoughtColumns>;
  readonly #checksums: OutputFile;

  private constructor(
    folder: string,
    metadata: RecordingMetadata,
    ids: readonly string[],
    items: Table<ItemColumns>,
    thoughts: Table<ThoughtColumns>,
    checksums: OutputFile,
  ) {
    this.metadata = metadata;
    this.#folder = folder;
    this.#itemIds = new Set(ids);
    this.#items = items;
    this.#thoughts = thoughts;
    this.#checksums = checksums;
  }

  /** Items that an earlier run left in `folder` and that `resume` would keep. */
  static async countItems(folder: string): Promise<number> {
    const items = await scan(join(folder, 'items.arrow'));
    const thoughts = await scan(join(folder, 'thoughts.arrow'));
    // Whatever its k: a batch counts once there are thoughts to it.
    return firstBatches(items, thoughts.batches.length).batches.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Starts afresh: whatever an earlier run left in `folder` is deleted. */
  static async start(folder: string, metadata: RecordingMetadata, writeBytes?: WriteBytes): Promise<PartialRecording> {
    await makeEmpty(folder);
    await writeMetadataFile(folder, { metadata });
    return PartialRecording.#open(folder, metadata, NOTHING, NOTHING, writeBytes);
  }

  /**
   * Continues what an earlier run left in `folder`, after its last batch that is in both files and whole to the last
   * bit. Gives undefined where there is no such batch: nothing is lost then by starting afresh.
   *
   * @throws LensError where that run was made with other settings
   */
  static async resume(
    folder: string,
    metadata: RecordingMetadata,
    writeBytes?: WriteBytes,
  ): Promise<PartialRecording | undefined> {
    const stored = (await holdsRecording(folder)) ? await readMetadataFile(folder) : undefined;
    if (stored === undefined) return undefined;
    const difference = findDifference(stored.metadata, metadata, ['command']);
    if (difference !== undefined) {
      const { key, left, right } = difference;
      throw new LensError(
        folder,
        `was begun with other settings (${key} was ${left}, now ${right})`,
        'resume with the same settings, or start afresh with --overwrite instead of --resume',
        'usage',
      );
    }
    const items = await scan(join(folder, 'items.arrow'));
    const thoughts = await scan(join(folder, 'thoughts.arrow'));
    const agreeing = countCommonBatches(items, thoughts, metadata.thoughts);
    const both = [firstBatches(items, agreeing), firstBatches(thoughts, agreeing)] as const;
    if (await isComplete(folder, stored)) await restoreChecksums(folder, ...both);
    const common = await countVerified(folder, ...both);
    if (common === 0) return undefined;
    return PartialRecording.#open(
      folder,
      stored.metadata,
      firstBatches(items, common),
      firstBatches(thoughts, common),
      writeBytes,
    );
  }

  static async #open(
    folder: string,
    metadata: RecordingMetadata,
    keptItems: ScannedFile,
    keptThoughts: ScannedFile,
    writeBytes?: WriteBytes,
  ): Promise<PartialRecording> {
    const itemsPath = join(folder, 'items.arrow');
    const schema = itemsSchema(toArrowMetadata(metadata));
    const kept = keptItems.batches.length;
    const opened: OutputFile[] = [];
    try {
      const items = await openTable(itemsPath, schema, keptItems, writeBytes);
      opened.push(items.file);
      const ids = kept === 0 ? [] : await readIds(itemsPath, schema);
      const thoughtsPath = join(folder, 'thoughts.arrow');
      const thoughts = await openTable(thoughtsPath, thoughtsSchema(metadata), keptThoughts, writeBytes);
      opened.push(thoughts.file);
      const checksums = await openChecksums(folder, kept, writeBytes);
      return new PartialRecording(folder, metadata, ids, items, thoughts, checksums);
    } catch (error) {
      for (const file of opened) await file.close();
      throw error;
    }
  }

  /** Ids of all items that are wholly on disk. */
  get itemIds(): ReadonlySet<string> {
    return this.#itemIds;
  }

  /** Appends one batch to both files and returns when it is on the disk itself. */
  async append(records: readonly ThoughtRecord[]): Promise<void> {
    this.#items.writer.write(encodeItems(this.#items.schema, records));
    this.#thoughts.writer.write(encodeThoughts(this.#thoughts.schema, records));
    await this.#sync();
    this.#checksums.write(checksumLine(this.#items.file, this.#thoughts.file));
    await this.#checksums.sync();
    for (const { item } of records) this.#itemIds.add(item.id);
  }

  /**
   * Writes both footers, then the sizes and hashes, which mark the folder as complete.
   *
   * @returns those sizes and hashes
   * @throws LensError where the disk fails or the folder is no longer the one that was written to
   */
  async complete(): Promise<FileSummaries> {
    this.#items.writer.finish();
    this.#thoughts.writer.finish();
    await this.#sync();
    for (const { file } of [this.#items, this.#thoughts]) {
      if (await file.isInPlace()) continue;
      throw new LensError(file.path, 'was replaced while it was written', 'let only one record write to a folder');
    }
    const files = { 'items.arrow': this.#items.file.summary(), 'thoughts.arrow': this.#thoughts.file.summary() };
    await writeMetadataFile(this.#folder, { metadata: this.metadata, files });
    await removeChecksums(this.#folder);
    return files;
  }

  async close(): Promise<void> {
    await Promise.all([this.#items.file, this.#thoughts.file, this.#checksums].map((file) => file.close()));
  }

  async #sync(): Promise<void> {
    await Promise.all([this.#items.file.sync(), this.#thoughts.file.sync()]);
  }
}

const NOTHING: ScannedFile = { headLength: 0, batches: [], isFinished: false };

async function openTable<T extends TypeMap>(
  path: string,
  schema: Schema<T>,
  kept: ScannedFile,
  writeBytes?: WriteBytes,
): Promise<Table<T>> {
  const file = await OutputFile.open(path, endOf(kept), writeBytes);
  try {
    return { file, schema, writer: new ArrowFileWriter(file, schema, kept.batches) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A file that is missing holds nothing. */
async function scan(path: string): Promise<ScannedFile> {
  return onDisk(path, 'could not be read', async () => {
    let handle;
    try {
      ({ handle } = await openPlainFile(path));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return NOTHING;
      throw error;
    }
    try {
      return await scanArrowFile(handle);
    } finally {
      await handle.close();
    }
  });
}

/** How many first batches hold the same items in both files, k thoughts for each. */
function countCommonBatches(items: ScannedFile, thoughts: ScannedFile, k: number): number {
  const rowsAgree = (batch: ScannedBatch, i: number): boolean => thoughts.batches.at(i)?.rows === batch.rows * k;
  const disagreement = items.batches.findIndex((batch, i) => !rowsAgree(batch, i));
  return disagreement === -1 ? items.batches.length : disagreement;
}

function firstBatches({ headLength, batches }: ScannedFile, count: number): ScannedFile {
  return { headLength, batches: batches.slice(0, count), isFinished: false };
}

/** Whether both files are whole, with their footers: killed then, a recording only lacks its final name. */
async function isComplete(folder: string, { files }: StoredMetadata): Promise<boolean> {
  if (files === undefined) return false;
  for (const name of ARROW_FILES) {
    const path = join(folder, name);
    const sha256 = await sha256OfFile(path).catch((error: unknown) => errorCode(error));
    if (sha256 !== files[name].sha256) return false;
  }
  return true;
}

/** The ids in an `items.arrow` without a footer. */
async function readIds(path: string, schema: Schema<ItemColumns>): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of readBatches(path, schema, true)) ids.push(...itemIds(batch));
  return ids;
}
