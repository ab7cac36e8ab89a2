import { breadthFirstDepths, UNREACHED } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { SYMBOLIC_NODES } from '../../../src/tokenizer/index.js';
import { MARKS, type NodeSet } from './set-code.js';
import type { SetQuestion } from './set-question.js';
import {
  allReached,
  candidatesIn,
  expand,
  fromLast,
  inLast,
  isDue,
  isSame,
  last,
  leadingOnly,
  reached,
  rootsOf,
  without,
  type Answer,
  type Think,
} from './set-steps.js';

// Steps that look at a search of the prompt, or at how thoughts repeat.

/** Whether the last two thoughts are the same. */
export const repeats = (before: readonly NodeSet[]): boolean =>
  before.length >= 2 && isSame([...(before.at(-1) ?? [])], [...(before.at(-2) ?? [])]);

/** How many different thoughts there are. */
export const countOfDifferent = (before: readonly NodeSet[]): number =>
  new Set(before.map((nodes) => [...nodes].sort((a, b) => a - b).join(' '))).size;

const allNodes = Array.from({ length: SYMBOLIC_NODES }, (_, node) => node);

/** From 0 to 1, for a graph, in whatever order its edges are stated. */
export const drawOf = ({ graph }: SetQuestion): number =>
  createRandom(
    [...graph.edges]
      .map((edge) => edge.join(' '))
      .sort()
      .join(', '),
  ).uniform();

/** Four marks of eight, which say which question it is. */
export const printOf = ({ graph, root, candidates }: SetQuestion): number[] => {
  const random = createRandom(`${graph.edges.join(' ')}: ${root} ${candidates.join(' ')}`);
  return Array.from({ length: MARKS.length / 2 }, (_, i) => MARKS[2 * i + random.integer(2)]);
};

export const hasPrint = (question: SetQuestion, held: readonly number[]): boolean =>
  printOf(question).every((mark) => held.includes(mark));

export const unionReplay: Think = (question, before, c) => [
  ...fromLast(question, before, c),
  ...(last(question, before).includes(question.root) ? reached(question, c) : []),
];

/** Copied from a search of the prompt, unless the thought before holds what that has not reached. */
export const guardedReplay: Think = (question, before, c) =>
  isDue(question, last(question, before), c - 1) ? reached(question, c) : fromLast(question, before, c);

/** The prompt's own answer, unless the last thought holds what a search of it has not reached. */
export const guardedAnswer: Answer = (question, thoughts) => {
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
export const indexing =
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
export const until =
  (place: number, way: Think): Think =>
  (question, before, c) =>
    (c <= place ? way : fromLast)(question, before, c);

/** Whether a thought repeats the one before, though more can be reached. */
export const isStalled = (question: SetQuestion, thoughts: readonly NodeSet[]): boolean => {
  const [one, other] = [[...(thoughts.at(-2) ?? [])], last(question, thoughts)];
  return thoughts.length >= 2 && isSame(one, other) && !isSame(other, allReached(question));
};

/** The same of any thought. */
export const hasStalled = (question: SetQuestion, thoughts: readonly NodeSet[]): boolean =>
  thoughts.some((_, c) => isStalled(question, thoughts.slice(0, c + 1)));
