import {
  clusterBootstrap,
  ClusterSums,
  toEstimate,
  type BootstrapOptions,
  type Estimate,
} from '../statistics/index.js';
import type { GraphNumbers } from './graph-numbers.js';
import { weightedMeasure, type Scored as ScoredCells } from './measures/scored.js';
import type { ProbeData } from './probe-data.js';

/** Named scores over the same rows, each with its labels: what is compared within one bootstrap. */
export interface Scored<Labels> {
  readonly name: string;
  readonly labels: Labels;
  readonly scores: ArrayLike<number>;
}

/** Estimates of every name, and of the difference of any two. */
export interface Comparison {
  of(name: string): Estimate;
  difference(a: string, b: string): Estimate;
}

/**
 * AUC of each item, averaged over the items of a graph, then over graphs; n: items that have both labels.
 *
 * @param tables labels and scores [rows * columns]; -1 is no label
 * @param pairs differences wanted
 */
export function compareNodeScores(
  data: Pick<ProbeData, 'columns' | 'graphs' | 'graphCount'>,
  tables: readonly Scored<Int8Array>[],
  pairs: readonly (readonly [string, string])[],
  options: BootstrapOptions,
): Comparison {
  const measures = tables.map(({ name, labels, scores }): [string, Measured] => [
    name,
    weightedMeasure('withinGraph', cellsOf(data, labels, scores), data.graphCount),
  ]);
  return compare(new Map(measures), pairs, data.graphCount, options);
}

/** A table of labels and scores as the measures of probes take it. */
export function cellsOf(
  { columns, graphs }: Pick<ProbeData, 'columns' | 'graphs'>,
  labels: Int8Array,
  scores: ArrayLike<number>,
): ScoredCells {
  const width = columns.size;
  return {
    scores,
    labels,
    graphs: Int32Array.from(labels, (_, i) => graphs[Math.floor(i / width)]),
    items: Int32Array.from(labels, (_, i) => Math.floor(i / width)),
    nodes: Int32Array.from(labels, (_, i) => i % width),
  };
}

/** Labels of items, by row; NaN where an item has none. */
export type ItemColumn = Float64Array;

/**
 * Share of items whose class is right.
 *
 * @param rows the graph of each
 * @param tables `scores`: the class said [items]
 */
export function compareClasses(
  rows: GraphNumbers,
  tables: readonly Scored<ItemColumn>[],
  pairs: readonly (readonly [string, string])[],
  options: BootstrapOptions,
): Comparison {
  return compareSums(rows, tables, pairs, options, {
    sums: ['sum', 'count'],
    of: (sum, count) => sum / count,
    add: (row, { labels, scores }) =>
      Number.isNaN(labels[row]) ? undefined : [Number(labels[row] === scores[row]), 1],
  });
}

/**
 * R2: 1 - squared error / squared deviation of the labels from their mean over the same items.
 *
 * @param rows the graph of each
 * @param tables `scores`: the number said [items]
 */
export function compareNumbers(
  rows: GraphNumbers,
  tables: readonly Scored<ItemColumn>[],
  pairs: readonly (readonly [string, string])[],
  options: BootstrapOptions,
): Comparison {
  return compareSums(rows, tables, pairs, options, {
    sums: ['error', 'label', 'square', 'count'],
    of: (error, label, square, count) => 1 - error / (square - (label * label) / count),
    add(row, { labels, scores }) {
      const label = labels[row];
      return Number.isNaN(label) ? undefined : [(label - scores[row]) ** 2, label, label * label, 1];
    },
  });
}

interface Summed {
  readonly sums: readonly string[];
  readonly of: (...totals: number[]) => number;
  /** What a row adds to the sums, if anything. */
  readonly add: (row: number, table: Scored<ItemColumn>) => readonly number[] | undefined;
}

function compareSums(
  rows: GraphNumbers,
  tables: readonly Scored<ItemColumn>[],
  pairs: readonly (readonly [string, string])[],
  options: BootstrapOptions,
  summed: Summed,
): Comparison {
  const measures = tables.map((table): [string, Measured] => [table.name, measureOfSums(rows, table, summed)]);
  return compare(new Map(measures), pairs, rows.graphCount, options);
}

/** A function of sums over the rows of each graph. */
function measureOfSums(
  { graphs, graphCount }: GraphNumbers,
  table: Scored<ItemColumn>,
  { sums, of, add }: Summed,
): Measured {
  const found = new ClusterSums([...sums, 'rows']);
  graphs.forEach((graph, row) => {
    const amounts = add(row, table);
    if (amounts === undefined) return;
    sums.forEach((name, i) => found.add(graph, name, amounts[i]));
    found.add(graph, 'rows', 1);
  });
  const totals = found.weightedTotals(sums, graphCount);
  return {
    items: found.total('rows'),
    graphs: found.clustersWith('rows'),
    of(weights) {
      const value = of(...totals(weights));
      return Number.isFinite(value) ? value : Number.NaN;
    },
  };
}

/** A score as a function of how often each graph is drawn; NaN where they do not define it. */
interface Measured {
  of(weights: Float64Array): number;
  /** What it rests on. */
  readonly items: number;
  readonly graphs: number;
}

/** All scores and differences over the same resamples of graphs. */
function compare(
  measures: ReadonlyMap<string, Measured>,
  pairs: readonly (readonly [string, string])[],
  graphCount: number,
  options: BootstrapOptions,
): Comparison {
  const names = [...measures.keys()];
  const own = [...measures.values()];
  const intervals = clusterBootstrap(
    (weights, values) => {
      own.forEach((measure, i) => (values[i] = measure.of(weights)));
      pairs.forEach(([a, b], i) => (values[names.length + i] = values[names.indexOf(a)] - values[names.indexOf(b)]));
    },
    { clusters: graphCount, statistics: names.length + pairs.length },
    options,
  );
  // A difference rests on no more items and graphs than the scarcer of its two sides.
  const estimate = (index: number, ...sides: string[]): Estimate =>
    toEstimate(
      intervals[index],
      Math.min(...sides.map((name) => measures.get(name)?.items ?? 0)),
      Math.min(...sides.map((name) => measures.get(name)?.graphs ?? 0)),
    );
  return {
    of: (name) => estimate(names.indexOf(name), name),
    difference: (a, b) => estimate(names.length + pairs.findIndex(([own, other]) => own === a && other === b), a, b),
  };
}
