import { itemSearch, type Item } from '../../dataset/index.js';
import { nodesOf, shortestPathLayers, type Graph } from '../../graph/index.js';
import { entropyBits, softmax, type BootstrapOptions, type Estimate } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import type { NamesObservation } from '../kit/names-observation.js';
import { range, readoutHead, type ReadoutHead } from '../kit/readout-result.js';

/** What a node is to the step that comes next, exclusive. */
export const BELIEF_CATEGORIES = ['target', 'correctNext', 'wrongNeighbour', 'other'] as const;
export type BeliefCategory = (typeof BELIEF_CATEGORIES)[number];

/** One category after c thoughts; over the items that have a node of it. */
export interface CategoryBelief {
  readonly name: BeliefCategory;
  /** Mean over items of the category's total probability. */
  readonly probability: Estimate;
  /** The same for equal probabilities: its nodes over all nodes of the graph. */
  readonly uniform: Estimate;
}

export interface BeliefAfter {
  /** c: thoughts read before the names. The hidden state there is the one that would be thought c + 1. */
  readonly thought: number;
  readonly categories: readonly CategoryBelief[];
  readonly entropyBits: Estimate;
  /** log2 of the number of nodes, mean over items: the entropy of knowing nothing. */
  readonly uniformBits: Estimate;
  /** Share of items with P(target) > .5, with a Wilson interval over graphs. */
  readonly targetMajority: Estimate;
  /** Raw sum over all nodes, before normalisation. */
  readonly nodeMass: Estimate;
}

/** P(entity) at every probe position ("Illusion of Superposition?", arXiv 2604.06374). */
export interface EntityBeliefReadout extends ReadoutHead<'entity-belief'> {
  readonly perThought: readonly BeliefAfter[];
}

/**
 * The category of every node after c thoughts. The current nodes are those at depth c on a shortest path to the target (the
 * root at c = 0); a node is
 *
 * - `target`, if it is the target, whatever the step
 * - `correctNext`, if it is at depth c + 1 on a shortest path
 * - `wrongNeighbour`, if an edge leads to it from a current node and it is neither
 * - `other` else
 *
 * Past the last step there are no current nodes, and all but the target are others.
 *
 * @returns [n]
 */
export function beliefCategories(
  graph: Graph,
  { root, target }: Pick<Item, 'root' | 'target'>,
  c: number,
): BeliefCategory[] {
  const layers = shortestPathLayers(graph, root, target);
  const current = layers.at(c) ?? [];
  const next = layers.at(c + 1) ?? [];
  return nodesOf(graph).map((node) => {
    if (node === target) return 'target';
    if (next.includes(node)) return 'correctNext';
    return current.some((from) => graph.successors[from].includes(node)) ? 'wrongNeighbour' : 'other';
  });
}

/** @throws RangeError if `resamples` or `level` is out of range */
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
