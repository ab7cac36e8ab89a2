import type { Random } from '../random.js';
import { createGraph, type Graph } from './graph.js';

/** A graph with a question about it. */
export interface RandomProsqaGraph {
  /** Edges in ascending order of their targets, as in the official files: node numbers are a topological order. */
  readonly graph: Graph;
  readonly root: number;
  readonly target: number;
  readonly decoy: number;
  /** The entity that the decoy was taken from. */
  readonly otherRoot: number;
}

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
const MEAN_PARENTS = 1.5;

/**
 * A random graph like ProsQA's, by the procedure that was inferred from the 800 released items (it matches them in the
 * distributions of nodes, edges, depths and degrees; algorithm 1 of arXiv 2412.06769 as printed does not). Nodes 0 and
 * 1 are entities. Each further node draws a Poisson(1.5) number of parents from one of three pools: the nodes
 * reachable from 0 only (probability .35), those reachable from 1 only (.455), all (.195); without replacement, with
 * weight 1 + 1.5 x the distance from the nearest entity. Isolated nodes are dropped. The root is the one of 0 and 1
 * with the deeper exclusive leaf (a coin if equal), the target a deepest leaf that only the root reaches, the decoy
 * any leaf that only the other one reaches. Graphs without both, or that do not keep to the options, are drawn anew.
 *
 * @throws RangeError if the options make no sense or no graph in 100,000 keeps to them
 */
export function randomProsqaGraph(random: Random, options: RandomGraphOptions = {}): RandomProsqaGraph {
  const wanted = { nodes: 28, minNodes: 0, minDepth: 3, maxDepth: 6, depthGap: Infinity, ...options };
  requireOptions(wanted);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const draft = randomDraft(random, wanted.nodes);
    const question = pose(random, draft, wanted);
    if (question !== undefined) return renumber(draft, question);
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

/**
 * A graph as it is drawn, isolated nodes and all, with what the drawing knows of each node [n]. Most drafts are thrown
 * away where the options are narrow; only one that is kept becomes a `Graph`.
 */
interface Draft {
  /** In the order drawn; 0 and 1 have none. Every parent has a smaller number than its child. */
  readonly parents: number[][];
  /** Which of nodes 0 (bit 1) and 1 (bit 2) reach it. */
  readonly origin: number[];
  /** Depths from 0 and from 1, Infinity where there is no path. */
  readonly depths: readonly [number[], number[]];
  readonly children: number[];
}

const FIRST = 1;
const SECOND = 2;

function randomDraft(random: Random, nodes: number): Draft {
  const draft: Draft = {
    parents: [[], []],
    origin: [FIRST, SECOND],
    depths: [
      [0, Infinity],
      [Infinity, 0],
    ],
    children: new Array<number>(nodes).fill(0),
  };
  // By the number of edges from the nearest entity of all.
  const weights = [1, 1];
  const pools = { first: [0], second: [1], all: [0, 1] };
  for (let node = 2; node < nodes; node++) {
    const wanted = poisson(random, MEAN_PARENTS);
    const pool = drawPool(random, pools);
    const drawn = drawWeighted(random, pool, weights, wanted);
    let origin = 0;
    let [depth0, depth1, weight] = [Infinity, Infinity, drawn.length === 0 ? 1 : Infinity];
    for (const parent of drawn) {
      origin |= draft.origin[parent];
      depth0 = Math.min(depth0, draft.depths[0][parent] + 1);
      depth1 = Math.min(depth1, draft.depths[1][parent] + 1);
      weight = Math.min(weight, weights[parent] + 1.5);
      draft.children[parent]++;
    }
    draft.parents.push(drawn);
    draft.origin.push(origin);
    draft.depths[0].push(depth0);
    draft.depths[1].push(depth1);
    weights.push(weight);
    pools.all.push(node);
    if (origin === FIRST) pools.first.push(node);
    if (origin === SECOND) pools.second.push(node);
  }
  return draft;
}

function drawPool(random: Random, pools: Readonly<Record<'first' | 'second' | 'all', number[]>>): readonly number[] {
  if (random.uniform() <= FROM_FIRST) return pools.first;
  if (random.uniform() <= FROM_SECOND) return pools.second;
  return pools.all;
}

/** Knuth's product of uniforms; fine for a small mean. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}

/**
 * Up to `count` members of the pool, one after the other, each with probability proportional to its weight.
 *
 * @param weights [n], by node
 */
function drawWeighted(random: Random, pool: readonly number[], weights: readonly number[], count: number): number[] {
  const left = [...pool];
  const drawn: number[] = [];
  while (drawn.length < count && left.length > 0) {
    let total = 0;
    for (const node of left) total += weights[node];
    let rest = random.uniform() * total;
    let i = 0;
    while (i < left.length - 1 && rest >= weights[left[i]]) rest -= weights[left[i++]];
    drawn.push(...left.splice(i, 1));
  }
  return drawn;
}

type Posed = Omit<RandomProsqaGraph, 'graph'>;

/** A question about the draft in the draft's own node numbers, undefined if it allows none that is wanted. */
function pose(
  random: Random,
  { parents, origin, depths, children }: Draft,
  { minNodes, minDepth, maxDepth, depthGap }: Wanted,
): Posed | undefined {
  // An entity without children has no leaf of its own: it is a leaf itself, but not one below anything.
  const exclusive: [number[], number[]] = [[], []];
  const deepest = [0, 0];
  let connected = 0;
  for (let node = 0; node < parents.length; node++) {
    if (parents[node].length > 0 || children[node] > 0) connected++;
    const side = origin[node] === FIRST ? 0 : origin[node] === SECOND ? 1 : undefined;
    if (side === undefined || children[node] > 0 || parents[node].length === 0) continue;
    exclusive[side].push(node);
    deepest[side] = Math.max(deepest[side], depths[side][node]);
  }
  if (children[0] === 0 || children[1] === 0 || connected < minNodes) return undefined;
  const root = deepest[0] === deepest[1] ? random.integer(2) : deepest[0] > deepest[1] ? 0 : 1;
  const otherRoot = 1 - root;
  const depth = deepest[root];
  if (depth < minDepth || depth > maxDepth) return undefined;
  const decoys = exclusive[otherRoot].filter((leaf) => depth - depths[otherRoot][leaf] <= depthGap);
  if (decoys.length === 0) return undefined;
  const targets = exclusive[root].filter((leaf) => depths[root][leaf] === depth);
  return {
    root,
    target: targets[random.integer(targets.length)],
    decoy: decoys[random.integer(decoys.length)],
    otherRoot,
  };
}

/** Drops nodes without any edge; 0 and 1 have some, so they keep their numbers. */
function renumber({ parents, children }: Draft, { root, target, decoy, otherRoot }: Posed): RandomProsqaGraph {
  let kept = 0;
  const numbers = parents.map((sources, node) => (sources.length > 0 || children[node] > 0 ? kept++ : -1));
  const edges = parents.flatMap((sources, node) => sources.map((source) => [numbers[source], numbers[node]] as const));
  return {
    graph: createGraph({ nodeCount: kept, edges }),
    root,
    target: numbers[target],
    decoy: numbers[decoy],
    otherRoot,
  };
}
