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

/** A question without its graph. */
export type Posed = Omit<RandomProsqaGraph, 'graph'>;

/**
 * A graph as it is drawn, isolated nodes and all, with what the drawing knows of each node [n]. Most drafts are thrown
 * away where few graphs are wanted; only one that is kept becomes a `Graph`.
 */
export interface Draft {
  /** In the order drawn; 0 and 1 have none. Every parent has a smaller number than its child. */
  readonly parents: number[][];
  /** Which of nodes 0 ({@link FIRST}) and 1 ({@link SECOND}) reach it, as bits. */
  readonly origin: number[];
  /** Depths from 0 and from 1, Infinity where there is no path. */
  readonly depths: readonly [number[], number[]];
  /** Number of children. */
  readonly children: number[];
}

const FIRST = 1;
const SECOND = 2;
const MEAN_PARENTS = 1.5;

/** The nodes drawn so far, by which of 0 and 1 reach them, ascending. */
export interface Pools {
  readonly first: number[];
  readonly second: number[];
  readonly neither: number[];
  readonly all: number[];
}

/**
 * Draws a graph node by node. Nodes 0 and 1 have no parents. Each further node draws a Poisson(1.5) number of parents
 * from a pool; without replacement, with weight 1 + 1.5 x the distance from the nearest node without parents.
 *
 * @param nodes >= 2
 * @param drawPool which nodes may be the next one's parents
 */
export function randomDraft(
  random: Random,
  nodes: number,
  drawPool: (random: Random, pools: Pools) => readonly number[],
): Draft {
  const draft: Draft = {
    parents: [[], []],
    origin: [FIRST, SECOND],
    depths: [
      [0, Infinity],
      [Infinity, 0],
    ],
    children: new Array<number>(nodes).fill(0),
  };
  const weights = [1, 1];
  const pools: Pools = { first: [0], second: [1], neither: [], all: [0, 1] };
  for (let node = 2; node < nodes; node++) {
    const wanted = poisson(random, MEAN_PARENTS);
    const drawn = drawWeighted(random, drawPool(random, pools), weights, wanted);
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
    if (origin === 0) pools.neither.push(node);
    if (origin === FIRST) pools.first.push(node);
    if (origin === SECOND) pools.second.push(node);
  }
  return draft;
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

/** The leaves below node 0 only and those below node 1 only. A node without parents is below nothing. */
export function exclusiveLeaves({ parents, origin, children }: Draft): readonly [number[], number[]] {
  const leaves: [number[], number[]] = [[], []];
  for (let node = 2; node < parents.length; node++) {
    if (children[node] > 0) continue;
    if (origin[node] === FIRST) leaves[0].push(node);
    if (origin[node] === SECOND) leaves[1].push(node);
  }
  return leaves;
}

/** Number of nodes that have an edge. */
export function connectedNodes({ parents, children }: Draft): number {
  return children.filter((count, node) => count > 0 || parents[node].length > 0).length;
}

/**
 * The draft as a graph. Nodes without any edge are dropped: no sentence could state them, and the official files have
 * none. The others keep their order, so 0 and 1, which have edges where there are exclusive leaves, keep their numbers.
 */
export function toGraph({ parents, children }: Draft, { root, target, decoy, otherRoot }: Posed): RandomProsqaGraph {
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
