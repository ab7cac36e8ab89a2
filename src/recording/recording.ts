import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item } from '../dataset/index.js';
import { LensError } from '../errors.js';
import { readBatches } from './arrow-batches.js';
import { scanArrowFile } from './arrow-scan.js';
import { errorCode, onDisk } from '../disk-error.js';
import { openPlainFile } from '../read-input.js';
import { sha256OfFile } from './file-hash.js';
import { decodeItems, itemsSchema } from './items-table.js';
import {
  ARROW_FILES,
  toArrowMetadata,
  type FileSummaries,
  type FileSummary,
  type RecordingMetadata,
} from './metadata.js';
import { outputFolder } from '../output-path.js';
import { listFolder, partialFolderOf, readMetadataFile } from './recording-folder.js';
import { byFirstToken, type ItemRow, type Scorer, type ThoughtRecord } from './thought-record.js';
import { decodeThoughts, thoughtsSchema } from './thoughts-table.js';

/** A finished recording on disk. */
export interface Recording {
  readonly folder: string;
  readonly metadata: RecordingMetadata;
  /** Sizes and hashes of the Arrow files: what is derived from a recording can say from which. */
  readonly files: FileSummaries;
  /** In the order in which they were recorded. */
  readonly items: readonly Item[];
  /**
   * Reads the thoughts from disk in the order of `items`, with one batch in memory at a time; can be called again.
   *
   * @param scorer how the nodes are read; default: as the recording's metadata say. One of `sequence` has both.
   * @throws LensError while reading, where the recording has no values of the scorer, or the thoughts are not those of
   * `items`
   */
  records(scorer?: Scorer): AsyncIterable<ThoughtRecord>;
}

const REMEDY = 'name a folder made by record';

/**
 * Opens a recording: checks that it is finished and that both Arrow files are byte for byte what `record` wrote (which
 * reads them once), and reads the items. Thoughts stay on disk.
 *
 * @throws LensError where the folder is missing, no recording, unfinished or of another schema version, where a file
 * is missing, truncated or altered, or where items and thoughts do not belong together
 */
export async function openRecording(folder: string): Promise<Recording> {
  const { metadata, files } = await readFinishedMetadata(folder);
  for (const name of ARROW_FILES) await checkFile(join(folder, name), files[name]);

  const itemsPath = join(folder, 'items.arrow');
  const rows: ItemRow[] = [];
  for await (const batch of readBatches(itemsPath, itemsSchema(toArrowMetadata(metadata)))) {
    rows.push(...decodeItems(batch, itemsPath));
  }
  if (rows.length !== metadata.items.count) {
    throw new LensError(itemsPath, `holds ${rows.length} items, not ${metadata.items.count}`, 'record again');
  }

  const thoughtsPath = join(folder, 'thoughts.arrow');
  await checkRows(thoughtsPath, rows.length, metadata.thoughts);
  const schema = thoughtsSchema(metadata);

  const stored = async function* (): AsyncGenerator<ThoughtRecord> {
    let next = 0;
    for await (const batch of readBatches(thoughtsPath, schema)) {
      const count = batch.numRows / metadata.thoughts;
      for (const record of decodeThoughts(batch, rows.slice(next, next + count), thoughtsPath)) {
        yield metadata.prefix === undefined ? record : { ...record, sequence: metadata.prefix };
      }
      next += count;
    }
  };
  return {
    folder,
    metadata,
    files,
    items: rows.map(({ item }) => item),
    async *records(scorer = metadata.scorer) {
      if (scorer === 'sequence' && metadata.scorer === 'firstToken') {
        throw new LensError(
          folder,
          'holds no values of the scorer sequence (it was recorded with firstToken)',
          'record again with --scorer sequence',
          'usage',
        );
      }
      for await (const record of stored()) yield scorer === 'firstToken' ? byFirstToken(record) : record;
    },
  };
}

interface FinishedMetadata {
  readonly metadata: RecordingMetadata;
  readonly files: FileSummaries;
}

async function readFinishedMetadata(folder: string): Promise<FinishedMetadata> {
  const interrupted = new LensError(folder, 'is an interrupted recording', 'continue it with record --resume');
  if ((await namesIn(folder)) === undefined) {
    if ((await namesIn(partialFolderOf(await outputFolder(folder)))) !== undefined) throw interrupted;
    throw new LensError(folder, 'does not exist', REMEDY);
  }
  const stored = await readMetadataFile(folder);
  if (stored === undefined) throw new LensError(folder, 'is not a recording (it has no metadata.json)', REMEDY);
  const { metadata, files } = stored;
  if (files === undefined) throw interrupted;
  return { metadata, files };
}

async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    return await listFolder(folder);
  } catch (error) {
    if (error instanceof LensError && errorCode(error.cause) === 'ENOTDIR') {
      throw new LensError(folder, 'is not a folder', REMEDY, 'failure', error);
    }
    throw error;
  }
}

async function checkFile(path: string, { bytes, sha256 }: FileSummary): Promise<void> {
  const { size } = await onDisk(path, 'could not be read', async () => {
    try {
      return await stat(path);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      throw new LensError(path, 'is missing', 'copy the whole folder', 'failure', error);
    }
  });
  if (size < bytes)
    throw new LensError(path, `is truncated (${size} of ${bytes} bytes)`, 'copy it again, or record again');
  if (size > bytes || (await onDisk(path, 'could not be read', () => sha256OfFile(path))) !== sha256) {
    throw new LensError(
      path,
      'is not the file that record wrote (its SHA-256 differs)',
      'copy it again, or record again',
    );
  }
}

/** Every batch must hold k rows for each of its items, and all of them together those of all items. */
async function checkRows(path: string, items: number, k: number): Promise<void> {
  const { handle } = await onDisk(path, 'could not be read', () => openPlainFile(path));
  try {
    const { batches } = await scanArrowFile(handle);
    const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    if (rows === items * k && batches.every((batch) => batch.rows % k === 0)) return;
    throw new LensError(path, `holds ${rows} thoughts, not ${k} for each of ${items} items`, 'record again');
  } finally {
    await handle.close();
  }
}
