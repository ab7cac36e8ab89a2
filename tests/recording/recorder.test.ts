import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecorder, openRecording, type ThoughtRecord } from '../../src/recording/index.js';
import { collect, filesOf, recordAll, scratchFolder, syntheticMetadata, syntheticRecords } from './synthetic.js';

let scratch: ReturnType<typeof scratchFolder>;
let folder: string;

beforeEach(() => {
  scratch = scratchFolder();
  folder = join(scratch.path, 'recording');
});
afterEach(() => scratch.dispose());

const lock = (): string => join(`${folder}.partial`, 'lock');

/** Two thoughts of two numbers over a graph 0 -> 1, 2 apart; every number is exact in float32. */
const record: ThoughtRecord = {
  item: {
    id: 'q1',
    names: ['Tom', 'wumpus', 'lorpus'],
    edges: [[0, 1]],
    root: 0,
    target: 1,
    decoy: 2,
    candidates: [2, 1],
    path: [0, 1],
  },
  count: 2,
  thoughts: Float32Array.of(3, 4, 6, -8),
  nodeTokens: Int32Array.of(7, 30, 7),
  nodeLogits: Float32Array.of(1, 2, 3, 4, 5, 6),
  nodeProbabilities: Float32Array.of(0.25, 0.5, 0.125, 0, 0.75, 0.25),
  offGraphMass: Float32Array.of(0.125, 0),
};

describe('a finished recording', () => {
  it('holds these rows for one item of two thoughts', async () => {
    await recordAll(folder, syntheticMetadata(1, 2, 2), [record], 1);
    expect(readdirSync(scratch.path)).toEqual(['recording']);
    expect(readdirSync(folder).sort()).toEqual(['items.arrow', 'metadata.json', 'thoughts.arrow']);

    const thoughts = tableFromIPC(readFileSync(join(folder, 'thoughts.arrow')));
    expect(JSON.parse(JSON.stringify(thoughts.toArray()))).toEqual([
      {
        item_id: 'q1',
        thought: 1,
        thought_vector: [3, 4],
        norm: 5,
        node_logits: [1, 2, 3],
        node_probabilities: [0.25, 0.5, 0.125],
        off_graph_mass: 0.125,
      },
      {
        item_id: 'q1',
        thought: 2,
        thought_vector: [6, -8],
        norm: 10,
        node_logits: [4, 5, 6],
        node_probabilities: [0, 0.75, 0.25],
        off_graph_mass: 0,
      },
    ]);
    const items = tableFromIPC(readFileSync(join(folder, 'items.arrow')));
    expect(JSON.parse(JSON.stringify(items.toArray()))).toEqual([
      {
        item_id: 'q1',
        names: ['Tom', 'wumpus', 'lorpus'],
        node_token: [7, 30, 7],
        edge_source: [0],
        edge_target: [1],
        root: 0,
        target: 1,
        decoy: 2,
        candidates: [2, 1],
        path: [0, 1],
        depth: [0, 1, -1],
      },
    ]);
  });

  it('says in each of its files where it comes from', async () => {
    const metadata = syntheticMetadata(1, 2, 2);
    await recordAll(folder, metadata, [record], 1);
    const { files, ...stored } = JSON.parse(readFileSync(join(folder, 'metadata.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(stored).toEqual(metadata);
    expect(Object.keys(files as object)).toEqual(['items.arrow', 'thoughts.arrow']);
    for (const file of ['items.arrow', 'thoughts.arrow']) {
      const { schema } = tableFromIPC(readFileSync(join(folder, file)));
      expect(JSON.parse(schema.metadata.get('coconut-lens') ?? '')).toEqual(metadata);
      expect(schema.fields.every((field) => (field.metadata.get('description') ?? '').length > 0)).toBe(true);
    }
  });

  it('reads as a stream too: the schema stands at the head of the file', async () => {
    await recordAll(folder, syntheticMetadata(1, 2, 2), [record], 1);
    const stream = readFileSync(join(folder, 'thoughts.arrow')).subarray(8);
    expect(tableFromIPC(stream).numRows).toBe(2);
  });

  it('gives back every record exactly', async () => {
    const records = syntheticRecords(11, 3, 5);
    await recordAll(folder, syntheticMetadata(11, 3, 5), records, 4);
    const recording = await openRecording(folder);
    expect(recording.items).toEqual(records.map(({ item }) => item));
    expect(await collect(recording.records())).toEqual(records);
    expect(await collect(recording.records())).toEqual(records);
  });

  it('has the same bytes when it is made again, whatever the order of the metadata keys', async () => {
    const records = syntheticRecords(5, 2, 3);
    const metadata = syntheticMetadata(5, 2, 3);
    await recordAll(folder, metadata, records, 2);
    const reversed = Object.fromEntries(Object.entries(metadata).reverse()) as unknown as typeof metadata;
    await recordAll(`${folder}2`, reversed, records, 2);
    expect(filesOf(`${folder}2`)).toEqual(filesOf(folder));
  });

  it('may hold no items', async () => {
    await recordAll(folder, syntheticMetadata(0, 2, 3), [], 2);
    const recording = await openRecording(folder);
    expect(recording.items).toEqual([]);
    expect(await collect(recording.records())).toEqual([]);
  });
});

describe('createRecorder', () => {
  it('writes under the final name only when it finishes', async () => {
    const recorder = await createRecorder(folder, syntheticMetadata(1, 2, 2));
    await recorder.write([record]);
    expect(recorder.completed).toBe(1);
    expect(readdirSync(scratch.path)).toEqual(['recording.partial']);
    await recorder.finish();
    expect(readdirSync(scratch.path)).toEqual(['recording']);
  });

  it('makes missing parents, takes an empty folder and ignores a trailing slash', async () => {
    folder = join(scratch.path, 'a', 'b');
    mkdirSync(folder, { recursive: true });
    await recordAll(`${folder}/`, syntheticMetadata(1, 2, 2), [record], 1);
    await recordAll(join(folder, 'c', 'd'), syntheticMetadata(1, 2, 2), [record], 1);
    expect((await openRecording(folder)).items).toHaveLength(1);
    expect((await openRecording(join(folder, 'c', 'd'))).items).toHaveLength(1);
  });

  it('refuses a finished recording, and replaces it at the end where told to', async () => {
    await recordAll(folder, syntheticMetadata(1, 2, 2), [record], 1);
    await expect(createRecorder(folder, syntheticMetadata(1, 2, 2))).rejects.toThrow(
      `${folder}: already exists; choose another folder, or pass --overwrite to replace it`,
    );
    const records = syntheticRecords(3, 2, 2);
    const recorder = await createRecorder(folder, syntheticMetadata(3, 2, 2), { overwrite: true });
    await recorder.write(records);
    expect((await openRecording(folder)).items).toHaveLength(1);
    await recorder.finish();
    expect((await openRecording(folder)).items).toHaveLength(3);
    expect(readdirSync(scratch.path)).toEqual(['recording']);
    expect(readdirSync(folder).sort()).toEqual(['items.arrow', 'metadata.json', 'thoughts.arrow']);
  });

  it.each(['recording', 'recording.partial'])("never deletes somebody else's files in %s", async (name) => {
    const stranger = join(scratch.path, name, 'thesis.tex');
    mkdirSync(join(scratch.path, name));
    writeFileSync(stranger, 'years of work');
    await expect(createRecorder(folder, syntheticMetadata(1, 2, 2), { overwrite: true })).rejects.toThrow(
      `${name}: holds something else than a recording (thesis.tex); choose another folder`,
    );
    expect(readFileSync(stranger, 'utf8')).toBe('years of work');
  });

  it('does not replace a recording that another run has finished meanwhile', async () => {
    const slow = await createRecorder(folder, syntheticMetadata(1, 2, 2));
    await slow.write([record]);
    mkdirSync(folder);
    writeFileSync(join(folder, 'metadata.json'), '{}');
    await expect(slow.finish()).rejects.toThrow(`${folder}: was made by another run meanwhile`);
    expect(readFileSync(join(folder, 'metadata.json'), 'utf8')).toBe('{}');
  });

  it('does not publish the work of another run that has started afresh', async () => {
    const first = await createRecorder(folder, syntheticMetadata(1, 2, 2));
    await first.write([record]);
    // As a run on another machine might, which knows nothing of this one's lock.
    rmSync(`${folder}.partial`, { recursive: true });
    const second = await createRecorder(folder, syntheticMetadata(1, 2, 2));
    await expect(first.finish()).rejects.toThrow(
      'was replaced while it was written; let only one record write to a folder',
    );
    expect(readdirSync(scratch.path)).toEqual(['recording.partial']);
    expect(existsSync(lock())).toBe(true);
    await second.write([record]);
    await second.finish();
    expect((await openRecording(folder)).items).toHaveLength(1);
  });

  it('refuses malformed metadata by the field', async () => {
    const metadata = syntheticMetadata(1, 2, 2);
    const model = { ...metadata.model, sha256: 'abc' };
    await expect(createRecorder(folder, { ...metadata, model })).rejects.toThrow(
      'recording metadata: model.sha256: expected 64 hexadecimal digits',
    );
    await expect(createRecorder(folder, { ...metadata, width: 3 })).rejects.toThrow('width differs from model.width');
    expect(readdirSync(scratch.path)).toEqual([]);
  });
});

describe('two runs on one folder', () => {
  const metadata = syntheticMetadata(1, 2, 2);
  const hold = (holder: object | string): void => {
    mkdirSync(`${folder}.partial`, { recursive: true });
    writeFileSync(lock(), typeof holder === 'string' ? holder : JSON.stringify(holder));
  };
  /** Of no process: systems give smaller numbers. */
  const NOBODY = 2 ** 31 - 1;

  it.each([{}, { resume: true }, { overwrite: true }])(
    '%j: the newcomer loses, and changes nothing',
    async (options) => {
      const first = await createRecorder(folder, metadata);
      const before = filesOf(`${folder}.partial`);
      await expect(createRecorder(folder, metadata, options)).rejects.toThrow(
        `${folder}.partial: is being written by another process (${process.pid} on ${hostname()}); wait for it, or choose`,
      );
      expect(filesOf(`${folder}.partial`)).toEqual(before);
      await first.write([record]);
      await first.finish();
      expect(readdirSync(folder).sort()).toEqual(['items.arrow', 'metadata.json', 'thoughts.arrow']);
    },
  );

  it('of which the other lives, here or on a machine that cannot be asked', async () => {
    for (const holder of [
      { pid: process.ppid, host: hostname() },
      { pid: NOBODY, host: 'another machine' },
    ]) {
      hold(holder);
      await expect(createRecorder(folder, metadata)).rejects.toThrow(`(${holder.pid} on ${holder.host}); wait for it`);
    }
  });

  it.each([
    ['dead', () => ({ pid: NOBODY, host: hostname() })],
    ['dead, and another has got its number', () => ({ pid: process.ppid, host: hostname(), started: 'long ago' })],
    ['dead, and this one has got its number', () => ({ pid: process.pid, host: hostname(), number: 0 })],
    ['unknown: its lock was cut short', () => '{"pid"'],
  ])('of which the other is %s: its lock is taken over', async (_, holder) => {
    hold(holder());
    await recordAll(folder, metadata, [record], 1);
    expect(readdirSync(folder).sort()).toEqual(['items.arrow', 'metadata.json', 'thoughts.arrow']);
  });

  it('may follow one another', async () => {
    const first = await createRecorder(folder, metadata);
    await first.abort();
    expect(existsSync(lock())).toBe(false);
    await recordAll(folder, metadata, [record], 1);
  });
});

describe('a recorder', () => {
  it('refuses values that are not finite, naming item, array and thought, and writes nothing', async () => {
    const recorder = await createRecorder(folder, syntheticMetadata(1, 2, 2));
    const nodeLogits = Float32Array.of(1, 2, 3, 4, NaN, 6);
    await expect(recorder.write([{ ...record, nodeLogits }])).rejects.toThrow(
      "item 'q1': nodeLogits of thought 2 is not finite (NaN); check the checkpoint",
    );
    await recorder.write([record]);
    await recorder.finish();
    expect(await collect((await openRecording(folder)).records())).toEqual([record]);
  });

  it('refuses records of other shapes, repeated items, and an end before the last item', async () => {
    const recorder = await createRecorder(folder, syntheticMetadata(2, 2, 2));
    await expect(recorder.write([{ ...record, count: 1 }])).rejects.toThrow(
      "item 'q1' has 1 thoughts, the recording 2",
    );
    await expect(recorder.write([{ ...record, thoughts: new Float32Array(5) }])).rejects.toThrow(
      "item 'q1': thoughts has 5 values, not 4",
    );
    for (const nodeTokens of [Int32Array.of(7, 30), Int32Array.of(7, 30, 7, 8)]) {
      await expect(recorder.write([{ ...record, nodeTokens }])).rejects.toThrow(
        `item 'q1': nodeTokens has ${nodeTokens.length} values, not 3`,
      );
    }
    await expect(recorder.write([record, record])).rejects.toThrow("item 'q1' is recorded twice");
    await recorder.write([record]);
    await expect(recorder.write([record])).rejects.toThrow("item 'q1' is recorded twice");
    await expect(recorder.finish()).rejects.toThrow('finish() after 1 of 2 items');
    await recorder.abort();
  });

  it('can be aborted at any time, more than once', async () => {
    const recorder = await createRecorder(folder, syntheticMetadata(1, 2, 2));
    await recorder.abort();
    await recorder.abort();
    await expect(recorder.write([record])).rejects.toThrow('the recorder is closed');
    await recordAll(folder, syntheticMetadata(1, 2, 2), [record], 1);
    expect(readdirSync(scratch.path)).toEqual(['recording']);
  });
});
