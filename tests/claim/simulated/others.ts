import type { Known } from './known.js';
import {
  repeats,
  countOfDifferent,
  drawOf,
  hasPrint,
  printOf,
  unionReplay,
  guardedReplay,
  guardedAnswer,
  indexing,
  until,
  isStalled,
  hasStalled,
} from './prompt-steps.js';
import { MARKED_CODE, MARKS } from './set-code.js';
import {
  adding,
  beam,
  byNumber,
  candidatesIn,
  deepest,
  expand,
  firstChildren,
  fromLast,
  inAny,
  inLast,
  isDue,
  last,
  leading,
  leadingOnly,
  nearest,
  nextInCodebook,
  reached,
  remembering,
  without,
} from './set-steps.js';

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
