import type { Random } from '../random.js';
import {
  connectedNodes,
  exclusiveLeaves,
  randomDraft,
  toGraph,
  type Draft,
  type Pools,
  type Posed,
  type RandomProsqaGraph,
} from './draft.js';

/** What can be varied; the defaults reproduce the official files. */
export interface RandomGraphOptions {
  /** Nodes before the isolated ones are dropped, >= 3. Default 28. */
  readonly nodes?: number;
  /** Least number of nodes that are left, <= `nodes`. Default 0: any. */
  readonly minNodes?: number;
  /** Least depth of the target, >= 1. Default 3. */
  readonly minDepth?: number;
  /** Greatest depth of the target. Default 6. */
  readonly maxDepth?: number;
  /**
   * Greatest difference between the decoy's depth from the other root and the target's depth from the root, >= 0.
   * Default Infinity: the decoy is any leaf that only the other root reaches, as in the official files, and mostly
   * shallower than the target. 1 leaves shallower decoys the more frequent ones; 0 makes the two sides alike, so that no
   * search that stops short of the target's depth tells them apart.
   */
  readonly depthGap?: number;
}

const MAX_ATTEMPTS = 100_000;
/** Probability that a node's parents come from below node 0 only, and from below node 1 only if they do not. */
const FROM_FIRST = 0.35;
const FROM_SECOND = 0.7;

/**
 * A random graph like ProsQA's, by the procedure that was inferred from the 800 released items (it matches them in the
 * distributions of nodes, edges, depths and degrees; algorithm 1 of arXiv 2412.06769 as printed, `publishedProsqaGraph`,
 * does not). Nodes 0 and 1 are entities. Each further node draws a Poisson(1.5) number of parents from one of three
 * pools: the nodes reachable from 0 only (probability .35), those reachable from 1 only (.455), all (.195); without
 * replacement, with weight 1 + 1.5 x the distance from the nearest entity. Isolated nodes are dropped. The root is the
 * one of 0 and 1 with the deeper exclusive leaf (a coin if equal), the target a deepest leaf that only the root reaches,
 * the decoy any leaf that only the other one reaches. Graphs without both, or that do not keep to the options, are drawn
 * anew.
 *
 * @throws RangeError if the options make no sense or no graph in 100,000 keeps to them
 */
export function randomProsqaGraph(random: Random, options: RandomGraphOptions = {}): RandomProsqaGraph {
  const wanted = { nodes: 28, minNodes: 0, minDepth: 3, maxDepth: 6, depthGap: Infinity, ...options };
  requireOptions(wanted);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const draft = randomDraft(random, wanted.nodes, drawPool);
    const question = pose(random, draft, wanted);
    if (question !== undefined) return toGraph(draft, question);
  }
  const { nodes, minNodes, minDepth, maxDepth, depthGap } = wanted;
  throw new RangeError(
    `no graph of ${minNodes}..${nodes} nodes with a target at depth ${minDepth}..${maxDepth} and a decoy within ` +
      `${depthGap} of it found`,
  );
}

type Wanted = Required<RandomGraphOptions>;

function requireOptions({ nodes, minNodes, minDepth, maxDepth, depthGap }: Wanted): void {
  if (!Number.isInteger(nodes) || nodes < 3) throw new RangeError(`nodes is ${nodes}, not a whole number >= 3`);
  if (!(minNodes <= nodes)) throw new RangeError(`minNodes is ${minNodes}, not at most nodes (${nodes})`);
  if (!(minDepth >= 1 && minDepth <= maxDepth)) {
    throw new RangeError(`minDepth is ${minDepth} and maxDepth ${maxDepth}, not 1 <= minDepth <= maxDepth`);
  }
  if (!(depthGap >= 0)) throw new RangeError(`depthGap is ${depthGap}, not at least 0`);
}

function drawPool(random: Random, pools: Pools): readonly number[] {
  if (random.uniform() <= FROM_FIRST) return pools.first;
  if (random.uniform() <= FROM_SECOND) return pools.second;
  return pools.all;
}

/** A question about the draft in the draft's own node numbers, undefined if it allows none that is wanted. */
function pose(random: Random, draft: Draft, { minNodes, minDepth, maxDepth, depthGap }: Wanted): Posed | undefined {
  const { depths, children } = draft;
  if (children[0] === 0 || children[1] === 0 || connectedNodes(draft) < minNodes) return undefined;
  const leaves = exclusiveLeaves(draft);
  const deepest = leaves.map((own, i) => own.reduce((most, leaf) => Math.max(most, depths[i][leaf]), 0));
  const root = deepest[0] === deepest[1] ? random.integer(2) : deepest[0] > deepest[1] ? 0 : 1;
  const otherRoot = 1 - root;
  const depth = deepest[root];
  if (depth < minDepth || depth > maxDepth) return undefined;
  const decoys = leaves[otherRoot].filter((leaf) => depth - depths[otherRoot][leaf] <= depthGap);
  if (decoys.length === 0) return undefined;
  const targets = leaves[root].filter((leaf) => depths[root][leaf] === depth);
  return {
    root,
    target: targets[random.integer(targets.length)],
    decoy: decoys[random.integer(decoys.length)],
    otherRoot,
  };
}
