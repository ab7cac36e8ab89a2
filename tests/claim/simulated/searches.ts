import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';
import type { Known } from './known.js';
import { repeats } from './prompt-steps.js';
import { COMPLEMENT_CODE, OPPOSITE_CODE, PERMUTED_CODE, type NodeSet } from './set-code.js';
import type { SetQuestion } from './set-question.js';
import { candidatesIn, childrenOf, ever, expand, fromLast, inAny, inLast, last, without } from './set-steps.js';

/** Other numbers for nodes, c times 7 higher: a basis of its own for each position. */
const toBasis = (nodes: readonly number[], c: number): number[] => nodes.map((node) => (node + 7 * c) % SYMBOLIC_NODES);

/** Once more for each of the other multiples, and all are where they were. */
const fromBasis = (nodes: readonly number[], c: number): number[] => toBasis(nodes, (SYMBOLIC_NODES - 1) * c);

/** The thought before, or the root, out of the basis of its position. */
const lastInBasis = (question: SetQuestion, before: readonly NodeSet[]): number[] =>
  fromBasis(last(question, before), before.length);

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
