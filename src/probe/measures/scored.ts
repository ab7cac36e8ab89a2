import { RankedContrasts } from '../../statistics/index.js';

/** Scores with their labels, and which graph, item and node each belongs to. */
export interface Scored {
  /** [n] Higher for 1. */
  readonly scores: ArrayLike<number>;
  /** [n] 1 or 0; an observation with any other number, as -1 for an absent node, is left out. */
  readonly labels: ArrayLike<number>;
  /** [n] Whole numbers 0..graphs-1: the units of the bootstrap. */
  readonly graphs: ArrayLike<number>;
  /** [n] Whole numbers >= 0, each of one graph: what `withinGraph` compares inside of. Default: a graph is one item. */
  readonly items?: ArrayLike<number> | undefined;
  /** [n] Whole numbers >= 0, as node ids: what `withinNode` compares inside of. */
  readonly nodes?: ArrayLike<number> | undefined;
}

/**
 * How well scores tell labels apart.
 *
 * - `pooled`: AUC over all pairs of a 1 and a 0. What is common to a node id or to a graph counts too: a probe that knows
 *   nothing but how often an id is in the set is above 0.5.
 * - `withinNode`: over the pairs that share a node id, all ids together (each id's AUC weighted by its pairs). Priors of ids
 *   count nothing.
 * - `withinGraph`: the AUC inside each item that has both labels, averaged over the items of a graph, then over the graphs.
 *   What differs between graphs, or between questions about one graph, counts nothing.
 * - `accuracy`: the share of scores above 0 exactly where the label is 1. Compare with the base rate, not with one half.
 */
export const MEASURES = ['pooled', 'withinNode', 'withinGraph', 'accuracy'] as const;
export type Measure = (typeof MEASURES)[number];

/** Without an effect: none for accuracy, whose chance level is the base rate's. */
export const CHANCE: Readonly<Record<Measure, number | null>> = {
  pooled: 0.5,
  withinNode: 0.5,
  withinGraph: 0.5,
  accuracy: null,
};

/** A measure as a function of how often each graph is drawn; NaN where they do not define it. */
export interface WeightedMeasure {
  of(weights: Float64Array): number;
  /** Observations that are labelled. */
  readonly n: number;
  /** Graphs that have some. */
  readonly clusters: number;
  /** Items that have both labels. */
  readonly items: number;
  /** Graphs that have such items. */
  readonly graphs: number;
}

/**
 * @param graphs number of graphs
 * @throws RangeError if lengths differ, a labelled observation has the score NaN, an item is in two graphs, or
 *   `withinNode` lacks nodes
 */
export function weightedMeasure(measure: Measure, scored: Scored, graphs: number): WeightedMeasure {
  const kept = labelled(scored);
  const withLabel = (label: number): Set<number> => new Set(kept.items.filter((_, i) => kept.labels[i] === label));
  const zeros = withLabel(0);
  const both = [...withLabel(1)].filter((item) => zeros.has(item));
  const graphOf = graphsOfItems(kept);
  const counts = {
    n: kept.scores.length,
    clusters: new Set(kept.graphs).size,
    items: both.length,
    graphs: new Set(both.map((item) => graphOf.get(item))).size,
  };
  switch (measure) {
    case 'pooled':
      return { ...counts, of: stratified({ ...kept, strata: kept.graphs.map(() => 0) }) };
    case 'withinNode':
      if (kept.nodes === undefined) throw new RangeError('withinNode: there are no nodes');
      return { ...counts, of: stratified({ ...kept, strata: kept.nodes }) };
    case 'withinGraph':
      return { ...counts, of: meanOverGraphs(aucsByGraph(kept, graphs)) };
    case 'accuracy':
      return { ...counts, of: accuracy(kept, graphs) };
  }
}

interface Labelled {
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  readonly graphs: readonly number[];
  readonly items: readonly number[];
  readonly nodes: readonly number[] | undefined;
}

function labelled({ scores, labels, graphs, items = graphs, nodes }: Scored): Labelled {
  for (const [name, values] of Object.entries({ labels, graphs, items, nodes: nodes ?? scores }))
    if (values.length !== scores.length) throw new RangeError(`${values.length} ${name} and ${scores.length} scores`);
  const kept: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    if (labels[i] !== 0 && labels[i] !== 1) continue;
    if (Number.isNaN(scores[i])) throw new RangeError(`score ${i} is NaN`);
    kept.push(i);
  }
  const pick = (values: ArrayLike<number>): number[] => kept.map((i) => values[i]);
  return {
    scores: pick(scores),
    labels: pick(labels),
    graphs: pick(graphs),
    items: pick(items),
    nodes: nodes === undefined ? undefined : pick(nodes),
  };
}

/** The AUC over pairs of the same stratum: each stratum's, weighted by its pairs. */
function stratified({
  scores,
  labels,
  graphs,
  strata,
}: Labelled & { strata: readonly number[] }): WeightedMeasure['of'] {
  const names = [...new Set(strata)];
  const numbers = new Map(names.map((name, s) => [name, s]));
  const groups = strata.map((name, i) => 2 * (numbers.get(name) ?? 0) + labels[i]);
  const contrasts = names.map((_, s) => ({ positive: [2 * s + 1], negative: [2 * s] }));
  const ranked = new RankedContrasts(scores, groups, 2 * names.length, contrasts, graphs);
  const own = new Float64Array(names.length);
  const sizes = new Float64Array(2 * names.length);
  return (weights) => {
    ranked.evaluate(weights, own);
    sizes.fill(0);
    groups.forEach((group, i) => (sizes[group] += weights[graphs[i]]));
    let won = 0;
    let all = 0;
    own.forEach((auc, s) => {
      const pairs = sizes[2 * s] * sizes[2 * s + 1];
      if (pairs === 0) return;
      won += auc * pairs;
      all += pairs;
    });
    return won / all;
  };
}

/**
 * The AUC of each item, in the mean over the items of a graph: what `withinGraph` averages over graphs.
 *
 * @param graphs number of graphs
 * @returns [graphs]; NaN where no item has both labels
 * @throws RangeError as {@link weightedMeasure}
 */
export function graphAucs(scored: Scored, graphs: number): Float64Array {
  return aucsByGraph(labelled(scored), graphs);
}

function aucsByGraph(kept: Labelled, count: number): Float64Array {
  const { scores, labels, items } = kept;
  const graphOf = [...graphsOfItems(kept)];
  const numbers = new Map(graphOf.map(([item], i) => [item, i]));
  const groups = items.map((item, i) => 2 * (numbers.get(item) ?? 0) + labels[i]);
  const contrasts = graphOf.map((_, i) => ({ positive: [2 * i + 1], negative: [2 * i] }));
  const aucs = new Float64Array(graphOf.length);
  new RankedContrasts(scores, groups, 2 * graphOf.length, contrasts).evaluate(Float64Array.of(1), aucs);
  const sums = new Float64Array(count);
  const defined = new Float64Array(count);
  graphOf.forEach(([, graph], i) => {
    if (Number.isNaN(aucs[i])) return;
    sums[graph] += aucs[i];
    defined[graph]++;
  });
  return sums.map((sum, graph) => sum / defined[graph]);
}

/** The graph of every item. */
function graphsOfItems({ graphs, items }: Labelled): Map<number, number> {
  const graphOf = new Map<number, number>();
  items.forEach((item, i) => {
    if ((graphOf.get(item) ?? graphs[i]) !== graphs[i])
      throw new RangeError(`item ${item} is in graphs ${graphOf.get(item)} and ${graphs[i]}`);
    graphOf.set(item, graphs[i]);
  });
  return graphOf;
}

function meanOverGraphs(own: Float64Array): WeightedMeasure['of'] {
  return (weights) => {
    let sum = 0;
    let drawn = 0;
    own.forEach((auc, g) => {
      if (Number.isNaN(auc)) return;
      sum += weights[g] * auc;
      drawn += weights[g];
    });
    return sum / drawn;
  };
}

function accuracy({ scores, labels, graphs }: Labelled, count: number): WeightedMeasure['of'] {
  const right = new Float64Array(count);
  const all = new Float64Array(count);
  scores.forEach((score, i) => {
    right[graphs[i]] += Number(score > 0 === (labels[i] === 1));
    all[graphs[i]]++;
  });
  return (weights) => {
    let [hits, trials] = [0, 0];
    for (let g = 0; g < count; g++) {
      hits += weights[g] * right[g];
      trials += weights[g] * all[g];
    }
    return hits / trials;
  };
}
