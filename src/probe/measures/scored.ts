import { RankedContrasts } from '../../statistics/index.js';

/** Scores with their labels, and which graph and node each belongs to. */
export interface Scored {
  /** [n] Higher for 1. */
  readonly scores: ArrayLike<number>;
  /** [n] 1 or 0; an observation with any other number, as -1 for an absent node, is left out. */
  readonly labels: ArrayLike<number>;
  /** [n] Whole numbers 0..graphs-1: the units of the bootstrap. */
  readonly graphs: ArrayLike<number>;
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
 * - `withinGraph`: the AUC inside each graph, in the mean over the graphs that have both labels. What differs between graphs
 *   counts nothing.
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
  /** Graphs that have both labels. */
  readonly graphs: number;
}

/**
 * @param graphs number of graphs
 * @throws RangeError if lengths differ, a labelled observation has the score NaN, or `withinNode` lacks nodes
 */
export function weightedMeasure(measure: Measure, scored: Scored, graphs: number): WeightedMeasure {
  const kept = labelled(scored);
  const withLabel = (label: number): Set<number> => new Set(kept.graphs.filter((_, i) => kept.labels[i] === label));
  const zeros = withLabel(0);
  const counts = {
    n: kept.scores.length,
    clusters: new Set(kept.graphs).size,
    graphs: [...withLabel(1)].filter((graph) => zeros.has(graph)).length,
  };
  switch (measure) {
    case 'pooled':
      return { ...counts, of: stratified({ ...kept, strata: kept.graphs.map(() => 0) }) };
    case 'withinNode':
      if (kept.nodes === undefined) throw new RangeError('withinNode: there are no nodes');
      return { ...counts, of: stratified({ ...kept, strata: kept.nodes }) };
    case 'withinGraph':
      return { ...counts, of: meanOverGraphs(kept, graphs) };
    case 'accuracy':
      return { ...counts, of: accuracy(kept, graphs) };
  }
}

interface Labelled {
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  readonly graphs: readonly number[];
  readonly nodes: readonly number[] | undefined;
}

function labelled({ scores, labels, graphs, nodes }: Scored): Labelled {
  for (const [name, values] of Object.entries({ labels, graphs, nodes: nodes ?? scores }))
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

function meanOverGraphs({ scores, labels, graphs }: Labelled, count: number): WeightedMeasure['of'] {
  const groups = graphs.map((graph, i) => 2 * graph + labels[i]);
  const contrasts = Array.from({ length: count }, (_, g) => ({ positive: [2 * g + 1], negative: [2 * g] }));
  const own = new Float64Array(count);
  new RankedContrasts(scores, groups, 2 * count, contrasts).evaluate(Float64Array.of(1), own);
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
