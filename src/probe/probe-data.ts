import { LensError } from '../errors.js';
import { createRandom } from '../random.js';
import type { Item } from '../dataset/index.js';
import type { ThoughtRecord } from '../recording/index.js';
import type { Design } from './design.js';
import { numberGraphs, type GraphNumbers } from './graph-numbers.js';
import { probeSites, type ProbeSite } from './site.js';

/** One item of a recording, ready to be asked about. */
export interface ProbeItem {
  readonly item: Item;
  /** [n] */
  readonly ids: readonly string[];
  /** [k, n] LM-head logits. */
  readonly logits: Float32Array;
  /** What a label is asked of at a step, from 0. */
  readonly site: (step: number) => ProbeSite;
}

/** A recording's thoughts as rows of designs, and the items that labels are made of. */
export interface ProbeData extends GraphNumbers {
  readonly items: readonly ProbeItem[];
  /** k */
  readonly thoughts: number;
  /** By thought, 1..k at index 0..k-1: a row per item. */
  readonly designs: readonly Design[];
  /** Column of each node id in the labels of a node probe. */
  readonly columns: ReadonlyMap<string, number>;
}

/** How the data of a probe are gathered. */
export interface GatherOptions {
  /** Of control tasks whose labels are drawn. */
  readonly seed: number;
  /** What the model knows a node by: its `token` (symbolic wording) or its `name` (English). */
  readonly ids: 'token' | 'name';
  /** What messages are about: the recording's folder. */
  readonly subject?: string | undefined;
}

/**
 * Gathers thoughts in memory: 4 bytes a number, 55 MB for 3,000 items with 6 thoughts of width 768.
 *
 * @param records of one recording, or from `readThoughts`
 * @throws LensError if there are none, one has another number of thoughts, or a number is not finite
 */
export async function gatherProbeData(
  records: AsyncIterable<ThoughtRecord> | Iterable<ThoughtRecord>,
  { seed, ids: idsBy, subject = 'recording' }: GatherOptions,
): Promise<ProbeData> {
  const vectors: Float32Array[] = [];
  const columns = new Map<string, number>();
  const items: ProbeItem[] = [];
  const random = createRandom(seed).fork('control labels');
  let thoughts = 0;
  for await (const record of records) {
    const { item, count } = record;
    if (items.length === 0) thoughts = count;
    if (count !== thoughts)
      throw new LensError(subject, `item '${item.id}' has ${count} thoughts, others ${thoughts}`, 'record them alike');
    requireFinite(record.thoughts, subject, item.id, record.thoughts.length / count);
    vectors.push(record.thoughts);
    const ids = idsBy === 'token' ? Array.from(record.nodeTokens, String) : item.names;
    for (const id of ids) if (!columns.has(id)) columns.set(id, columns.size);
    const site = probeSites(item, { ids, thoughts, random: random.fork(`item ${items.length}`) });
    items.push({ item, ids, logits: record.nodeLogits, site });
  }
  if (items.length === 0) throw new LensError(subject, 'holds no items', 'record some');
  const width = vectors[0].length / thoughts;
  const designs = Array.from({ length: thoughts }, (_, c): Design => {
    const values = new Float32Array(items.length * width);
    vectors.forEach((own, row) => values.set(own.subarray(c * width, (c + 1) * width), row * width));
    return { rows: items.length, columns: width, values };
  });
  return { items, ...numberGraphs(items.map(({ item }) => item)), thoughts, designs, columns };
}

function requireFinite(values: Float32Array, folder: string, id: string, width: number): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  throw new LensError(
    folder,
    `item '${id}': thought ${Math.floor(index / width) + 1} is not finite (${values[index]})`,
    'record the items again',
  );
}
