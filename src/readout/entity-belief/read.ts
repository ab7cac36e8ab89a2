import { itemSearch } from '../../dataset/index.js';
import { entropyBits, softmax, type BootstrapOptions } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { range, readoutHead } from '../kit/readout-result.js';
import { BELIEF_CATEGORIES, beliefCategories } from './belief-categories.js';
import type { NamesObservation } from './observe.js';
import type { EntityBeliefReadout } from './schema.js';

/**
 * How probable whole names are after each number of thoughts, with intervals over graphs.
 *
 * @throws RangeError if `resamples` or `level` is out of range
 */
export function readEntityBelief(
  observations: readonly NamesObservation[],
  options: BootstrapOptions,
): EntityBeliefReadout {
  const found = new GraphEstimates();
  for (const { item, logProbabilities } of observations) {
    found.startItem(item);
    const { graph } = itemSearch(item);
    logProbabilities.forEach((logarithms, c) => {
      const shares = softmax(logarithms);
      const categories = beliefCategories(graph, item, c);
      for (const name of BELIEF_CATEGORIES) {
        const members = shares.filter((_, node) => categories[node] === name);
        if (members.length === 0) continue;
        found.addMean(
          `${c} ${name}`,
          members.reduce((a, b) => a + b, 0),
        );
        found.addMean(`${c} ${name} uniform`, members.length / shares.length);
      }
      found.addMean(`${c} entropy`, entropyBits(shares));
      found.addMean(`${c} uniform`, Math.log2(shares.length));
      found.addMean(`${c} majority`, Number(shares[item.target] > 0.5));
      found.addMean(
        `${c} mass`,
        logarithms.reduce((sum, x) => sum + Math.exp(x), 0),
      );
    });
  }
  const estimate = found.estimates(options);
  return {
    ...readoutHead('entity-belief', found, options),
    perThought: range(Math.max(0, ...observations.map((each) => each.logProbabilities.length))).map((c) => ({
      thought: c,
      categories: BELIEF_CATEGORIES.map((name) => ({
        name,
        probability: estimate(`${c} ${name}`),
        uniform: estimate(`${c} ${name} uniform`),
      })),
      entropyBits: estimate(`${c} entropy`),
      uniformBits: estimate(`${c} uniform`),
      targetMajority: found.share(`${c} majority`),
      nodeMass: estimate(`${c} mass`),
    })),
  };
}
