import { open, type FileHandle } from 'node:fs/promises';
import { RecordBatchReader, type RecordBatch, type Schema, type TypeMap } from 'apache-arrow';
import { LensError } from '../errors.js';
import { onDisk } from '../disk-error.js';

/**
 * The record batches of a finished Arrow file, read one at a time.
 *
 * @param expected the columns that the file must have, and the metadata that it must carry
 * @throws LensError where the file has other columns or other metadata, or cannot be read
 */
export async function* readBatches<T extends TypeMap>(
  path: string,
  expected: Schema<T>,
): AsyncGenerator<RecordBatch<T>, void, undefined> {
  const handle = await onDisk(path, 'could not be read', () => open(path, 'r'));
  try {
    const reader = await decoding(path, async () => openReader<T>(handle));
    const columns = describe(reader.schema);
    if (columns !== describe(expected)) {
      throw new LensError(path, `has other columns than a recording (${columns})`, 'record again');
    }
    for (const [key, value] of expected.metadata) {
      if (reader.schema.metadata.get(key) === value) continue;
      throw new LensError(path, 'carries other metadata than metadata.json', 'restore metadata.json, or record again');
    }
    for (let i = 0; i < reader.numRecordBatches; i++) {
      const batch = await decoding(path, async () => reader.readRecordBatch(i));
      if (batch === null) throw corrupt(path);
      yield batch;
    }
  } finally {
    await handle.close();
  }
}

async function openReader<T extends TypeMap>(handle: FileHandle): Promise<AsyncFileReader<T>> {
  const reader = await RecordBatchReader.from<T>(handle);
  // What does not begin with Arrow's magic is taken for a stream, and an empty stream for one without a schema.
  if (!reader.isFile()) throw new Error('no magic');
  return reader.open();
}

/** What Arrow makes of a file handle; its own declaration of `from` says no more than "a reader". */
interface AsyncFileReader<T extends TypeMap> {
  readonly schema: Schema<T>;
  readonly numRecordBatches: number;
  readRecordBatch(index: number): Promise<RecordBatch<T> | null> | RecordBatch<T> | null;
}

function describe(schema: Schema): string {
  return schema.fields.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');
}

/** Arrow meets a damaged file with whatever its arithmetic runs into. */
async function decoding<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw corrupt(path, error);
  }
}

function corrupt(path: string, cause?: unknown): LensError {
  return new LensError(path, 'is no readable Arrow file', 'record again', 'failure', cause);
}
