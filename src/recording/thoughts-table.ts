import {
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  type Data,
  type Field,
  type FixedSizeList,
  type List,
} from 'apache-arrow';
import {
  columnOf,
  concatenate,
  dataOf,
  field,
  fixedListColumn,
  fixedListOf,
  float32Column,
  float32Values,
  int32Column,
  listColumn,
  listOf,
  offsetsIn,
  utf8Column,
} from './arrow-columns.js';
import { LensError } from '../errors.js';
import { findBadValue } from './check-record.js';
import { toArrowMetadata, type RecordingMetadata } from './metadata.js';
import type { ItemRow, NodeReading, ThoughtRecord } from './thought-record.js';

/**
 * Columns of `thoughts.arrow`: one row per item and thought, items in recorded order, thoughts ascending. The last three
 * are there with the scorer `sequence` only.
 */
export type ThoughtColumns = {
  item_id: Utf8;
  thought: Int32;
  thought_vector: FixedSizeList<Float32>;
  norm: Float32;
  node_logits: List<Float32>;
  node_probabilities: List<Float32>;
  off_graph_mass: Float32;
  first_token_logits: List<Float32>;
  first_token_probabilities: List<Float32>;
  first_token_off_graph_mass: Float32;
};

/** The schema of a recording's `thoughts.arrow`. */
export function thoughtsSchema(recording: RecordingMetadata): Schema<ThoughtColumns> {
  const { width, scorer } = recording;
  return new Schema<ThoughtColumns>(
    [
      field('item_id', new Utf8(), 'the item, as in items.arrow'),
      field('thought', new Int32(), 'c in 1..k: the c-th thought, fed back as the c-th latent embedding'),
      field('thought_vector', fixedListOf(width, new Float32()), 'hidden state after the final layer norm'),
      field('norm', new Float32(), 'Euclidean norm of thought_vector'),
      field(
        'node_logits',
        listOf(new Float32()),
        "LM-head logit of each node's token (scorer sequence: log V of its name), nodes in item order",
      ),
      field(
        'node_probabilities',
        listOf(new Float32()),
        "softmax over the whole vocabulary at each node's token (scorer sequence: V of its name), nodes in item order",
      ),
      field(
        'off_graph_mass',
        new Float32(),
        "probability of all tokens that are no node's (scorer sequence: 1 - sum of V)",
      ),
      ...(scorer === 'sequence' ? firstTokenFields() : []),
    ],
    toArrowMetadata(recording),
  );
}

function firstTokenFields(): Field<List<Float32> | Float32>[] {
  return [
    field('first_token_logits', listOf(new Float32()), "LM-head logit of the thought at each node's token"),
    field(
      'first_token_probabilities',
      listOf(new Float32()),
      "softmax of the thought over the whole vocabulary at each node's token",
    ),
    field('first_token_off_graph_mass', new Float32(), "probability there of all tokens that are no node's"),
  ];
}

/** One record batch: k rows per record. */
export function encodeThoughts(
  schema: Schema<ThoughtColumns>,
  batch: readonly ThoughtRecord[],
): RecordBatch<ThoughtColumns> {
  const rows = batch.flatMap(({ item, count }) => Array.from({ length: count }, (_, c) => ({ id: item.id, c })));
  const width = batch[0].thoughts.length / batch[0].count;
  const vectors = concatenate(batch.map((record) => record.thoughts));
  const firstToken = batch.flatMap((record) =>
    record.firstToken === undefined ? [] : [{ ...record.firstToken, count: record.count }],
  );
  const children = [
    utf8Column(rows.map((row) => row.id)),
    int32Column(rows.map((row) => row.c + 1)),
    fixedListColumn(width, float32Column(vectors)),
    float32Column(Float32Array.from(rowsOf(vectors, rows.length), norm)),
    ...readingColumns(batch),
    ...(firstToken.length === 0 ? [] : readingColumns(firstToken)),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct<ThoughtColumns>(schema.fields), length: rows.length, nullCount: 0, children }),
  );
}

/** Logits, probabilities and off-graph mass of records of k rows each. */
function readingColumns(
  records: readonly (NodeReading & Pick<ThoughtRecord, 'count'>)[],
): [Data<List<Float32>>, Data<List<Float32>>, Data<Float32>] {
  const perNode = (read: (reading: NodeReading) => Float32Array): Data<List<Float32>> => {
    const lists = records.flatMap((record) => rowsOf(read(record), record.count));
    return listColumn(lists, float32Column(concatenate(lists)));
  };
  return [
    perNode(({ nodeLogits }) => nodeLogits),
    perNode(({ nodeProbabilities }) => nodeProbabilities),
    float32Column(concatenate(records.map(({ offGraphMass }) => offGraphMass))),
  ];
}

/**
 * The records of one batch, copied out of Arrow's buffers. A record's k rows follow each other, so each of its arrays
 * is one slice of a column.
 *
 * @param items what `items.arrow` says of the items whose thoughts the batch must hold, in order
 * @param path the file, for messages
 * @throws LensError where the rows are not those of `items`, or hold what no model gives: NaN, or no probability
 */
export function decodeThoughts(
  batch: RecordBatch<ThoughtColumns>,
  items: readonly ItemRow[],
  path: string,
): ThoughtRecord[] {
  const ids = columnOf(batch, 'item_id');
  const thoughts = dataOf(batch, 'thought').values;
  const vectors = dataOf(batch, 'thought_vector');
  const width = vectors.type.listSize;
  const count = items.length === 0 ? 0 : batch.numRows / items.length;
  const read = readingOf(batch, ['node_logits', 'node_probabilities', 'off_graph_mass'], items, path);
  const readFirstToken =
    batch.getChild('first_token_logits') === null
      ? undefined
      : readingOf(
          batch,
          ['first_token_logits', 'first_token_probabilities', 'first_token_off_graph_mass'],
          items,
          path,
        );

  return items.map(({ item, nodeTokens }, i) => {
    const first = i * count;
    const last = first + count;
    for (let row = first; row < last; row++) {
      const expected = row - first + 1;
      const id = ids.get(row);
      if (id !== item.id || thoughts[row] !== expected) {
        throw mismatch(path, `thought ${thoughts[row]} of item '${id}'`, `thought ${expected} of item '${item.id}'`);
      }
    }
    const record: ThoughtRecord = {
      item,
      count,
      thoughts: float32Values(vectors.children[0]).slice(first * width, last * width),
      nodeTokens: nodeTokens.slice(),
      ...read(i),
      ...(readFirstToken !== undefined && { firstToken: readFirstToken(i) }),
    };
    // Here every reader passes, and the values are in the cache.
    const bad = findBadValue(record, width);
    if (bad !== undefined) throw new LensError(path, `item '${item.id}': ${bad}`, 'record again');
    return record;
  });
}

/**
 * One scorer's columns.
 *
 * @returns gives what they hold of one item, by index. @throws LensError where that is not one number for each node
 */
function readingOf(
  batch: RecordBatch<ThoughtColumns>,
  [logitsName, probabilitiesName, massName]: ReadingColumns,
  items: readonly ItemRow[],
  path: string,
): (item: number) => NodeReading {
  const count = items.length === 0 ? 0 : batch.numRows / items.length;
  const [logits, probabilities] = [logitsName, probabilitiesName].map((column) => {
    const list = dataOf(batch, column);
    return { offsets: offsetsIn(list), values: float32Values(list.children[0]) };
  });
  const mass = dataOf(batch, massName).values;
  return (i) => {
    const { item } = items[i];
    const [first, last] = [i * count, (i + 1) * count];
    for (const { offsets } of [logits, probabilities]) {
      for (let row = first; row < last; row++) {
        const nodes = offsets[row + 1] - offsets[row];
        if (nodes === item.names.length) continue;
        throw mismatch(path, `${nodes} nodes for item '${item.id}'`, `${item.names.length}`);
      }
    }
    return {
      nodeLogits: logits.values.slice(logits.offsets[first], logits.offsets[last]),
      nodeProbabilities: probabilities.values.slice(probabilities.offsets[first], probabilities.offsets[last]),
      offGraphMass: mass.slice(first, last),
    };
  };
}

type ReadingColumns = readonly [
  logits: 'node_logits' | 'first_token_logits',
  probabilities: 'node_probabilities' | 'first_token_probabilities',
  mass: 'off_graph_mass' | 'first_token_off_graph_mass',
];

function mismatch(path: string, found: string, expected: string): LensError {
  return new LensError(path, `does not belong to its items.arrow: it holds ${found}, not ${expected}`, 'record again');
}

/** `values` cut into `count` rows of equal length; the rows are views. */
function rowsOf(values: Float32Array, count: number): Float32Array[] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, row) => values.subarray(row * width, (row + 1) * width));
}

/** Euclidean norm, summed in double precision. */
function norm(vector: Float32Array): number {
  let sum = 0;
  for (const x of vector) sum += x * x;
  return Math.sqrt(sum);
}
