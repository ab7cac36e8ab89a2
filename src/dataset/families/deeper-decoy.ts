import {
  breadthFirstDepths,
  leavesOf,
  randomProsqaGraph,
  UNREACHED,
  type RandomGraphOptions,
  type RandomProsqaGraph,
} from '../../graph/index.js';
import type { Random } from '../../random.js';
import { drawItem } from '../draw-item.js';
import type { Item } from '../item.js';

/** What of a random item can be varied where depths are given by a family's definition. */
export type DeeperDecoyOptions = Omit<RandomGraphOptions, 'depthGap'>;

/**
 * A random item whose decoy is deeper than its target, which no official item has: a graph of `randomProsqaGraph`, of
 * which the other root is asked. Root is the one of nodes 0 and 1 with the shallower exclusive leaves, target one of the
 * deepest that only it reaches (as in ProsQA), at minDepth or deeper (default 3); decoy is the leaf that ProsQA would
 * have asked for, deeper from the other root than the target is from the root, at maxDepth (default 6) or less.
 *
 * It breaks `chooseFartherFromEntity` (91.6 % on the official items), which is now wrong nearly always, and elimination
 * from the other root within as many hops as the target is deep, which ties where the forward search finds the target.
 *
 * @throws RangeError if the options make no sense or hardly any graph keeps to them; maxDepth, being the decoy's, is larger
 * than minDepth
 */
export function deeperDecoyItem(
  random: Random,
  id: string,
  { minDepth = 3, maxDepth = 6, ...options }: DeeperDecoyOptions = {},
): Item {
  if (!(minDepth >= 1 && minDepth < maxDepth)) {
    throw new RangeError(`minDepth is ${minDepth} and maxDepth ${maxDepth}, not 1 <= minDepth < maxDepth`);
  }
  return drawItem(random, id, () =>
    mirror(random, randomProsqaGraph(random, { ...options, minDepth: minDepth + 1, maxDepth }), minDepth),
  );
}

function mirror(
  random: Random,
  { graph, root, target, otherRoot }: RandomProsqaGraph,
  minDepth: number,
): RandomProsqaGraph | undefined {
  const fromRoot = breadthFirstDepths(graph, root);
  const fromOther = breadthFirstDepths(graph, otherRoot);
  const exclusive = leavesOf(graph).filter((leaf) => fromOther[leaf] > 0 && fromRoot[leaf] === UNREACHED);
  const deepest = exclusive.reduce((most, leaf) => Math.max(most, fromOther[leaf]), 0);
  if (deepest < minDepth || deepest >= fromRoot[target]) return undefined;
  const targets = exclusive.filter((leaf) => fromOther[leaf] === deepest);
  return {
    graph,
    root: otherRoot,
    target: targets[random.integer(targets.length)],
    decoy: target,
    otherRoot: root,
  };
}
