import type { Item } from '../../../src/dataset/index.js';
import { createRandom, type Random } from '../../../src/random.js';

type Edge = readonly [source: number, target: number];

const NODES = 31;

/** The most edges that leave room for 12 thoughts, `[A]` and an answer: 3 E + 5 + 14 <= 256. */
const EDGES = 79;

const upTo = (n: number, from = 0): number[] => Array.from({ length: n - from }, (_, i) => from + i);

/** All edges of the complete directed acyclic graph on these nodes. */
const complete = (nodes: readonly number[]): Edge[] =>
  nodes.flatMap((s, i) => nodes.slice(i + 1).map((t) => [s, t] as const));
const star = (centre: number, leaves: readonly number[]): Edge[] => leaves.map((leaf) => [centre, leaf] as const);
const into = (sources: readonly number[], sink: number): Edge[] => sources.map((source) => [source, sink] as const);
const between = (sources: readonly number[], targets: readonly number[]): Edge[] =>
  sources.flatMap((source) => star(source, targets));
const chain = (length: number): Edge[] => upTo(length).map((node) => [node, node + 1] as const);
const sample = (random: Random, edges: readonly Edge[], count: number): Edge[] =>
  random.shuffle([...edges]).slice(0, count);

/** Node numbers and the order of edges and candidates are drawn at random: none of them may matter. */
function shuffled(id: string, random: Random, edges: readonly Edge[], root: number): Item {
  const number = random.shuffle(upTo(NODES));
  const [first, second] = random.shuffle(upTo(NODES).filter((node) => node !== root));
  return {
    id,
    names: upTo(NODES).map(String),
    edges: random.shuffle(edges.map(([s, t]) => [number[s], number[t]] as const)),
    candidates: [number[first], number[second]],
    root: number[root],
    // Any two nodes are candidates here; these fields do not say which of them is reachable.
    target: number[first],
    decoy: number[second],
    path: [],
  };
}

/** Each shape presses one of the constants; the root is node 0 before renumbering. */
const SHAPES: Readonly<Record<string, (random: Random, most: number) => readonly Edge[]>> = {
  'star: all 30 others are children': () => star(0, upTo(31, 1)),
  'chain of 31': () => chain(30),
  '29 parents of one node': () => [...star(0, upTo(30, 1)), ...into(upTo(30, 1), 30)],
  'one edge of as many as fit adds the 31st node: the smallest share there is': (random, most) => [
    ...star(0, upTo(30, 1)),
    ...sample(random, complete(upTo(30, 1)), most - 30),
    [29, 30],
  ],
  'one edge of as many as fit adds a node late: the other members have long been there': (random, most) => [
    ...chain(30),
    ...sample(
      random,
      complete(upTo(29)).filter(([s, t]) => t !== s + 1),
      most - 30,
    ),
  ],
  'the root is a leaf, all else is dense: nothing may leak in': (random, most) => [
    [1, 0],
    ...into(upTo(30, 1), 30),
    ...sample(random, complete(upTo(30, 1)), most - 30),
  ],
  'one child, all else dense and unreachable': (random, most) => [
    [0, 1],
    ...into(upTo(30, 2), 30),
    ...sample(random, complete(upTo(30, 2)), most - 29),
  ],
  '13 nodes, all 78 edges there can be': () => complete(upTo(13)),
  '15 nodes reached and 16 not, both dense': (random, most) => [
    ...sample(random, complete(upTo(15)), Math.floor(most / 2)),
    ...sample(random, complete(upTo(31, 15)), Math.ceil(most / 2)),
  ],
  'three full layers of 5': () => [
    ...star(0, upTo(6, 1)),
    ...between(upTo(6, 1), upTo(11, 6)),
    ...between(upTo(11, 6), upTo(16, 11)),
  ],
  'binary tree of 31': () => upTo(15).flatMap((node) => star(node, [2 * node + 1, 2 * node + 2])),
  'a single edge': () => [[0, 1]],
  'a single edge that the root has no part in': () => [[1, 2]],
};

/** Every shape once, with at most so many edges, renumbered and reordered by the seed. */
export function shapes(seed: number, most = EDGES): Item[] {
  return Object.entries(SHAPES).map(([id, edges]) => {
    const random = createRandom(`${id} ${seed}`);
    return shuffled(id, random, edges(random, most), 0);
  });
}

/** A random directed acyclic graph on 2 .. 31 nodes with 1 .. 79 edges, asked from any of its nodes. */
export function randomDag(random: Random): Item {
  const nodes = upTo(2 + random.integer(NODES - 1));
  const all = complete(nodes);
  const count = 1 + random.integer(Math.min(EDGES, all.length));
  const id = `${nodes.length} nodes, ${count} edges`;
  return shuffled(id, random, sample(random, all, count), random.integer(nodes.length));
}
