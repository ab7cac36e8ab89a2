import { breadthFirstDepths, distancesTo, reachableWithin, UNREACHED } from '../../../src/graph/index.js';
import { OPPOSITE_CODE, PERMUTED_CODE, type NodeSet } from './set-code.js';
import type { Algorithm } from './set-model.js';
import type { SetQuestion } from './set-question.js';

/** An algorithm, and what is true of it. */
export interface Known extends Algorithm {
  readonly truth: string;
  /** k, where it needs more thoughts than the deepest target has steps; default 6. */
  readonly thoughts?: number;
}

type Think = Algorithm['think'];
type Answer = Algorithm['answer'];

/** What the last thought holds; before the first, the root. */
const last = ({ root }: SetQuestion, before: readonly NodeSet[]): number[] => [...(before.at(-1) ?? [root])];

/** The root, and what any thought holds. */
const ever = ({ root }: SetQuestion, before: readonly NodeSet[]): number[] => [root, ...union(before)];

const union = (sets: readonly NodeSet[]): number[] => [...new Set(sets.flatMap((nodes) => [...nodes]))];

const childrenOf = ({ graph }: SetQuestion, nodes: readonly number[]): number[] => [
  ...new Set(nodes.flatMap((node) => graph.successors[node])),
];

const without = (nodes: readonly number[], known: readonly number[]): number[] =>
  nodes.filter((node) => !known.includes(node));

/** Nodes and their children. */
const expand = (question: SetQuestion, nodes: readonly number[]): number[] => [
  ...nodes,
  ...childrenOf(question, nodes),
];

/** What a breadth-first search of the prompt has reached after c steps. */
const reached = ({ graph, root }: SetQuestion, c: number): number[] => reachableWithin(graph, root, c);

const fromLast: Think = (question, before) => expand(question, last(question, before));

/** The candidates that the last thought holds. */
const inLast: Answer = ({ candidates }, thoughts) => candidates.filter((node) => thoughts.at(-1)?.has(node));

/** The candidates that any thought has held. */
const inAny: Answer = ({ candidates }, thoughts) =>
  candidates.filter((node) => thoughts.some((nodes) => nodes.has(node)));

/** Breadth-first searches from the root that the thoughts carry out, and that the answers come from. */
export const SEARCHES = {
  bfs: {
    truth: 'thought c holds all nodes within c edges of the root',
    think: fromLast,
    answer: inLast,
  },
  'one step behind': {
    truth: 'thought 1 holds the root alone; each other one, what the one before holds and its children',
    think: (question, before, c) => (c === 1 ? [question.root] : fromLast(question, before, c)),
    answer: inLast,
  },
  'two layers': {
    truth: 'the frontier and the layer before it; what is in the layer before that is forgotten',
    think: (question, before) => {
      const own = last(question, before);
      const older = [...(before.at(-2) ?? [])];
      return [...without(childrenOf(question, own), own), ...without(own, older)];
    },
    answer: inAny,
  },
  'opposite sign': {
    truth: 'bfs, but nodes are held against the direction along which the LM head reads them',
    think: fromLast,
    answer: inLast,
    code: OPPOSITE_CODE,
  },
  'permuted code': {
    truth: 'bfs, but each node is held along the direction along which the LM head reads another one',
    think: fromLast,
    answer: inLast,
    code: PERMUTED_CODE,
  },
  frontier: {
    truth: 'the children of the thought before that no thought has held',
    think: (question, before) => without(childrenOf(question, last(question, before)), ever(question, before)),
    answer: inAny,
  },
  scratchpad: {
    truth: 'bfs, but each thought is computed from the root and all thoughts before it',
    think: (question, before) => expand(question, ever(question, before)),
    answer: inLast,
  },
  'scratchpad frontier': {
    truth: 'the children of the root and of all thoughts, that none of them has held',
    think: (question, before) => without(childrenOf(question, ever(question, before)), ever(question, before)),
    answer: inAny,
  },
  'root again': {
    truth: 'bfs, but each thought holds the root anew',
    think: (question, before, c) => [question.root, ...fromLast(question, before, c)],
    answer: inLast,
  },
  'half a hop': {
    truth: 'bfs in which every second thought only repeats the one before; 12 thoughts',
    thoughts: 12,
    think: (question, before, c) => (c % 2 === 1 ? fromLast(question, before, c) : last(question, before)),
    answer: inLast,
  },
} as const satisfies Record<string, Known>;

/** Which of some nodes come first. */
type Order = (question: SetQuestion, nodes: readonly number[]) => number[];

const byNumber: Order = (_, nodes) => [...nodes].sort((a, b) => a - b);

/** Those that are farthest from the root. */
const deepest: Order = (question, nodes) => {
  const depths = breadthFirstDepths(question.graph, question.root);
  return byNumber(question, nodes).sort((a, b) => depths[b] - depths[a]);
};

/** Those with a path to a candidate. */
const leading: Order = (question, nodes) => {
  const ways = question.candidates.map((candidate) => distancesTo(question.graph, candidate));
  const leads = (node: number): number => Number(ways.some((way) => way[node] !== UNREACHED));
  return byNumber(question, nodes).sort((a, b) => leads(b) - leads(a));
};

/** So many of the children of the thought before, and nothing else; a thought without children stays. */
const beam =
  (width: number, order: Order): Think =>
  (question, before) => {
    const own = last(question, before);
    const children = order(question, childrenOf(question, own));
    return children.length === 0 ? own : children.slice(0, width);
  };

/** The thought before and so many new children of its nodes. */
const adding =
  (count: number, order: Order): Think =>
  (question, before) => {
    const own = last(question, before);
    return [...own, ...order(question, without(childrenOf(question, own), own)).slice(0, count)];
  };

/** The thought before and the first so many children of each of its nodes, in the prompt's order. */
const firstChildren =
  (count: number): Think =>
  (question, before) => {
    const own = last(question, before);
    return [...own, ...own.flatMap((node) => question.graph.successors[node].slice(0, count))];
  };

/** Whether a thought holds nothing that a search of the prompt has not reached in c steps. */
const isDue = (question: SetQuestion, thought: readonly number[], c: number): boolean =>
  without(thought, reached(question, c)).length === 0;

/** Everything else: a good battery supports none of them. */
export const OTHERS = {
  'beam of 1': { truth: 'the child with the smallest number', think: beam(1, byNumber), answer: inAny },
  'beam of 2': { truth: 'the 2 children with the smallest numbers', think: beam(2, byNumber), answer: inAny },
  'beam of 3': { truth: 'the 3 children with the smallest numbers', think: beam(3, byNumber), answer: inAny },
  'beam of 4': { truth: 'the 4 children with the smallest numbers', think: beam(4, byNumber), answer: inAny },
  'look-ahead beam': {
    truth: '4 children, those first that have a path to a candidate',
    think: beam(4, leading),
    answer: inAny,
  },
  'first 2 children': {
    truth: 'each thought adds the 2 first-named children of each node',
    think: firstChildren(2),
    answer: inLast,
  },
  'first 3 children': {
    truth: 'each thought adds the 3 first-named children of each node',
    think: firstChildren(3),
    answer: inLast,
  },
  'adds 1 by number': {
    truth: 'each of 12 thoughts adds the new child with the smallest number',
    thoughts: 12,
    think: adding(1, byNumber),
    answer: inLast,
  },
  'adds the 2 deepest': {
    truth: 'each of 12 thoughts adds the 2 new children that are farthest from the root',
    thoughts: 12,
    think: adding(2, deepest),
    answer: inLast,
  },
  'one by one': {
    truth: 'each of 12 thoughts adds the end of the last-named edge that leaves the one before',
    thoughts: 12,
    think: (question, before) => {
      const own = last(question, before);
      const leaves = ([source, target]: readonly [number, number]): boolean =>
        own.includes(source) && !own.includes(target);
      return [
        ...own,
        ...question.graph.edges
          .filter(leaves)
          .slice(-1)
          .map(([, target]) => target),
      ];
    },
    answer: inLast,
  },
  'replay unless disturbed': {
    truth: 'each thought is copied from a search of the prompt, unless the one before holds what that has not reached',
    think: (question, before, c) =>
      isDue(question, last(question, before), c - 1) ? reached(question, c) : fromLast(question, before, c),
    answer: inLast,
  },
  'union replay': {
    truth: 'each thought is expanded, and with the root in it has all that a search of the prompt has reached as well',
    think: (question, before, c) => [
      ...fromLast(question, before, c),
      ...(last(question, before).includes(question.root) ? reached(question, c) : []),
    ],
    answer: inLast,
  },
  'answer from the prompt unless disturbed': {
    truth:
      'bfs whose answer comes from the prompt, unless the last thought holds what a search of that has not reached',
    think: fromLast,
    answer: (question, thoughts) => {
      const c = thoughts.length;
      const held = [...(thoughts.at(-1) ?? [])];
      if (held.length === 0 || !isDue(question, held, c)) return inLast(question, thoughts);
      return question.candidates.filter((node) => reached(question, c).includes(node));
    },
  },
} as const satisfies Record<string, Known>;
