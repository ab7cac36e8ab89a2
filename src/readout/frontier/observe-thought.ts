import { itemSearch, type ItemSearch } from '../../dataset/index.js';
import {
  inDegree,
  NODE_CLASSES,
  nodeClasses,
  nodesOf,
  outDegree,
  publishedGroups,
  UNREACHED,
  type NodeClass,
} from '../../graph/index.js';
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
import {
  AUC_CONTRAST_NAMES,
  classNumbers,
  NUMBERED_CONTRASTS,
  PUBLISHED_GROUPS,
  type GroupKey,
} from '../kit/groups.js';
import { nodeShares } from '../kit/node-shares.js';
import type { SumName } from './quantities.js';

/** An item's record with what all its thoughts need of its graph. */
export interface Observed {
  readonly record: ThoughtRecord;
  readonly search: ItemSearch;
  /** [n], see {@link nodeShares} */
  readonly shares: Float64Array;
  /** [n], what the scorer reads a node by; nodes with one number have one value at every thought. */
  readonly scoredAs: Int32Array;
  /** [n], in-degree minus out-degree */
  readonly balance: readonly number[];
}

/** One thought of one item at its nodes. */
export interface NodeValues {
  /** [n] */
  readonly logits: Float32Array;
  /** [n], index into `NODE_CLASSES` */
  readonly classes: Uint8Array;
}

/** @throws LensError if the record's numbers are not finite or do not add up to 1 */
export function prepare(record: ThoughtRecord): Observed {
  const { item } = record;
  const search = itemSearch(item);
  const { graph } = search;
  return {
    record,
    search,
    shares: nodeShares(record),
    scoredAs: record.sequence === undefined ? record.nodeTokens : Int32Array.from(item.names.keys()),
    balance: nodesOf(graph).map((node) => inDegree(graph, node) - outDegree(graph, node)),
  };
}

/**
 * Reduces one thought of one item to the terms of the sums; the thought itself is not kept.
 *
 * @param thought c in 1..k
 * @param add called once for each sum to which the item contributes
 */
export function observeThought(
  observed: Observed,
  thought: number,
  add: (sum: SumName, amount: number) => void,
): NodeValues {
  const { search, record } = observed;
  const { graph } = search;
  const n = graph.nodeCount;
  const slice = [(thought - 1) * n, thought * n] as const;
  const logits = record.nodeLogits.subarray(...slice);
  const probabilities = record.nodeProbabilities.subarray(...slice).map((p, node) => p * observed.shares[node]);
  const names = nodeClasses(graph, search, thought);
  const frontier = search.atDepth(thought);

  add('items', 1);
  add('offGraphMass', record.offGraphMass[thought - 1]);
  add('frontierMass', sumAt(probabilities, frontier));
  add('neverMass', sumAt(probabilities, search.neverReached()));
  for (const [key, members] of groupMembers(observed, thought, names)) {
    if (members.length === 0) continue;
    add(`mass:${key}`, sumAt(probabilities, members));
    add(`logit:${key}`, sumAt(logits, members));
    add(`nodes:${key}`, members.length);
    add(`tokens:${key}`, sumAt(observed.shares, members));
    add(`itemsWith:${key}`, 1);
  }
  addBreadth(observed, thought, logits, frontier.length, add);
  if (frontier.length > 0) addTopOne(observed, logits, frontier, add);
  const classes = Uint8Array.from(classNumbers(names));
  addContrasts(logits, classes, add);
  return { logits, classes };
}

type Add = (sum: SumName, amount: number) => void;

function groupMembers(
  { search }: Observed,
  thought: number,
  classes: readonly NodeClass[],
): (readonly [GroupKey, readonly number[]])[] {
  const { graph } = search;
  const published = publishedGroups(graph, search, thought);
  return [
    ...NODE_CLASSES.map((name) => [name, nodesOf(graph).filter((node) => classes[node] === name)] as const),
    ...PUBLISHED_GROUPS.map((name) => [`published:${name}`, published[name]] as const),
  ];
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
  add('itemsWithFrontier', 1);
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
  add('itemsWithTargetAhead', 1);
  add('reachesTarget', correct);
  add('reachesTargetChance', chance);
  add('reachesTargetExcess', correct - chance);
  add('lowestDegree', byDegree);
  add('excessOverDegree', correct - byDegree);
}

function addContrasts(logits: Float32Array, classes: Uint8Array, add: Add): void {
  const areas = new Float64Array(AUC_CONTRAST_NAMES.length);
  new RankedContrasts(logits, classes, NODE_CLASSES.length, NUMBERED_CONTRASTS).evaluate(Float64Array.of(1), areas);
  AUC_CONTRAST_NAMES.forEach((name, i) => {
    const on = (side: readonly number[]): Float32Array => logits.filter((_, node) => side.includes(classes[node]));
    const positive = on(NUMBERED_CONTRASTS[i].positive);
    const negative = on(NUMBERED_CONTRASTS[i].negative);
    if (positive.length > 0) add(`positiveItems:${name}`, 1);
    if (negative.length > 0) add(`negativeItems:${name}`, 1);
    if (positive.length === 0 || negative.length === 0) return;
    add(`auc:${name}`, areas[i]);
    add(`logitGap:${name}`, mean(positive) - mean(negative));
    add(`contrastItems:${name}`, 1);
  });
}
