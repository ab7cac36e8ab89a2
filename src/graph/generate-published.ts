import type { Random } from '../random.js';
import { exclusiveLeaves, randomDraft, toGraph, type Pools, type RandomProsqaGraph } from './draft.js';

const MAX_ATTEMPTS = 10_000;
/** Bounds of one random number: below the first the pool is groups 0 and 1, below the second groups 0 and 2. */
const GROUPS_0_1 = 0.35;
const GROUPS_0_2 = 0.7;

/**
 * A random graph by the letter of algorithm 1 of Coconut (arXiv 2412.06769). It does not reproduce the
 * released files: for 23 to 27 nodes it has 4.1 to 4.8 entities per graph where they have 2.56, its root is always node
 * 0 where theirs is node 1 in 64 %, and it has no bounds on the target's depth where theirs is 3 to 6. Use
 * `randomProsqaGraph` for items like the released ones; this one is for comparison.
 *
 * A node's label is the union of its parents' (1 below node 0, 2 below node 1, 3 below both, 0 below neither). Each node
 * from 2 on draws a Poisson(1.5) number of parents from the labels 0 and 1 (probability .35), 0 and 2 (.35), or all (.3).
 * Root is node 0, target a leaf labelled 1, decoy a leaf labelled 2.
 *
 * What the algorithm leaves open is filled in as the released files have it: parents are drawn without replacement,
 * depth is the distance from the nearest node without parents, nodes without any edge are dropped, and graphs without a
 * target or a decoy are drawn anew.
 *
 * @param nodes N, which the paper does not give; >= 4, isolated nodes included
 * @throws RangeError if `nodes` is less or no graph in 10,000 has a target and a decoy
 */
export function publishedProsqaGraph(random: Random, nodes: number): RandomProsqaGraph {
  if (!Number.isInteger(nodes) || nodes < 4) throw new RangeError(`nodes is ${nodes}, not a whole number >= 4`);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const draft = randomDraft(random, nodes, drawPool);
    const [targets, decoys] = exclusiveLeaves(draft);
    if (targets.length === 0 || decoys.length === 0) continue;
    return toGraph(draft, {
      root: 0,
      target: targets[random.integer(targets.length)],
      decoy: decoys[random.integer(decoys.length)],
      otherRoot: 1,
    });
  }
  throw new RangeError(`no graph of ${nodes} nodes with a target and a decoy found`);
}

function drawPool(random: Random, pools: Pools): readonly number[] {
  const drawn = random.uniform();
  if (drawn <= GROUPS_0_1) return [...pools.neither, ...pools.first];
  if (drawn <= GROUPS_0_2) return [...pools.neither, ...pools.second];
  return pools.all;
}
