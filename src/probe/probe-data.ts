import { LensError } from '../errors.js';
import { createRandom } from '../random.js';
import type { RecordingMetadata, ThoughtRecord } from '../recording/index.js';
import type { Item } from '../dataset/index.js';
import type { Design } from './design.js';
import { probeSites, type ProbeSite } from './site.js';

/** One item of a recording, ready to be asked about. */
export interface ProbeItem {
  readonly item: Item;
  /** [n] */
  readonly ids: readonly string[];
  /** [k, n] LM-head logits. */
  readonly logits: Float32Array;
  site(step: number): ProbeSite;
}

/** A recording's thoughts as rows of designs, and the items that labels are made of. */
export interface ProbeData {
  readonly items: readonly ProbeItem[];
  /** [items] the number of the graph: items whose edges have the same names share one, however they number nodes. */
  readonly graphs: Int32Array;
  readonly graphCount: number;
  /** k */
  readonly thoughts: number;
  /** By thought, 1..k at index 0..k-1: a row per item. */
  readonly designs: readonly Design[];
  /** Column of each node id in the labels of a node probe. */
  readonly columns: ReadonlyMap<string, number>;
}

/**
 * Gathers a recording's thoughts in memory: 4 bytes a number, 55 MB for 3,000 items with 6 thoughts of width 768.
 *
 * @param seed of control tasks whose labels are drawn
 * @throws LensError if the recording holds no items, or a number that is not finite
 */
export async function gatherProbeData(
  records: AsyncIterable<ThoughtRecord> | Iterable<ThoughtRecord>,
  { metadata, folder }: { readonly metadata: RecordingMetadata; readonly folder: string },
  seed: number,
): Promise<ProbeData> {
  const { thoughts, width } = metadata;
  const coconut = metadata.model.config['coconut'] as { readonly format?: unknown } | null | undefined;
  const symbolic = coconut?.format !== 'english';
  const count = metadata.items.count;
  if (count === 0) throw new LensError(folder, 'holds no items', 'record some');
  const values = Array.from({ length: thoughts }, () => new Float32Array(count * width));
  const graphs = new Int32Array(count);
  const graphNumbers = new Map<string, number>();
  const columns = new Map<string, number>();
  const items: ProbeItem[] = [];
  const random = createRandom(seed).fork('control labels');
  for await (const record of records) {
    const { item } = record;
    const row = items.length;
    requireFinite(record.thoughts, folder, item.id, width);
    values.forEach((own, c) => own.set(record.thoughts.subarray(c * width, (c + 1) * width), row * width));
    const ids = symbolic ? Array.from(record.nodeTokens, String) : item.names;
    for (const id of ids) if (!columns.has(id)) columns.set(id, columns.size);
    const key = namedEdges(item);
    graphs[row] = graphNumbers.get(key) ?? graphNumbers.size;
    graphNumbers.set(key, graphs[row]);
    items.push({ item, ids, logits: record.nodeLogits, site: probeSites(item, ids, random.fork(`item ${row}`)) });
  }
  return {
    items,
    graphs,
    graphCount: graphNumbers.size,
    thoughts,
    designs: values.map((own) => ({ rows: count, columns: width, values: own })),
    columns,
  };
}

/** The same for every numbering of a graph, so that no graph is on both sides of a split under another numbering. */
function namedEdges({ names, edges }: Item): string {
  return JSON.stringify(edges.map(([source, target]) => `${names[source]} > ${names[target]}`).sort());
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
