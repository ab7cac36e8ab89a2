import { inDegree, outDegree } from '../graph/index.js';
import type { Design } from './design.js';
import { ABSENT } from './fits/losses.js';
import type { ProbeData, ProbeItem } from './probe-data.js';

/**
 * How often a label held for each node id among the rows of the other folds, for every row: what a probe that reads
 * nothing could know of ids.
 *
 * @param labels [rows * columns]
 * @param folds [rows]
 * @returns [rows * columns]; an id that the other folds do not have gets the mean over all ids
 */
export function idPrior(labels: Int8Array, folds: Int32Array, columns: number): Float64Array {
  const count = Math.max(...folds) + 1;
  const positive = new Float64Array((count + 1) * columns);
  const asked = new Float64Array((count + 1) * columns);
  labels.forEach((label, i) => {
    if (label === ABSENT) return;
    const column = i % columns;
    for (const fold of [folds[Math.floor(i / columns)], count]) {
      positive[fold * columns + column] += label;
      asked[fold * columns + column]++;
    }
  });
  const all = sum(positive.subarray(count * columns)) / sum(asked.subarray(count * columns));
  return Float64Array.from(labels, (_, i) => {
    const column = i % columns;
    const own = folds[Math.floor(i / columns)] * columns + column;
    const others = asked[count * columns + column] - asked[own];
    return others === 0 ? all : (positive[count * columns + column] - positive[own]) / others;
  });
}

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}

/** The rows of a node probe as rows of their own. */
export interface NodeRows {
  /** In-degree, out-degree, whether the question names the node as a candidate, whether as the root. */
  readonly design: Design;
  /** [rows] */
  readonly labels: Uint8Array;
  /** [rows] the graph */
  readonly groups: Int32Array;
  /** [rows] where the row stands in the table [items * columns]. */
  readonly cells: Int32Array;
}

/** What can be counted of each node that a probe asks about, without any thought. */
export function degreeRows({ items, columns, graphs }: ProbeData, labels: Int8Array): NodeRows {
  const rows = items.flatMap(({ item, ids, site }, row) => {
    const { graph } = site(0);
    return ids.flatMap((id, node) => {
      const cell = row * columns.size + (columns.get(id) ?? 0);
      if (labels[cell] === ABSENT) return [];
      const features = [
        inDegree(graph, node),
        outDegree(graph, node),
        Number(item.candidates.includes(node)),
        Number(item.root === node),
      ];
      return [{ cell, group: graphs[row], features }];
    });
  });
  return {
    design: designOf(rows.map(({ features }) => features)),
    labels: Uint8Array.from(rows, ({ cell }) => labels[cell]),
    groups: Int32Array.from(rows, ({ group }) => group),
    cells: Int32Array.from(rows, ({ cell }) => cell),
  };
}

/** Numbers of nodes, of edges and of the root's successors: what can be counted of an item. */
export function sizeDesign(items: readonly ProbeItem[]): Design {
  return designOf(
    items.map(({ item, site }) => {
      const { graph, root } = site(0);
      return [item.names.length, item.edges.length, outDegree(graph, root)];
    }),
  );
}

function designOf(rows: readonly (readonly number[])[]): Design {
  return { rows: rows.length, columns: rows.at(0)?.length ?? 0, values: Float32Array.from(rows.flat()) };
}

/**
 * The LM head's logit of each node after a thought.
 *
 * @returns [items * columns]; 0 where the node is absent
 */
export function headScores({ items, columns }: ProbeData, thought: number): Float64Array {
  const scores = new Float64Array(items.length * columns.size);
  items.forEach(({ ids, logits }, row) => {
    ids.forEach((id, node) => {
      scores[row * columns.size + (columns.get(id) ?? 0)] = logits[(thought - 1) * ids.length + node];
    });
  });
  return scores;
}
