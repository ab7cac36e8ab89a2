import { breadthFirstDepths, distancesTo, reachableWithin, UNREACHED } from '../../../src/graph/index.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';
import type { NodeSet } from './set-code.js';
import type { Algorithm } from './set-model.js';
import type { SetQuestion } from './set-question.js';

/** What algorithms on sets are made of. */
export type Think = Algorithm['think'];
export type Answer = Algorithm['answer'];

/** What the last thought holds; before the first, the root. */
export const last = ({ root }: SetQuestion, before: readonly NodeSet[]): number[] => [...(before.at(-1) ?? [root])];

/** The root, and what any thought holds. */
export const ever = ({ root }: SetQuestion, before: readonly NodeSet[]): number[] => [root, ...union(before)];

const union = (sets: readonly NodeSet[]): number[] => [...new Set(sets.flatMap((nodes) => [...nodes]))];

export const childrenOf = ({ graph }: SetQuestion, nodes: readonly number[]): number[] => [
  ...new Set(nodes.flatMap((node) => graph.successors[node])),
];

export const without = (nodes: readonly number[], known: readonly number[]): number[] =>
  nodes.filter((node) => !known.includes(node));

/** Whether two hold the same, however often. */
export const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  without(one, other).length === 0 && without(other, one).length === 0;

/** Nodes and their children. */
export const expand = (question: SetQuestion, nodes: readonly number[]): number[] => [
  ...nodes,
  ...childrenOf(question, nodes),
];

/** What a breadth-first search of the prompt has reached after c steps. */
export const reached = ({ graph, root }: SetQuestion, c: number): number[] => reachableWithin(graph, root, c);

/** The same after as many as there can be. */
export const allReached = (question: SetQuestion): number[] => reached(question, SYMBOLIC_NODES);

export const fromLast: Think = (question, before) => expand(question, last(question, before));

/** The candidates among some nodes. */
export const candidatesIn = ({ candidates }: SetQuestion, nodes: readonly number[]): number[] =>
  candidates.filter((node) => nodes.includes(node));

/** The candidates that the last thought holds. */
export const inLast: Answer = ({ candidates }, thoughts) => candidates.filter((node) => thoughts.at(-1)?.has(node));

/** The candidates that any thought has held. */
export const inAny: Answer = ({ candidates }, thoughts) =>
  candidates.filter((node) => thoughts.some((nodes) => nodes.has(node)));

/** Whether a thought holds nothing that a search of the prompt has not reached in c steps. */
export const isDue = (question: SetQuestion, thought: readonly number[], c: number): boolean =>
  without(thought, reached(question, c)).length === 0;

/** Which of some nodes come first. */
export type Order = (question: SetQuestion, nodes: readonly number[]) => number[];

export const byNumber: Order = (_, nodes) => [...nodes].sort((a, b) => a - b);

/** Those that are farthest from the root. */
export const deepest: Order = (question, nodes) => {
  const depths = breadthFirstDepths(question.graph, question.root);
  return byNumber(question, nodes).sort((a, b) => depths[b] - depths[a]);
};

/** How far each node is from the nearest candidate; infinitely far where no path leads to one. */
const stepsToCandidate = ({ graph, candidates }: SetQuestion): ((node: number) => number) => {
  const ways = candidates.map((candidate) => distancesTo(graph, candidate));
  return (node) => Math.min(...ways.map((way) => (way[node] === UNREACHED ? Infinity : way[node])));
};

/** Those with a path to a candidate. */
export const leading: Order = (question, nodes) => {
  const steps = stepsToCandidate(question);
  const leads = (node: number): number => Number(Number.isFinite(steps(node)));
  return byNumber(question, nodes).sort((a, b) => leads(b) - leads(a));
};

/** Those that are nearest to a candidate. */
export const nearest: Order = (question, nodes) => {
  const steps = stepsToCandidate(question);
  // Differences of what is infinitely far are no numbers.
  const rank = (node: number): number => Math.min(steps(node), SYMBOLIC_NODES);
  return byNumber(question, nodes).sort((a, b) => rank(a) - rank(b));
};

/** Nodes from which a path leads to a candidate, candidates themselves among them. */
export const leadingOnly = (question: SetQuestion, nodes: readonly number[]): number[] => {
  const steps = stepsToCandidate(question);
  return nodes.filter((node) => Number.isFinite(steps(node)));
};

/** So many of the children of the thought before, and nothing else; a thought without children stays. */
export const beam =
  (width: number, order: Order): Think =>
  (question, before) => {
    const own = last(question, before);
    const children = order(question, childrenOf(question, own));
    return children.length === 0 ? own : children.slice(0, width);
  };

/** So many of the children of the thought before that no thought has held. */
export const remembering =
  (width: number, order: Order): Think =>
  (question, before) =>
    order(question, without(childrenOf(question, last(question, before)), ever(question, before))).slice(0, width);

/** The thought before and so many new children of its nodes. */
export const adding =
  (count: number, order: Order): Think =>
  (question, before) => {
    const own = last(question, before);
    return [...own, ...order(question, without(childrenOf(question, own), own)).slice(0, count)];
  };

/** The thought before and the first so many children of each of its nodes, in the prompt's order. */
export const firstChildren =
  (count: number): Think =>
  (question, before) => {
    const own = last(question, before);
    return [...own, ...own.flatMap((node) => question.graph.successors[node].slice(0, count))];
  };

/** Nodes without an edge that leads to them: the roots. */
export const rootsOf = ({ graph: { edges } }: SetQuestion): number[] => {
  const ends = new Set(edges.map(([, end]) => end));
  return [...new Set(edges.map(([source]) => source))].filter((node) => !ends.has(node));
};

/** Deeper than any target: more layers no codebook needs. */
const LAYERS = 8;

/** What follows the layers, of either root, that have most in common with a thought: a look-up, by the share of their union. */
export const nextInCodebook: Think = (question, before) => {
  const own = last(question, before);
  const pages = rootsOf(question).flatMap((root) =>
    Array.from({ length: LAYERS + 1 }, (_, c) => ({ root, c, layers: reachableWithin(question.graph, root, c) })),
  );
  const likeness = ({ layers }: (typeof pages)[number]): number => {
    const shared = layers.filter((node) => own.includes(node)).length;
    return shared / (layers.length + own.length - shared);
  };
  // The first of the best.
  const best = pages.reduce((found, page) => (likeness(page) > likeness(found) ? page : found));
  return reachableWithin(question.graph, best.root, best.c + 1);
};
