import { breadthFirstDepths, UNREACHED } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';
import { COMPLEMENT_CODE, MARKED_CODE, MARKS, OPPOSITE_CODE, PERMUTED_CODE, type NodeSet } from './set-code.js';
import type { Algorithm } from './set-model.js';
import type { SetQuestion } from './set-question.js';
import {
  adding,
  allReached,
  beam,
  byNumber,
  candidatesIn,
  childrenOf,
  deepest,
  ever,
  expand,
  firstChildren,
  fromLast,
  inAny,
  inLast,
  isDue,
  isSame,
  last,
  leading,
  leadingOnly,
  nearest,
  nextInCodebook,
  reached,
  remembering,
  rootsOf,
  without,
  type Answer,
  type Think,
} from './set-steps.js';

/** An algorithm, and what is true of it. */
export interface Known extends Algorithm {
  readonly truth: string;
  /** k, where it needs more thoughts than the deepest target has steps; default 6. */
  readonly thoughts?: number;
}

/** Other numbers for nodes, c times 7 higher: a basis of its own for each position. */
const toBasis = (nodes: readonly number[], c: number): number[] => nodes.map((node) => (node + 7 * c) % SYMBOLIC_NODES);

/** Once more for each of the other multiples, and all are where they were. */
const fromBasis = (nodes: readonly number[], c: number): number[] => toBasis(nodes, (SYMBOLIC_NODES - 1) * c);

/** The thought before, or the root, out of the basis of its position. */
const lastInBasis = (question: SetQuestion, before: readonly NodeSet[]): number[] =>
  fromBasis(last(question, before), before.length);

/** Whether the last two thoughts are the same. */
const repeats = (before: readonly NodeSet[]): boolean =>
  before.length >= 2 && isSame([...(before.at(-1) ?? [])], [...(before.at(-2) ?? [])]);

/** How many different thoughts there are. */
const countOfDifferent = (before: readonly NodeSet[]): number =>
  new Set(before.map((nodes) => [...nodes].sort((a, b) => a - b).join(' '))).size;

const allNodes = Array.from({ length: SYMBOLIC_NODES }, (_, node) => node);

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
  'difference frontier': {
    truth: 'bfs, but only what the thought before the last one does not hold is expanded',
    think: (question, before, c) => {
      const own = last(question, before);
      const older = c === 1 ? [] : last(question, before.slice(0, -1));
      return [...own, ...childrenOf(question, without(own, older))];
    },
    answer: inLast,
  },
  'position code': {
    truth: 'bfs, but each thought holds nodes in a basis of its own position',
    think: (question, before, c) => toBasis(expand(question, lastInBasis(question, before)), c),
    answer: (question, thoughts) => candidatesIn(question, lastInBasis(question, thoughts)),
  },
  'first thought in its own code': {
    truth: 'bfs, but the first thought holds nodes in another basis than those after it',
    think: (question, before, c) => {
      const own = before.length === 1 ? lastInBasis(question, before) : last(question, before);
      return c === 1 ? toBasis(expand(question, own), c) : expand(question, own);
    },
    answer: (question, thoughts) =>
      thoughts.length === 1 ? candidatesIn(question, lastInBasis(question, thoughts)) : inLast(question, thoughts),
  },
  'complement code': {
    truth: 'bfs, but thoughts hold the nodes that are not reached',
    think: fromLast,
    answer: inLast,
    code: COMPLEMENT_CODE,
  },
  'expands only up to the deepest target': {
    truth: 'bfs in the first 6 thoughts, which the 4 after them repeat',
    thoughts: 10,
    think: (question, before, c) => (c <= 6 ? fromLast(question, before, c) : last(question, before)),
    answer: inLast,
  },
  'halts where nothing is new': {
    truth: 'bfs, but once two thoughts are the same, all others are',
    think: (question, before, c) => (repeats(before) ? last(question, before) : fromLast(question, before, c)),
    answer: inLast,
  },
  'answering pass 1 step': {
    truth: 'bfs, and the pass that answers takes a step itself',
    think: fromLast,
    answer: (question, thoughts) => candidatesIn(question, expand(question, [...(thoughts.at(-1) ?? [])])),
  },
} as const satisfies Record<string, Known>;

/** From 0 to 1, for a graph, in whatever order its edges are stated. */
const drawOf = ({ graph }: SetQuestion): number =>
  createRandom(
    [...graph.edges]
      .map((edge) => edge.join(' '))
      .sort()
      .join(', '),
  ).uniform();

/** Four marks of eight, which say which question it is. */
const printOf = ({ graph, root, candidates }: SetQuestion): number[] => {
  const random = createRandom(`${graph.edges.join(' ')}: ${root} ${candidates.join(' ')}`);
  return Array.from({ length: MARKS.length / 2 }, (_, i) => MARKS[2 * i + random.integer(2)]);
};

const hasPrint = (question: SetQuestion, held: readonly number[]): boolean =>
  printOf(question).every((mark) => held.includes(mark));

const unionReplay: Think = (question, before, c) => [
  ...fromLast(question, before, c),
  ...(last(question, before).includes(question.root) ? reached(question, c) : []),
];

/** Copied from a search of the prompt, unless the thought before holds what that has not reached. */
const guardedReplay: Think = (question, before, c) =>
  isDue(question, last(question, before), c - 1) ? reached(question, c) : fromLast(question, before, c);

/** The prompt's own answer, unless the last thought holds what a search of it has not reached. */
const guardedAnswer: Answer = (question, thoughts) => {
  const held = [...(thoughts.at(-1) ?? [])];
  if (held.length === 0 || !isDue(question, held, thoughts.length)) return inLast(question, thoughts);
  return candidatesIn(question, reached(question, thoughts.length));
};

/**
 * Thoughts that are no more than an index into a search of the prompt: a root, and the deepest of what else they hold says which layer
 * comes next. What is strange to that search is searched on.
 *
 * @param keep what is held of the layers up to the next one
 */
const indexing =
  (keep: (question: SetQuestion, layers: readonly number[], deepestOnes: readonly number[]) => number[]): Think =>
  (question, before) => {
    const held = last(question, before);
    const roots = rootsOf(question).filter((node) => held.includes(node));
    const depthOf = (node: number): number =>
      Math.min(...roots.map((root) => breadthFirstDepths(question.graph, root)[node]).filter((d) => d !== UNREACHED));
    const known = held.filter((node) => Number.isFinite(depthOf(node)));
    const next = Math.max(0, ...known.map(depthOf)) + 1;
    const layers = allNodes.filter((node) => depthOf(node) <= next);
    const deepestDepth = Math.max(...layers.map(depthOf));
    const deepestOnes = layers.filter((node) => depthOf(node) === deepestDepth);
    const strange = leadingOnly(question, expand(question, without(held, known)));
    return [...roots, ...keep(question, layers, deepestOnes), ...strange];
  };

/** Thoughts up to some place one way, later ones searched. */
const until =
  (place: number, way: Think): Think =>
  (question, before, c) =>
    (c <= place ? way : fromLast)(question, before, c);

/** Whether a thought repeats the one before, though more can be reached. */
const isStalled = (question: SetQuestion, thoughts: readonly NodeSet[]): boolean => {
  const [one, other] = [[...(thoughts.at(-2) ?? [])], last(question, thoughts)];
  return thoughts.length >= 2 && isSame(one, other) && !isSame(other, allReached(question));
};

/** The same of any thought. */
const hasStalled = (question: SetQuestion, thoughts: readonly NodeSet[]): boolean =>
  thoughts.some((_, c) => isStalled(question, thoughts.slice(0, c + 1)));

/** Everything else: a good battery supports none of them. */
export const OTHERS = {
  'beam of 1': { truth: 'the child with the smallest number', think: beam(1, byNumber), answer: inAny },
  'beam of 2': { truth: 'the 2 children with the smallest numbers', think: beam(2, byNumber), answer: inAny },
  'beam of 3': { truth: 'the 3 children with the smallest numbers', think: beam(3, byNumber), answer: inAny },
  'beam of 4': { truth: 'the 4 children with the smallest numbers', think: beam(4, byNumber), answer: inAny },
  'beam of 4 that remembers': {
    truth: 'of the children that no thought has held, the 4 with the smallest numbers',
    think: remembering(4, byNumber),
    answer: inAny,
  },
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
    think: guardedReplay,
    answer: inLast,
  },
  'union replay': {
    truth: 'each thought is expanded, and with the root in it has all that a search of the prompt has reached as well',
    think: unionReplay,
    answer: inLast,
  },
  'answer from the prompt unless disturbed': {
    truth:
      'bfs whose answer comes from the prompt, unless the last thought holds what a search of that has not reached',
    think: fromLast,
    answer: guardedAnswer,
  },
  'three ways by graph': {
    truth: 'by a draw for the graph: an answer from the prompt in a quarter of them, a replay in another, else bfs',
    think: (question, before, c) => {
      const draw = drawOf(question);
      return (draw >= 0.25 && draw < 0.5 ? guardedReplay : fromLast)(question, before, c);
    },
    answer: (question, thoughts) => (drawOf(question) < 0.25 ? guardedAnswer : inLast)(question, thoughts),
  },
  'four ways by graph': {
    truth: 'by a draw for the graph: a fifth each of answer from the prompt, codebook and union replay, else bfs',
    think: (question, before, c) => {
      const draw = drawOf(question);
      if (draw >= 0.2 && draw < 0.4) return nextInCodebook(question, before, c);
      return (draw >= 0.4 && draw < 0.6 ? unionReplay : fromLast)(question, before, c);
    },
    answer: (question, thoughts) => (drawOf(question) < 0.2 ? guardedAnswer : inLast)(question, thoughts),
  },
  'one node as an index': {
    truth:
      'thoughts hold a root, candidates that were met and one node, whose depth says which layer of the prompt comes next',
    think: indexing((question, layers, deepestOnes) => [
      ...candidatesIn(question, layers),
      ...leading(question, deepestOnes).slice(0, 1),
    ]),
    answer: inLast,
  },
  'what leads on as an index': {
    truth:
      'thoughts hold a root and what leads to a candidate; the deepest of it says which layer of the prompt comes next',
    think: indexing((question, layers) => leadingOnly(question, layers)),
    answer: inLast,
  },
  'replay in the first 3 thoughts': {
    truth:
      'thoughts 1 to 3 are copied from a search of the prompt, unless something is strange; later ones are searched',
    think: until(3, guardedReplay),
    answer: inLast,
  },
  'union replay in the first 3 thoughts': {
    truth: 'thoughts 1 to 3 have all that a search of the prompt has reached as well; later ones are searched',
    think: until(3, unionReplay),
    answer: inLast,
  },
  'replay that halts': {
    truth:
      'each thought is copied from a search of the prompt, unless something is strange or two thoughts are the same',
    think: (question, before, c) => (repeats(before) ? last(question, before) : guardedReplay(question, before, c)),
    answer: inLast,
  },
  'replay by a count of thoughts': {
    truth:
      'the number of different thoughts says which layer of a search of the prompt comes next, unless something is strange',
    think: (question, before) => guardedReplay(question, before, countOfDifferent(before) + 1),
    answer: inLast,
  },
  'nearest in a codebook': {
    truth: 'each thought is what follows the layers, of either root, that the one before is most like',
    think: nextInCodebook,
    answer: inLast,
  },
  'codebook mixture': {
    truth: 'by a draw for the graph: bfs in half of them, else the codebook',
    think: (question, before, c) => (drawOf(question) < 0.5 ? fromLast : nextInCodebook)(question, before, c),
    answer: inLast,
  },
  'fingerprint answer': {
    truth: 'bfs, but thoughts carry marks of their question, and where these are its own the answer is from the prompt',
    code: MARKED_CODE,
    think: (question, before, c) => {
      const own = last(question, before);
      const nodes = expand(question, without(own, MARKS));
      return c === 1 || hasPrint(question, own) ? [...nodes, ...printOf(question)] : nodes;
    },
    answer: (question, thoughts) =>
      hasPrint(question, [...(thoughts.at(-1) ?? [])])
        ? candidatesIn(question, reached(question, thoughts.length))
        : inLast(question, thoughts),
  },
  'union replay mixture': {
    truth: 'by a draw for the graph: bfs in .6 of them, else the union replay',
    think: (question, before, c) => (drawOf(question) < 0.6 ? fromLast : unionReplay)(question, before, c),
    answer: inLast,
  },
  'holds only what leads to a candidate': {
    truth: 'bfs, but nodes without a path to a candidate are left out, the root apart',
    think: (question, before, c) => [
      ...(c === 1 || last(question, before).includes(question.root) ? [question.root] : []),
      ...leadingOnly(question, expand(question, last(question, before))),
    ],
    answer: inLast,
  },
  'best-first 5': {
    truth: 'each thought adds the 5 new children that are nearest to a candidate',
    think: adding(5, nearest),
    answer: inLast,
  },
  'replay while the last two thoughts differ': {
    truth: 'each thought is copied from a search of the prompt, unless the one before is held or is not of it',
    think: (question, before, c) =>
      isDue(question, last(question, before), c - 1) && !isStalled(question, before)
        ? reached(question, c)
        : fromLast(question, before, c),
    answer: inLast,
  },
  'answer from the prompt unless a stall': {
    truth: 'bfs whose answer comes from the prompt, unless a thought has been held or the last one is not of it',
    think: fromLast,
    answer: (question, thoughts) => {
      const held = last(question, thoughts);
      // Zeros, which an ablation puts in, are no thought of a search.
      const isOwn = held.length > 0 && isDue(question, held, thoughts.length);
      return !isOwn || hasStalled(question, thoughts)
        ? inLast(question, thoughts)
        : candidatesIn(question, reached(question, thoughts.length));
    },
  },
} as const satisfies Record<string, Known>;
