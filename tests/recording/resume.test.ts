import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRecorder, openRecording, type RecordingMetadata } from '../../src/recording/index.js';
import { batches, filesOf, recordAll, scratchFolder, syntheticMetadata, syntheticRecords } from './synthetic.js';

const ITEMS = 7;
const BATCH = 2;
const metadata = syntheticMetadata(ITEMS, 2, 3);
const records = syntheticRecords(ITEMS, 2, 3);

/** An uninterrupted recording, which no test changes. */
const original = scratchFolder();
beforeAll(() => recordAll(join(original.path, 'whole'), metadata, records, BATCH));
afterAll(original.dispose);

let scratch: ReturnType<typeof scratchFolder>;
let folder: string;
let partial: string;

beforeEach(() => {
  scratch = scratchFolder();
  folder = join(scratch.path, 'recording');
  partial = `${folder}.partial`;
});
afterEach(() => scratch.dispose());

const whole = (): Map<string, Buffer> => filesOf(join(original.path, 'whole'));

/** Leaves what an interrupted run leaves after some batches. */
async function interrupt(batchCount: number): Promise<void> {
  const recorder = await createRecorder(folder, metadata, { overwrite: true });
  for (const batch of batches(records, BATCH).slice(0, batchCount)) await recorder.write(batch);
  await recorder.abort();
}

describe('resume', () => {
  it('goes on after the last batch and gives the bytes of an uninterrupted run', async () => {
    await interrupt(2);
    const recorder = await createRecorder(folder, metadata, { resume: true });
    expect(recorder.completed).toBe(4);
    await recorder.abort();
    await recordAll(folder, metadata, records, BATCH, { resume: true });
    expect(filesOf(folder)).toEqual(whole());
    expect(existsSync(partial)).toBe(false);
  });

  it('gives the same bytes wherever a kill has cut the two files', async () => {
    await interrupt(4);
    const kept = join(scratch.path, 'kept');
    cpSync(partial, kept, { recursive: true });
    const size = (name: string): number => statSync(join(kept, name)).size;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: size('items.arrow') }),
        fc.integer({ min: 0, max: size('thoughts.arrow') }),
        async (itemBytes, thoughtBytes) => {
          rmSync(folder, { recursive: true, force: true });
          cpSync(kept, partial, { recursive: true });
          truncateSync(join(partial, 'items.arrow'), itemBytes);
          truncateSync(join(partial, 'thoughts.arrow'), thoughtBytes);
          await recordAll(folder, metadata, records, BATCH, { resume: true });
          expect(filesOf(folder)).toEqual(whole());
        },
      ),
      // Each run makes some twenty fsyncs; arrow-scan.test.ts tries many more places.
      { numRuns: 12 },
    );
  });

  it('keeps the common prefix where one file is a batch ahead', async () => {
    await interrupt(2);
    const twoBatches = statSync(join(partial, 'thoughts.arrow')).size;
    await interrupt(3);
    truncateSync(join(partial, 'thoughts.arrow'), twoBatches);
    const recorder = await createRecorder(folder, metadata, { resume: true });
    expect(recorder.completed).toBe(4);
    for (const batch of batches(records.slice(4), BATCH)) await recorder.write(batch);
    await recorder.finish();
    expect(filesOf(folder)).toEqual(whole());
  });

  it('drops what follows the last whole batch, be it zeros or garbage', async () => {
    for (const tail of [
      Buffer.alloc(4096),
      Buffer.alloc(4096, 0xff),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 64, 0, 0, 0, ...Array<number>(200).fill(7)]),
    ]) {
      rmSync(folder, { recursive: true, force: true });
      await interrupt(2);
      writeFileSync(join(partial, 'thoughts.arrow'), tail, { flag: 'a' });
      await recordAll(folder, metadata, records, BATCH, { resume: true });
      expect(filesOf(folder)).toEqual(whole());
    }
  });

  it('finishes a recording that was killed between its footers and its final name', async () => {
    cpSync(join(original.path, 'whole'), partial, { recursive: true });
    await expect(openRecording(folder)).rejects.toThrow(
      'is an interrupted recording; continue it with record --resume',
    );
    const recorder = await createRecorder(folder, metadata, { resume: true });
    expect(recorder.completed).toBe(ITEMS);
    await recorder.finish();
    expect(filesOf(folder)).toEqual(whole());
  });

  it('starts afresh where there is nothing to resume', async () => {
    await recordAll(folder, metadata, records, BATCH, { resume: true });
    expect(filesOf(folder)).toEqual(whole());
    rmSync(folder, { recursive: true });

    mkdirSync(partial);
    await recordAll(folder, metadata, records, BATCH, { resume: true });
    expect(filesOf(folder)).toEqual(whole());
  });

  it('must be asked for: an interrupted recording is not thrown away, unless told to', async () => {
    await interrupt(2);
    const before = filesOf(partial);
    await expect(createRecorder(`${folder}/`, metadata)).rejects.toThrow(
      `${partial}: holds an interrupted recording (4 items); go on with --resume, or start afresh with --overwrite`,
    );
    expect(filesOf(partial)).toEqual(before);
    const recorder = await createRecorder(folder, metadata, { overwrite: true });
    expect(recorder.completed).toBe(0);
    await recorder.abort();
    // Without a single item there is nothing to lose.
    await recordAll(folder, metadata, records, BATCH);
    expect(filesOf(folder)).toEqual(whole());
  });

  it('of a finished recording leaves it as it is, if it is the same and whole', async () => {
    await recordAll(folder, metadata, records, BATCH);
    const again = { ...metadata, command: 'record --resume' };
    const recorder = await createRecorder(folder, again, { resume: true });
    expect(recorder).toMatchObject({ completed: ITEMS, metadata, files: { 'items.arrow': {}, 'thoughts.arrow': {} } });
    await expect(recorder.write(records.slice(0, 1))).rejects.toThrow('the recording is complete');
    await recorder.finish();
    await recorder.abort();
    expect(filesOf(folder)).toEqual(whole());
    expect(readdirSync(scratch.path)).toEqual(['recording']);

    await expect(createRecorder(folder, { ...metadata, seed: 8 }, { resume: true })).rejects.toThrow(
      `${folder}: already exists, made with other settings (seed was 7, now 8); choose another folder, or pass --overwrite`,
    );
    truncateSync(join(folder, 'thoughts.arrow'), 1000);
    await expect(createRecorder(folder, again, { resume: true })).rejects.toThrow('is truncated (1000 of ');
  });

  it('refuses other settings by the first that differs, and leaves the partial recording alone', async () => {
    await interrupt(2);
    const before = filesOf(partial);
    const others: [RecordingMetadata, string][] = [
      [{ ...metadata, seed: 8 }, 'seed was 7, now 8'],
      [{ ...metadata, items: { ...metadata.items, sha256: 'c'.repeat(64) } }, `items.sha256 was "${'b'.repeat(64)}"`],
      [
        { ...metadata, config: { ...metadata.config, nested: { list: [1, 'three', null] } } },
        'config.nested.list.1 was "two", now "three"',
      ],
      [{ ...metadata, config: { ...metadata.config, extra: true } }, 'config.extra was absent, now true'],
      [
        { ...metadata, model: { ...metadata.model, config: { layerNormEpsilon: 1e-6 } } },
        'model.config.layerNormEpsilon was 0.00001, now 0.000001',
      ],
      [{ ...metadata, warnings: ['another head'] }, 'warnings.0 was absent, now "another head"'],
    ];
    for (const [other, difference] of others) {
      await expect(createRecorder(folder, other, { resume: true })).rejects.toThrow(
        `recording.partial: was begun with other settings (${difference}`,
      );
    }
    expect(filesOf(partial)).toEqual(before);
  });

  it('keeps the command of the run that began', async () => {
    await interrupt(2);
    const later = { ...metadata, command: 'record --resume' };
    const recorder = await createRecorder(folder, later, { resume: true });
    expect(recorder.metadata).toEqual(metadata);
    for (const batch of batches(records.slice(4), BATCH)) await recorder.write(batch);
    await recorder.finish();
    expect(filesOf(folder)).toEqual(whole());
  });

  it('still knows the items on disk', async () => {
    await interrupt(2);
    const recorder = await createRecorder(folder, metadata, { resume: true });
    await expect(recorder.write(records.slice(3, 4))).rejects.toThrow("item 'item-3' is recorded twice");
    await recorder.abort();
  });

  it('restores order after a kill in the middle of an overwrite', async () => {
    await recordAll(folder, syntheticMetadata(1, 2, 3), records.slice(0, 1), BATCH);
    cpSync(join(original.path, 'whole'), partial, { recursive: true });
    renameSync(folder, join(partial, 'replaced'));
    await recordAll(folder, metadata, records, BATCH, { resume: true, overwrite: true });
    expect(readdirSync(scratch.path)).toEqual(['recording']);
    expect(filesOf(folder)).toEqual(whole());
  });
});
