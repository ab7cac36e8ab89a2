import type { Random } from '../random.js';
import { breadthFirstDepths, UNREACHED } from './breadth-first.js';
import { createGraph, inDegree, leavesOf, type Graph } from './graph.js';

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
  /** Least depth of the target, >= 1. Default 3. */
  readonly minDepth?: number;
  /** Greatest depth of the target. Default 6. */
  readonly maxDepth?: number;
}

const MAX_ATTEMPTS = 10_000;
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
 * any leaf that only the other one reaches. Graphs without both, or with a target outside minDepth..maxDepth, are
 * drawn anew.
 *
 * @throws RangeError if the options make no sense or no graph in 10,000 has a target of the wanted depth
 */
export function randomProsqaGraph(
  random: Random,
  { nodes = 28, minDepth = 3, maxDepth = 6 }: RandomGraphOptions = {},
): RandomProsqaGraph {
  if (!Number.isInteger(nodes) || nodes < 3) throw new RangeError(`nodes is ${nodes}, not a whole number >= 3`);
  if (!(minDepth >= 1 && minDepth <= maxDepth)) {
    throw new RangeError(`minDepth is ${minDepth} and maxDepth ${maxDepth}, not 1 <= minDepth <= maxDepth`);
  }
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const found = pose(random, withoutIsolated(randomParents(random, nodes)), minDepth, maxDepth);
    if (found !== undefined) return found;
  }
  throw new RangeError(`no graph of ${nodes} nodes with a target at depth ${minDepth}..${maxDepth} found`);
}

/** Element v lists v's parents in the order drawn; 0 and 1 have none. */
function randomParents(random: Random, nodes: number): number[][] {
  const parents: number[][] = [[], []];
  // Which of nodes 0 (bit 1) and 1 (bit 2) reach each node, and its distance from the nearest entity.
  const origin = [1, 2];
  const depth = [0, 0];
  for (let node = 2; node < nodes; node++) {
    const wanted = poisson(random, MEAN_PARENTS);
    const pool = drawPool(random, origin);
    const drawn = drawWeighted(random, pool, (candidate) => 1 + 1.5 * depth[candidate], wanted);
    parents.push(drawn);
    origin.push(drawn.reduce((union, parent) => union | origin[parent], 0));
    depth.push(drawn.length === 0 ? 0 : 1 + Math.min(...drawn.map((parent) => depth[parent])));
  }
  return parents;
}

function drawPool(random: Random, origin: readonly number[]): number[] {
  const all = [...origin.keys()];
  if (random.uniform() <= FROM_FIRST) return all.filter((node) => origin[node] === 1);
  if (random.uniform() <= FROM_SECOND) return all.filter((node) => origin[node] === 2);
  return all;
}

/** Knuth's product of uniforms; fine for a small mean. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}

/** Up to `count` members of the pool, one after the other, each with probability proportional to its weight. */
function drawWeighted(random: Random, pool: number[], weight: (node: number) => number, count: number): number[] {
  const left = [...pool];
  const drawn: number[] = [];
  while (drawn.length < count && left.length > 0) {
    let rest = random.uniform() * left.reduce((sum, node) => sum + weight(node), 0);
    let i = 0;
    while (i < left.length - 1 && rest >= weight(left[i])) rest -= weight(left[i++]);
    drawn.push(...left.splice(i, 1));
  }
  return drawn;
}

/** Drops nodes without any edge, except that 0 and 1 keep their numbers; undefined if one of those two is isolated. */
function withoutIsolated(parents: readonly (readonly number[])[]): Graph | undefined {
  const all = parents.flatMap((sources, target) => sources.map((source) => [source, target] as const));
  const connected = new Set(all.flat());
  if (!connected.has(0) || !connected.has(1)) return undefined;
  const kept = [...parents.keys()].filter((node) => connected.has(node));
  const renumbered = new Map(kept.map((node, i) => [node, i]));
  const number = (node: number): number => renumbered.get(node) ?? -1;
  return createGraph({
    nodeCount: kept.length,
    edges: all.map(([source, target]) => [number(source), number(target)] as const),
  });
}

function pose(
  random: Random,
  graph: Graph | undefined,
  minDepth: number,
  maxDepth: number,
): RandomProsqaGraph | undefined {
  if (graph === undefined) return undefined;
  const depths = [breadthFirstDepths(graph, 0), breadthFirstDepths(graph, 1)];
  const leaves = leavesOf(graph).filter((leaf) => inDegree(graph, leaf) > 0);
  const exclusive = depths.map((own, i) =>
    leaves.filter((leaf) => own[leaf] !== UNREACHED && depths[1 - i][leaf] === UNREACHED),
  );
  const deepest = exclusive.map((own, i) => Math.max(0, ...own.map((leaf) => depths[i][leaf])));
  const root = deepest[0] === deepest[1] ? random.integer(2) : deepest[0] > deepest[1] ? 0 : 1;
  const otherRoot = 1 - root;
  if (exclusive[otherRoot].length === 0 || deepest[root] < minDepth || deepest[root] > maxDepth) return undefined;
  const targets = exclusive[root].filter((leaf) => depths[root][leaf] === deepest[root]);
  return {
    graph,
    root,
    target: targets[random.integer(targets.length)],
    decoy: exclusive[otherRoot][random.integer(exclusive[otherRoot].length)],
    otherRoot,
  };
}
