import type { RecordBatch, Schema, TypeMap } from 'apache-arrow';
import { LensError } from '../errors.js';
import { onDisk } from '../disk-error.js';
import { openPlainFile } from '../read-input.js';
import { batchOf } from './arrow-body.js';
import { readBytes, scanArrowFile } from './arrow-scan.js';

/**
 * The record batches of an Arrow file, read one at a time. Nothing in it is trusted: a length that is too long is an
 * error, never followed.
 *
 * @param expected the columns that the file must have, and the metadata that it must carry
 * @param isUnfinished whether the file may end without a footer
 * @throws LensError where the file has other columns or other metadata, or cannot be read
 */
export async function* readBatches<T extends TypeMap>(
  path: string,
  expected: Schema<T>,
  isUnfinished = false,
): AsyncGenerator<RecordBatch<T>, void, undefined> {
  const { handle } = await onDisk(path, 'could not be read', () => openPlainFile(path));
  try {
    const { schema, batches, isFinished } = await onDisk(path, 'could not be read', () => scanArrowFile(handle));
    if (schema === undefined || !(isFinished || isUnfinished)) throw corrupt(path);
    requireSchema(path, schema, expected);
    for (const { offset, metaDataLength, bodyLength, header } of batches) {
      const body = await onDisk(path, 'could not be read', () =>
        readBytes(handle, offset + metaDataLength, bodyLength),
      );
      let batch: RecordBatch<T>;
      try {
        batch = batchOf(expected, header, body);
      } catch (error) {
        throw corrupt(path, error);
      }
      yield batch;
    }
  } finally {
    await handle.close();
  }
}

function requireSchema(path: string, found: Schema, expected: Schema): void {
  let columns: string;
  try {
    columns = describe(found);
  } catch (error) {
    // A list of nothing, which apache-arrow takes and cannot name.
    throw corrupt(path, error);
  }
  if (columns !== describe(expected)) {
    throw new LensError(path, `has other columns than a recording (${columns})`, 'record again');
  }
  for (const [key, value] of expected.metadata) {
    if (found.metadata.get(key) === value) continue;
    throw new LensError(path, 'carries other metadata than metadata.json', 'restore metadata.json, or record again');
  }
}

function describe(schema: Schema): string {
  return schema.fields.map(({ name, type }) => `${name}: ${String(type)}`).join(', ');
}

function corrupt(path: string, cause?: unknown): LensError {
  return new LensError(path, 'is no readable Arrow file', 'record again', 'failure', cause);
}
