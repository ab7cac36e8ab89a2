import {
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  type Data,
  type FixedSizeList,
  type List,
} from 'apache-arrow';
import { itemProblem, itemSearch, type Item } from '../dataset/index.js';
import { LensError } from '../errors.js';
import {
  columnOf,
  dataOf,
  field,
  fixedListColumn,
  fixedListOf,
  int32Column,
  int32Values,
  listColumn,
  listOf,
  offsetsIn,
  utf8Column,
} from './arrow-columns.js';
import type { ItemRow } from './thought-record.js';

/** Columns of `items.arrow`: one row per item, in recorded order. Nodes are indices into `names`. */
export type ItemColumns = {
  item_id: Utf8;
  names: List<Utf8>;
  node_token: List<Int32>;
  edge_source: List<Int32>;
  edge_target: List<Int32>;
  root: Int32;
  target: Int32;
  decoy: Int32;
  candidates: FixedSizeList<Int32>;
  path: List<Int32>;
  depth: List<Int32>;
};

/** The schema of `items.arrow`. */
export function itemsSchema(metadata: Map<string, string>): Schema<ItemColumns> {
  return new Schema<ItemColumns>(
    [
      field('item_id', new Utf8(), 'unique in the recording'),
      field('names', listOf(new Utf8()), 'name of each node; every other column and list counts nodes from 0'),
      field('node_token', listOf(new Int32()), 'token id at which each node is read: the first token of its name'),
      field('edge_source', listOf(new Int32()), 'source of each edge, in the order in which the prompt states them'),
      field('edge_target', listOf(new Int32()), 'target of each edge, in the same order'),
      field('root', new Int32(), 'the node asked about'),
      field('target', new Int32(), 'the candidate that the root reaches'),
      field('decoy', new Int32(), 'the candidate that it does not reach'),
      field('candidates', fixedListOf(2, new Int32()), 'both candidates in the order in which the question names them'),
      field('path', listOf(new Int32()), 'one shortest path, root first; empty where the items file has none'),
      field('depth', listOf(new Int32()), 'breadth-first depth of each node from the root, -1 where unreachable'),
    ],
    metadata,
  );
}

/** One record batch: one row per item. */
export function encodeItems(schema: Schema<ItemColumns>, rows: readonly ItemRow[]): RecordBatch<ItemColumns> {
  const lists = (values: readonly ArrayLike<number>[]): Data<List<Int32>> =>
    listColumn(values, int32Column(values.flatMap((row) => Array.from(row))));
  const items = rows.map(({ item }) => item);
  const names = items.map((item) => item.names);
  const children = [
    utf8Column(items.map((item) => item.id)),
    listColumn(names, utf8Column(names.flat())),
    lists(rows.map(({ nodeTokens }) => nodeTokens)),
    lists(items.map((item) => item.edges.map(([source]) => source))),
    lists(items.map((item) => item.edges.map(([, target]) => target))),
    int32Column(items.map((item) => item.root)),
    int32Column(items.map((item) => item.target)),
    int32Column(items.map((item) => item.decoy)),
    fixedListColumn(2, int32Column(items.flatMap((item) => item.candidates))),
    lists(items.map((item) => item.path)),
    lists(items.map((item) => itemSearch(item).depths)),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct<ItemColumns>(schema.fields), length: items.length, nullCount: 0, children }),
  );
}

/**
 * The rows of one batch.
 *
 * @param path the file, for messages
 * @throws LensError where a row names a node that it does not have, or has not one token for each node
 */
export function decodeItems(batch: RecordBatch<ItemColumns>, path: string): ItemRow[] {
  const ids = itemIds(batch);
  const nameLists = dataOf(batch, 'names');
  const nameOffsets = offsetsIn(nameLists);
  const names = Array.from(makeVector(nameLists.children[0]), String);
  const numbers = (column: 'node_token' | 'edge_source' | 'edge_target' | 'path'): ((row: number) => number[]) => {
    const list = dataOf(batch, column);
    const offsets = offsetsIn(list);
    const values = int32Values(list.children[0]);
    return (row) => Array.from(values.subarray(offsets[row], offsets[row + 1]));
  };
  const tokens = numbers('node_token');
  const sources = numbers('edge_source');
  const targets = numbers('edge_target');
  const paths = numbers('path');
  const roots = dataOf(batch, 'root').values;
  const answers = dataOf(batch, 'target').values;
  const decoys = dataOf(batch, 'decoy').values;
  const candidates = int32Values(dataOf(batch, 'candidates').children[0]);

  return ids.map((id, row) => {
    const item: Item = {
      id,
      names: names.slice(nameOffsets[row], nameOffsets[row + 1]),
      edges: pair(sources(row), targets(row), `${path}: item '${id}'`),
      root: roots[row],
      target: answers[row],
      decoy: decoys[row],
      candidates: [candidates[2 * row], candidates[2 * row + 1]],
      path: paths(row),
    };
    const nodes = [item.root, item.target, item.decoy, ...item.candidates, ...item.path, ...item.edges.flat()];
    const stranger = nodes.find((node) => node < 0 || node >= item.names.length);
    if (stranger !== undefined) {
      throw new LensError(path, `item '${id}' names node ${stranger} of ${item.names.length}`, 'record again');
    }
    const problem = itemProblem(item);
    if (problem !== undefined) throw new LensError(path, `item '${id}' ${problem}`, 'record again');
    const nodeTokens = Int32Array.from(tokens(row));
    if (nodeTokens.length !== item.names.length) {
      throw new LensError(
        path,
        `item '${id}' has ${nodeTokens.length} node tokens for ${item.names.length} nodes`,
        'record again',
      );
    }
    return { item, nodeTokens };
  });
}

/** The `item_id` column of one batch. */
export function itemIds(batch: RecordBatch<ItemColumns>): string[] {
  return Array.from(columnOf(batch, 'item_id'), String);
}

function pair(sources: readonly number[], targets: readonly number[], subject: string): [number, number][] {
  if (sources.length !== targets.length) {
    throw new LensError(subject, `has ${sources.length} edge sources but ${targets.length} targets`, 'record again');
  }
  return sources.map((source, i) => [source, targets[i]]);
}
