import { itemSearch, type ItemSearch } from '../../dataset/index.js';
import { inDegree, NODE_CLASSES, nodeClasses, nodesOf, outDegree, UNREACHED } from '../../graph/index.js';
import type { ThoughtRecord } from '../../recording/index.js';
import {
  effectiveNumber,
  entropyBits,
  mean,
  RankedContrasts,
  shareOfHighest,
  softmaxWeights,
} from '../../statistics/index.js';
import { chanceOfHighest } from '../kit/chance-of-highest.js';
import type { GraphEstimates } from '../kit/graph-estimates.js';
import { AUC_CONTRAST_NAMES, classNumbers, NUMBERED_CONTRASTS } from '../kit/groups.js';
import { nodeGroups } from '../kit/node-groups.js';
import { nodeShares } from '../kit/node-shares.js';

/** An item's record with what all its thoughts need of its graph. */
interface Observed {
  readonly record: ThoughtRecord;
  readonly search: ItemSearch;
  /** [n], see {@link nodeShares} */
  readonly shares: Float64Array;
  /** [n], what the scorer reads a node by; nodes with one number have one value at every thought. */
  readonly scoredAs: Int32Array;
  /** [n], in-degree minus out-degree */
  readonly balance: readonly number[];
}

/**
 * Adds a record to the means and AUCs that the result is made of, and keeps nothing else of it.
 *
 * @throws LensError if the record's numbers are not finite or do not add up to 1
 */
export function addRecord(found: GraphEstimates, record: ThoughtRecord): void {
  const { item, count } = record;
  const search = itemSearch(item);
  const { graph } = search;
  const observed: Observed = {
    record,
    search,
    shares: nodeShares(record),
    scoredAs: record.sequence === undefined ? record.nodeTokens : Int32Array.from(item.names.keys()),
    balance: nodesOf(graph).map((node) => inDegree(graph, node) - outDegree(graph, node)),
  };
  found.startItem(item);
  for (let thought = 1; thought <= count; thought++) addThought(found, observed, thought);
}

type Add = (name: string, value: number) => void;

/** @param thought c in 1..k */
function addThought(found: GraphEstimates, observed: Observed, thought: number): void {
  const { search, record, shares } = observed;
  const { graph } = search;
  const n = graph.nodeCount;
  const slice = [(thought - 1) * n, thought * n] as const;
  const logits = record.nodeLogits.subarray(...slice);
  const probabilities = record.nodeProbabilities.subarray(...slice).map((p, node) => p * shares[node]);
  const frontier = search.atDepth(thought);
  const add: Add = (name, value) => found.addMean(`${thought} ${name}`, value);

  add('offGraphMass', record.offGraphMass[thought - 1]);
  add('frontierMass', sumAt(probabilities, frontier));
  add('neverMass', sumAt(probabilities, search.neverReached()));
  for (const [key, members] of nodeGroups(graph, search, thought)) {
    const valuesOf = (values: ArrayLike<number>): number[] => members.map((node) => values[node]);
    found.addEach(`${thought} probability ${key}`, valuesOf(probabilities));
    found.addEach(`${thought} logit ${key}`, valuesOf(logits));
    add(`mass ${key}`, sumAt(probabilities, members));
    add(`size ${key}`, members.length);
    add(`tokens ${key}`, sumAt(shares, members));
    found.add(`${thought} nodes ${key}`, members.length);
  }
  addBreadth(observed, thought, logits, frontier.length, add);
  if (frontier.length > 0) addTopOne(observed, logits, frontier, add);
  const classes = classNumbers(nodeClasses(graph, search, thought));
  addContrasts(logits, classes, add);
  found.addRanked(`${thought} pooled`, logits, classes);
}

function sumAt(values: ArrayLike<number>, nodes: readonly number[]): number {
  return nodes.reduce((sum, node) => sum + values[node], 0);
}

function addBreadth(observed: Observed, thought: number, logits: Float32Array, frontier: number, add: Add): void {
  // Softmax over the graph's nodes alone is the distribution normalised within the graph. From logits, because the
  // probabilities of a thought that is far from every node may all underflow.
  const weights = softmaxWeights(logits).map((weight, node) => weight * observed.shares[node]);
  add('entropyBits', entropyBits(weights));
  add('effectiveNodes', effectiveNumber(weights));
  const within = observed.search.depths.filter((depth) => depth !== UNREACHED && depth <= thought).length;
  add('withinBits', Math.log2(within));
  add('withinNodes', within);
  if (frontier === 0) return;
  add('frontierBits', Math.log2(frontier));
  add('frontierNodes', frontier);
}

function addTopOne(observed: Observed, logits: Float32Array, frontier: readonly number[], add: Add): void {
  const { search, scoredAs, balance } = observed;
  const { graph, depths } = search;
  const thought = depths[frontier[0]];
  const atDepth = (node: number): boolean => depths[node] === thought;
  const hit = shareOfHighest(logits, nodesOf(graph), atDepth);
  const hitChance = chanceOfHighest(scoredAs, nodesOf(graph), atDepth);
  add('inFrontier', hit);
  add('inFrontierChance', hitChance);
  add('inFrontierExcess', hit - hitChance);

  // Once the search has passed the target there is nothing left to be right about, although some frontier nodes may
  // have a path back to it.
  if (search.depth < thought) return;
  const leads = (node: number): boolean => search.reachesTarget(node);
  const correct = shareOfHighest(logits, frontier, leads);
  const chance = chanceOfHighest(scoredAs, frontier, leads);
  const byDegree = shareOfHighest(
    balance.map((difference) => -difference),
    frontier,
    leads,
  );
  add('reachesTarget', correct);
  add('reachesTargetChance', chance);
  add('reachesTargetExcess', correct - chance);
  add('lowestDegree', byDegree);
  add('excessOverDegree', correct - byDegree);
}

function addContrasts(logits: Float32Array, classes: readonly number[], add: Add): void {
  const areas = new Float64Array(AUC_CONTRAST_NAMES.length);
  new RankedContrasts(logits, classes, NODE_CLASSES.length, NUMBERED_CONTRASTS).evaluate(Float64Array.of(1), areas);
  AUC_CONTRAST_NAMES.forEach((name, i) => {
    const on = (side: readonly number[]): Float32Array => logits.filter((_, node) => side.includes(classes[node]));
    const positive = on(NUMBERED_CONTRASTS[i].positive);
    const negative = on(NUMBERED_CONTRASTS[i].negative);
    if (positive.length === 0 || negative.length === 0) return;
    add(`auc ${name}`, areas[i]);
    add(`logitGap ${name}`, mean(positive) - mean(negative));
  });
}
