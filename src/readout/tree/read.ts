import { itemSearch } from '../../dataset/index.js';
import { nodesOf, UNREACHED } from '../../graph/index.js';
import { entropyBits, shareOfHighest, type BootstrapOptions, type Estimate } from '../../statistics/index.js';
import { chanceOfHighest } from '../kit/chance-of-highest.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { range, readoutHead } from '../kit/readout-result.js';
import { normalised, type ValueObservation } from '../kit/value-observation.js';
import type { TreeReadout, ValueTree } from './schema.js';

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
