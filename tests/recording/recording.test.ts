import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRecorder, openRecording } from '../../src/recording/index.js';
import { collect, recordAll, scratchFolder, syntheticMetadata, syntheticRecords } from './synthetic.js';

const ITEMS = 5;
const records = syntheticRecords(ITEMS, 2, 3);
const metadata = syntheticMetadata(ITEMS, 2, 3);

/** Holds the recording of which every test gets a copy. */
const original = scratchFolder();
beforeAll(() => recordAll(original.path, metadata, records, 2));
afterAll(original.dispose);

let scratch: ReturnType<typeof scratchFolder>;
let folder: string;

beforeEach(() => {
  scratch = scratchFolder();
  folder = join(scratch.path, 'recording');
  cpSync(original.path, folder, { recursive: true });
});
afterEach(() => scratch.dispose());

interface StoredJson {
  schemaVersion: number;
  files: Record<string, { bytes: number; sha256: string }>;
  [key: string]: unknown;
}

function editMetadata(edit: (json: StoredJson) => void): void {
  const path = join(folder, 'metadata.json');
  const json = JSON.parse(readFileSync(path, 'utf8')) as StoredJson;
  edit(json);
  writeFileSync(path, JSON.stringify(json));
}

/** Puts other bytes in place of a file, with the hash that belongs to them: only their meaning can give them away. */
function replaceFile(name: string, bytes: Buffer): void {
  writeFileSync(join(folder, name), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  editMetadata((json) => (json.files[name] = { bytes: bytes.byteLength, sha256 }));
}

describe('openRecording', () => {
  it('gives metadata, hashes, items and records', async () => {
    const recording = await openRecording(folder);
    expect(recording.folder).toBe(folder);
    expect(recording.metadata).toEqual(metadata);
    const bytes = readFileSync(join(folder, 'thoughts.arrow'));
    expect(recording.files['thoughts.arrow']).toEqual({
      bytes: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(await collect(recording.records())).toEqual(records);
  });

  it('hands out arrays of its own: none is a view of a larger buffer', async () => {
    const recording = await openRecording(folder);
    for await (const record of recording.records()) {
      const { thoughts, nodeTokens, nodeLogits, nodeProbabilities, offGraphMass } = record;
      for (const array of [thoughts, nodeTokens, nodeLogits, nodeProbabilities, offGraphMass]) {
        expect(array.buffer.byteLength).toBe(array.byteLength);
        array.fill(0);
      }
    }
    expect(await collect(recording.records())).toEqual(records);
  });

  it('can be read in part', async () => {
    const recording = await openRecording(folder);
    for await (const record of recording.records()) {
      expect(record).toEqual(records[0]);
      break;
    }
    expect(await collect(recording.records())).toHaveLength(ITEMS);
  });

  it('refuses a missing folder, a file, and a folder that is no recording', async () => {
    const missing = join(scratch.path, 'missing');
    await expect(openRecording(missing)).rejects.toThrow(`${missing}: does not exist; name a folder made by record`);
    const file = join(folder, 'items.arrow');
    await expect(openRecording(file)).rejects.toThrow(`${file}: is not a folder; name a folder made by record`);
    await expect(openRecording(scratch.path)).rejects.toThrow(
      `${scratch.path}: is not a recording (it has no metadata.json); name a folder made by record`,
    );
    writeFileSync(join(scratch.path, 'metadata.json'), '{"title": "photos"}');
    await expect(openRecording(scratch.path)).rejects.toThrow('is not the metadata of a recording (no schemaVersion)');
    writeFileSync(join(scratch.path, 'metadata.json'), '{"schemaVersion": 1');
    await expect(openRecording(scratch.path)).rejects.toThrow(
      /metadata\.json: is not JSON \(.+\); name a folder made by record/,
    );
  });

  it('says how to go on with an interrupted one, by its final or by its present name', async () => {
    const interrupted = join(scratch.path, 'interrupted');
    const recorder = await createRecorder(interrupted, metadata);
    await recorder.write(records.slice(0, 2));
    await recorder.abort();
    for (const name of [interrupted, `${interrupted}.partial`]) {
      await expect(openRecording(name)).rejects.toThrow(
        `${name}: is an interrupted recording; continue it with record --resume`,
      );
    }
  });

  it('refuses another schema version and malformed metadata', async () => {
    editMetadata((json) => (json.thoughts = 'six'));
    await expect(openRecording(folder)).rejects.toThrow(/metadata\.json: is malformed \(thoughts: /);
    editMetadata((json) => (json.schemaVersion = 2));
    await expect(openRecording(folder)).rejects.toThrow(
      'has schema version 2, this coconut-lens reads 1; record again',
    );
  });

  it.each(['items.arrow', 'thoughts.arrow'])('refuses a missing, truncated, longer or altered %s', async (name) => {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    truncateSync(path, bytes.byteLength - 1);
    await expect(openRecording(folder)).rejects.toThrow(
      `${path}: is truncated (${bytes.byteLength - 1} of ${bytes.byteLength} bytes); copy it again, or record again`,
    );
    writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(1)]));
    await expect(openRecording(folder)).rejects.toThrow(`${path}: is not the file that record wrote`);
    const flipped = Buffer.from(bytes);
    flipped[flipped.byteLength >> 1] ^= 1;
    writeFileSync(path, flipped);
    await expect(openRecording(folder)).rejects.toThrow(`${path}: is not the file that record wrote`);
    rmSync(path);
    await expect(openRecording(folder)).rejects.toThrow(`${path}: is missing; copy the whole folder`);
  });

  it('refuses a file that is no Arrow, and one of other columns', async () => {
    const items = readFileSync(join(folder, 'items.arrow'));
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(500, 1),
      Buffer.concat([items.subarray(0, 40), items.subarray(-40)]),
    ]) {
      replaceFile('items.arrow', bytes);
      await expect(openRecording(folder)).rejects.toThrow('items.arrow: is no readable Arrow file; record again');
    }
    replaceFile('items.arrow', readFileSync(join(folder, 'thoughts.arrow')));
    await expect(openRecording(folder)).rejects.toThrow(
      'items.arrow: has other columns than a recording (item_id: Utf8, thought: Int32',
    );
  });

  it('refuses metadata that are not those in the Arrow files', async () => {
    editMetadata((json) => (json.seed = 8));
    await expect(openRecording(folder)).rejects.toThrow('items.arrow: carries other metadata than metadata.json');
  });

  it('refuses items and thoughts that do not belong together', async () => {
    const fewer = join(scratch.path, 'fewer');
    await recordAllWithCount(fewer, 4);
    replaceFile('thoughts.arrow', readFileSync(join(fewer, 'thoughts.arrow')));
    await expect(openRecording(folder)).rejects.toThrow('thoughts.arrow: holds 8 thoughts, not 2 for each of 5 items');
  });

  it('refuses thoughts in another order while reading them', async () => {
    const other = join(scratch.path, 'other');
    await recordAll(other, metadata, [records[1], records[0], ...records.slice(2)], 2);
    replaceFile('thoughts.arrow', readFileSync(join(other, 'thoughts.arrow')));
    const recording = await openRecording(folder);
    await expect(collect(recording.records())).rejects.toThrow(
      "thoughts.arrow: does not belong to its items.arrow: it holds thought 1 of item 'item-1', not thought 1 of item 'item-0'",
    );
  });
});

/** A recording of fewer items that claims the same metadata: made by renaming a partial one's parts. */
async function recordAllWithCount(target: string, count: number): Promise<void> {
  const recorder = await createRecorder(target, metadata);
  await recorder.write(records.slice(0, count));
  await recorder.abort();
  mkdirSync(target);
  cpSync(`${target}.partial`, target, { recursive: true });
}
