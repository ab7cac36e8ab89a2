import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../src/random.js';
import type { Item } from '../../src/dataset/index.js';
import type { RecordingMetadata, ThoughtRecord } from '../../src/recording/index.js';
// Not through index.ts, which leads to the model and its engine: peak-memory.ts is bundled with this file.
import { createRecorder, type RecorderOptions } from '../../src/recording/recorder.js';

/** An item whose size depends on its index, so that rows differ in length: a chain from the root and a lone decoy. */
export function syntheticItem(index: number): Item {
  const chain = 2 + (index % 3);
  const nodes = chain + 2;
  return {
    id: `item-${index}`,
    names: Array.from({ length: nodes }, (_, node) => `${node === 0 ? 'Zoë' : 'wumpus'}${index}.${node}`),
    edges: Array.from({ length: chain }, (_, node) => [node, node + 1] as const),
    root: 0,
    target: chain,
    decoy: chain + 1,
    candidates: index % 2 === 0 ? [chain, chain + 1] : [chain + 1, chain],
    path: index % 4 === 3 ? [] : Array.from({ length: chain + 1 }, (_, node) => node),
  };
}

/** A record of arbitrary float32 values that depend on the item's index alone. */
export function syntheticRecord(index: number, k: number, d: number): ThoughtRecord {
  const item = syntheticItem(index);
  const random = createRandom(index);
  const values = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  const shares = (length: number): Float32Array => Float32Array.from({ length }, () => random.uniform());
  const nodes = item.names.length;
  return {
    item,
    count: k,
    thoughts: values(k * d),
    // Some nodes share a token.
    nodeTokens: Int32Array.from(item.names, (_, node) => (index + node) % 3),
    nodeLogits: values(k * nodes),
    nodeProbabilities: shares(k * nodes),
    offGraphMass: shares(k),
  };
}

export function syntheticRecords(count: number, k: number, d: number): ThoughtRecord[] {
  return Array.from({ length: count }, (_, index) => syntheticRecord(index, k, d));
}

export function syntheticMetadata(count: number, k: number, d: number): RecordingMetadata {
  return {
    schemaVersion: 1,
    command: 'record --model m --items i.json',
    config: { model: 'm', thoughts: k, nested: { list: [1, 'two', null] } },
    seed: 7,
    engine: { name: 'cpu', version: '4.22.0', threads: 1 },
    versions: { 'coconut-lens': '0.1.0', node: 'v20.20.2' },
    dtype: 'float32',
    model: {
      path: 'm',
      sha256: 'a'.repeat(64),
      layers: 2,
      heads: 8,
      width: d,
      vocabulary: 40,
      config: { layerNormEpsilon: 1e-5 },
    },
    items: { path: 'i.json', sha256: 'b'.repeat(64), count },
    thoughts: k,
    width: d,
    scorer: 'firstToken',
    readoutPoint: 'thought',
    warnings: [],
  };
}

/** Cuts `records` into batches of `size`. */
export function batches(records: readonly ThoughtRecord[], size: number): ThoughtRecord[][] {
  return Array.from({ length: Math.ceil(records.length / size) }, (_, i) => records.slice(i * size, (i + 1) * size));
}

/** Records everything from the start, or from where an interrupted recording stopped. */
export async function recordAll(
  folder: string,
  metadata: RecordingMetadata,
  records: readonly ThoughtRecord[],
  batchSize: number,
  options: RecorderOptions = {},
): Promise<void> {
  const recorder = await createRecorder(folder, metadata, options);
  for (const batch of batches(records.slice(recorder.completed), batchSize)) await recorder.write(batch);
  await recorder.finish();
}

/** A new folder below which a test may write; call `dispose` when done. */
export function scratchFolder(): { readonly path: string; readonly dispose: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'coconut-lens-'));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

/** File name -> bytes. */
export function filesOf(folder: string): Map<string, Buffer> {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}
