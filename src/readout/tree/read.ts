import { itemSearch } from '../../dataset/index.js';
import { nodesOf, UNREACHED } from '../../graph/index.js';
import type { Scorer } from '../../recording/index.js';
import { entropyBits, shareOfHighest, type BootstrapOptions, type Estimate } from '../../statistics/index.js';
import type { TopOneReadout } from '../frontier/result.js';
import { chanceOfHighest } from '../kit/chance-of-highest.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { range, readoutHead, type ReadoutHead } from '../kit/readout-result.js';
import { normalised, type ValueObservation } from '../kit/value-observation.js';

/** One item's search tree with the values in it, to be drawn. */
export interface ValueTree {
  readonly id: string;
  readonly names: readonly string[];
  readonly root: number;
  readonly target: number;
  readonly decoy: number;
  /** [n], breadth-first depth from the root; null where it does not reach. */
  readonly depths: readonly (number | null)[];
  /** [n], the nodes one step nearer to the root from which an edge leads here: the links of the tree, all of them. */
  readonly parents: readonly (readonly number[])[];
  /** [n], whether the target can be reached from here. */
  readonly reachesTarget: readonly boolean[];
  readonly perThought: readonly {
    readonly thought: number;
    /** [n], raw, as published. */
    readonly values: readonly number[];
    /** [n], over the sum of the candidates' values, the nodes at depth c; null at all other nodes. */
    readonly normalised: readonly (number | null)[];
  }[];
}

/** Values of the candidates after c thoughts, over the items. */
export interface TreeSummary {
  readonly thought: number;
  /** Mean number of candidates, over items that have any. */
  readonly candidates: Estimate;
  /** Mean sum of the candidates' raw values. What is missing from 1 is said of other nodes, or of none. */
  readonly candidateMass: Estimate;
  /** Mean sum of the raw values of all nodes of the graph. */
  readonly graphMass: Estimate;
  /** Mean of the highest raw value among the candidates. */
  readonly highest: Estimate;
  /**
   * How evenly the normalised values spread: entropy over log2 of the number of candidates, 1 if all are equal; over items
   * that have at least two (arXiv 2606.12689).
   */
  readonly evenness: Estimate;
  /**
   * The highest candidate is the target or can reach it, over items whose target lies at depth c or deeper; with the chance
   * of a candidate drawn blindly.
   */
  readonly topCorrect: TopOneReadout;
}

/** Concept values as a search tree (Coconut, arXiv 2412.06769 v3, section 4.3, figure 5). */
export interface TreeReadout extends ReadoutHead<'tree'> {
  readonly scorer: Scorer | null;
  readonly perThought: readonly TreeSummary[];
  readonly trees: readonly ValueTree[];
}

/**
 * Values along the graph, per item and summarised.
 *
 * @throws RangeError if `resamples` or `level` is out of range
 */
export function readTree(observations: readonly ValueObservation[], options: BootstrapOptions): TreeReadout {
  const found = new GraphEstimates();
  const trees = observations.map((observation) => {
    found.startItem(observation.item);
    observation.values.forEach((_, i) => addSummary(found, observation, i + 1));
    return treeOf(observation);
  });
  const estimate = found.estimates(options);
  return {
    ...readoutHead('tree', found, options),
    scorer: observations.at(0)?.scorer ?? null,
    perThought: range(Math.max(0, ...observations.map(({ values }) => values.length))).map((i) => {
      const of = (name: string): Estimate => estimate(`${i + 1} ${name}`);
      return {
        thought: i + 1,
        candidates: of('candidates'),
        candidateMass: of('candidateMass'),
        graphMass: of('graphMass'),
        highest: of('highest'),
        evenness: of('evenness'),
        topCorrect: { rate: of('correct'), chance: of('chance'), excess: of('excess') },
      };
    }),
    trees,
  };
}

function addSummary(found: GraphEstimates, { item, values, readAs }: ValueObservation, c: number): void {
  const search = itemSearch(item);
  const candidates = search.atDepth(c);
  const own = values[c - 1];
  const add = (name: string, value: number): void => found.addMean(`${c} ${name}`, value);
  add(
    'graphMass',
    own.reduce((a, b) => a + b, 0),
  );
  if (candidates.length === 0) return;
  add('candidates', candidates.length);
  add(
    'candidateMass',
    candidates.reduce((sum, node) => sum + own[node], 0),
  );
  add('highest', Math.max(...candidates.map((node) => own[node])));
  const shares = normalised(own, candidates);
  if (shares !== undefined && candidates.length > 1)
    add('evenness', entropyBits(shares) / Math.log2(candidates.length));
  if (search.depth < c) return;
  const isRight = (node: number): boolean => search.reachesTarget(node);
  const rate = shareOfHighest(own, candidates, isRight);
  const chance = chanceOfHighest(readAs, candidates, isRight);
  add('correct', rate);
  add('chance', chance);
  add('excess', rate - chance);
}

function treeOf({ item, values }: ValueObservation): ValueTree {
  const search = itemSearch(item);
  const { graph, depths } = search;
  const { id, names, root, target, decoy } = item;
  return {
    id,
    names,
    root,
    target,
    decoy,
    depths: Array.from(depths, (depth) => (depth === UNREACHED ? null : depth)),
    parents: graph.predecessors.map((sources, node) =>
      sources.filter((source) => depths[source] !== UNREACHED && depths[source] === depths[node] - 1),
    ),
    reachesTarget: nodesOf(graph).map((node) => search.reachesTarget(node)),
    perThought: values.map((own, i) => {
      const members = search.atDepth(i + 1);
      const shares = normalised(own, members);
      return {
        thought: i + 1,
        values: own,
        normalised: own.map((_, node) => (members.includes(node) ? (shares?.[members.indexOf(node)] ?? null) : null)),
      };
    }),
  };
}
