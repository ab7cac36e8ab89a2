import { itemSearch, type Item } from '../../dataset/index.js';
import { entropyBits, shareOfHighest, softmax, type BootstrapOptions, type Estimate } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { readoutHead, type ReadoutHead } from '../kit/readout-result.js';

/** What is read of one item before any thought: logarithms of the probabilities of all names [n]. */
export interface PriorObservation {
  readonly item: Item;
  /** At the prompt's last position, before any language: where the first thought is read. */
  readonly before: readonly number[];
  /** Where the answer's name stands if the model has to answer at once. */
  readonly answer: readonly number[];
}

/** One of the two places. Probabilities are over the sum of all nodes of the graph, but for `nodeMass`. */
export interface PriorReading {
  readonly target: Estimate;
  readonly decoy: Estimate;
  /** P(target) / (P(target) + P(decoy)), mean over items; .5 where the question says nothing. */
  readonly targetShare: Estimate;
  /** Share of items with P(target) > P(decoy), ties half, with a Wilson interval over graphs; chance .5. */
  readonly targetAbove: Estimate;
  /** Share of items with P(target) > .5 among all nodes, with a Wilson interval over graphs. */
  readonly targetMajority: Estimate;
  /** Sum over the root's children, the frontier after one step. */
  readonly frontier: Estimate;
  /** The same for equal probabilities: children over nodes. */
  readonly frontierUniform: Estimate;
  readonly entropyBits: Estimate;
  /** Raw sum over all nodes: how much of the model's prediction is a node at all. */
  readonly nodeMass: Estimate;
}

/** What the question says before any thought (arXiv 2604.06374). */
export interface QuestionPriorReadout extends ReadoutHead<'question-prior'> {
  readonly before: PriorReading;
  readonly answer: PriorReading;
}

/** @throws RangeError if `resamples` or `level` is out of range */
export function readQuestionPrior(
  observations: readonly PriorObservation[],
  options: BootstrapOptions,
): QuestionPriorReadout {
  const found = new GraphEstimates();
  for (const { item, before, answer } of observations) {
    found.startItem(item);
    addReading(found, 'before', item, before);
    addReading(found, 'answer', item, answer);
  }
  const estimate = found.estimates(options);
  const readingOf = (key: string): PriorReading => ({
    target: estimate(`${key} target`),
    decoy: estimate(`${key} decoy`),
    targetShare: estimate(`${key} targetShare`),
    targetAbove: found.share(`${key} targetAbove`),
    targetMajority: found.share(`${key} targetMajority`),
    frontier: estimate(`${key} frontier`),
    frontierUniform: estimate(`${key} frontierUniform`),
    entropyBits: estimate(`${key} entropyBits`),
    nodeMass: estimate(`${key} nodeMass`),
  });
  return {
    ...readoutHead('question-prior', found, options),
    before: readingOf('before'),
    answer: readingOf('answer'),
  };
}

function addReading(found: GraphEstimates, key: string, item: Item, logarithms: readonly number[]): void {
  const { target, decoy, names } = item;
  const shares = softmax(logarithms);
  const children = itemSearch(item).atDepth(1);
  const add = (name: string, value: number): void => found.addMean(`${key} ${name}`, value);
  add('target', shares[target]);
  add('decoy', shares[decoy]);
  // Of the two alone, so that no rounding of tiny shares decides.
  add('targetShare', softmax([logarithms[target], logarithms[decoy]])[0]);
  add(
    'targetAbove',
    shareOfHighest(logarithms, [target, decoy], (node) => node === target),
  );
  add('targetMajority', Number(shares[target] > 0.5));
  add(
    'frontier',
    children.reduce((sum, node) => sum + shares[node], 0),
  );
  add('frontierUniform', children.length / names.length);
  add('entropyBits', entropyBits(shares));
  add(
    'nodeMass',
    logarithms.reduce((sum, x) => sum + Math.exp(x), 0),
  );
}
