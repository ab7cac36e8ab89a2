import { GraphEstimates } from '../readout/index.js';
import { clusterBootstrap, toEstimate, type BootstrapOptions, type Estimate } from '../statistics/index.js';
import { weightedMeasure, type Scored as ScoredCells } from './measures/scored.js';
import type { ProbeData, ProbeItem } from './probe-data.js';

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
 * AUC within each graph, in the mean over graphs.
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
  const measures = new Map(
    tables.map(({ name, labels, scores }) => [
      name,
      weightedMeasure('withinGraph', cellsOf(data, labels, scores), data.graphCount),
    ]),
  );
  const names = [...measures.keys()];
  const intervals = clusterBootstrap(
    (weights, values) => {
      names.forEach((name, i) => (values[i] = measures.get(name)?.of(weights) ?? Number.NaN));
      pairs.forEach(([a, b], i) => (values[names.length + i] = values[names.indexOf(a)] - values[names.indexOf(b)]));
    },
    { clusters: data.graphCount, statistics: names.length + pairs.length },
    options,
  );
  // A difference rests on no more graphs than the scarcer of its two sides.
  const estimate = (index: number, ...sides: string[]): Estimate => {
    const graphs = Math.min(...sides.map((name) => measures.get(name)?.graphs ?? 0));
    return toEstimate(intervals[index], graphs, graphs);
  };
  return {
    of: (name) => estimate(names.indexOf(name), name),
    difference: (a, b) => estimate(names.length + pairs.findIndex(([own, other]) => own === a && other === b), a, b),
  };
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
    nodes: Int32Array.from(labels, (_, i) => i % width),
  };
}

/** Labels of items, by row of the data; NaN where an item has none. */
export type ItemColumn = Float64Array;

/**
 * Share of items whose class is right.
 *
 * @param tables `scores`: the class said [items]
 */
export function compareClasses(
  items: readonly ProbeItem[],
  tables: readonly Scored<ItemColumn>[],
  pairs: readonly (readonly [string, string])[],
  options: BootstrapOptions,
): Comparison {
  return compare(items, tables, pairs, options, {
    sums: ['sum', 'count'],
    of: (sum, count) => sum / count,
    add: (row, { labels, scores }) =>
      Number.isNaN(labels[row]) ? undefined : [Number(labels[row] === scores[row]), 1],
  });
}

/**
 * R2: 1 - squared error / squared deviation of the labels from their mean over the same items.
 *
 * @param tables `scores`: the number said [items]
 */
export function compareNumbers(
  items: readonly ProbeItem[],
  tables: readonly Scored<ItemColumn>[],
  pairs: readonly (readonly [string, string])[],
  options: BootstrapOptions,
): Comparison {
  return compare(items, tables, pairs, options, {
    sums: ['error', 'label', 'square', 'count'],
    of: (error, label, square, count) => 1 - error / (square - (label * label) / count),
    add(row, { labels, scores }) {
      const label = labels[row];
      return Number.isNaN(label) ? undefined : [(label - scores[row]) ** 2, label, label * label, 1];
    },
  });
}

interface Summed<Labels> {
  readonly sums: readonly string[];
  readonly of: (...totals: number[]) => number;
  /** What an item adds to the sums, if anything. */
  readonly add: (row: number, table: Scored<Labels>) => readonly number[] | undefined;
}

function compare<Labels>(
  items: readonly ProbeItem[],
  tables: readonly Scored<Labels>[],
  pairs: readonly (readonly [string, string])[],
  options: BootstrapOptions,
  { sums, of, add }: Summed<Labels>,
): Comparison {
  const estimates = new GraphEstimates();
  const namesOf = (table: string): string[] => sums.map((sum) => `${sum} of ${table}`);
  items.forEach(({ item }, row) => {
    estimates.begin(item);
    for (const table of tables) {
      const amounts = add(row, table);
      if (amounts === undefined) continue;
      namesOf(table.name).forEach((name, i) => estimates.add(name, amounts[i]));
      estimates.add(`items of ${table.name}`, 1);
    }
  });
  for (const { name } of tables) estimates.define(name, { sums: namesOf(name), of, items: `items of ${name}` });
  for (const [a, b] of pairs) {
    estimates.define(`${a} - ${b}`, {
      sums: [...namesOf(a), ...namesOf(b)],
      of: (...totals) => of(...totals.slice(0, sums.length)) - of(...totals.slice(sums.length)),
      items: `items of ${estimates.totalOf(`items of ${a}`) <= estimates.totalOf(`items of ${b}`) ? a : b}`,
    });
  }
  const found = estimates.estimates(options);
  return { of: found, difference: (a, b) => found(`${a} - ${b}`) };
}
