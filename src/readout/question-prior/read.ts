import { itemSearch, type Item } from '../../dataset/index.js';
import { entropyBits, shareOfHighest, softmax, type BootstrapOptions } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { readoutHead } from '../kit/readout-result.js';
import type { PriorObservation } from './observe.js';
import type { PriorReading, QuestionPriorReadout } from './schema.js';

/**
 * What the question alone says of the answer, with intervals over graphs.
 *
 * @throws RangeError if `resamples` or `level` is out of range
 */
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
