import { GraphEstimates } from '../readout/index.js';
import {
  auc,
  RankedContrasts,
  clusterBootstrap,
  toEstimate,
  type BootstrapOptions,
  type Estimate,
} from '../statistics/index.js';
import { ABSENT } from './fits/losses.js';
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
 * AUC within each graph, averaged over the items whose labels are of both classes.
 *
 * @param tables labels and scores [items * columns]; -1 is no label
 * @param pairs differences wanted
 */
export function compareNodeScores(
  items: readonly ProbeItem[],
  tables: readonly Scored<Int8Array>[],
  pairs: readonly (readonly [string, string])[],
  options: BootstrapOptions,
): Comparison {
  return compare(items, tables, pairs, options, {
    sums: ['sum', 'count'],
    of: (sum, count) => sum / count,
    add(row, { labels, scores }) {
      const columns = labels.length / items.length;
      const [asked, values]: [boolean[], number[]] = [[], []];
      for (let i = row * columns; i < (row + 1) * columns; i++) {
        if (labels[i] === ABSENT) continue;
        asked.push(labels[i] === 1);
        values.push(scores[i]);
      }
      const value = auc(values, asked);
      return Number.isNaN(value) ? undefined : [value, 1];
    },
  });
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
  of(...totals: number[]): number;
  /** What an item adds to the sums, if anything. */
  add(row: number, table: Scored<Labels>): readonly number[] | undefined;
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
      items: `items of ${a}`,
    });
  }
  const found = estimates.estimates(options);
  return { of: found, difference: (a, b) => found(`${a} - ${b}`) };
}

/** AUC over all graphs together, and within each node id averaged over ids, with intervals over graphs. */
export function acrossGraphs(
  { columns, graphs, graphCount }: Pick<ProbeData, 'columns' | 'graphs' | 'graphCount'>,
  labels: Int8Array,
  scores: ArrayLike<number>,
  options: BootstrapOptions,
): { readonly pooled: Estimate; readonly withinNode: Estimate } {
  const width = columns.size;
  const rankedOf = (wanted: (column: number) => boolean): RankedContrasts | undefined => {
    const [values, classes, clusters]: [number[], number[], number[]] = [[], [], []];
    labels.forEach((label, i) => {
      if (label === ABSENT || !wanted(i % width)) return;
      values.push(scores[i]);
      classes.push(label);
      clusters.push(graphs[Math.floor(i / width)]);
    });
    if (!classes.includes(0) || !classes.includes(1)) return undefined;
    return new RankedContrasts(values, classes, 2, [{ positive: [1], negative: [0] }], clusters);
  };
  const pooled = rankedOf(() => true);
  const perNode = Array.from({ length: width }, (_, own) => rankedOf((column) => column === own)).filter(
    (ranked) => ranked !== undefined,
  );
  const value = new Float64Array(1);
  const [pooledAuc, withinNode] = clusterBootstrap(
    (weights, values) => {
      pooled?.evaluate(weights, value);
      values[0] = pooled === undefined ? Number.NaN : value[0];
      let [sum, count] = [0, 0];
      for (const ranked of perNode) {
        ranked.evaluate(weights, value);
        if (Number.isNaN(value[0])) continue;
        sum += value[0];
        count++;
      }
      values[1] = sum / count;
    },
    { clusters: graphCount, statistics: 2 },
    options,
  );
  const asked = graphs.filter((_, row) =>
    labels.subarray(row * width, (row + 1) * width).some((label) => label !== ABSENT),
  );
  const clusters = new Set(asked).size;
  return {
    pooled: toEstimate(pooledAuc, asked.length, clusters),
    withinNode: toEstimate(withinNode, asked.length, clusters),
  };
}
