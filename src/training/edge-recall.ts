import type { Random } from '../random.js';
import { SYMBOLIC_TOKENS, symbolicStatements } from '../tokenizer/index.js';
import { IGNORED } from './coconut-loss.js';
import type { TrainingSequence } from './sequence.js';
import type { Question } from './training-example.js';

/** Edges that a sequence recalls. */
const RECALLED = 8;

/** What stands between the statements and what is recalled. */
const OPENING = [SYMBOLIC_TOKENS['[R]']];

/**
 * Recall of edges, what a model must be able to do before it can search: after the statements and `[R]`, pairs of
 * tokens, the source of a random edge and its target, which is to be predicted.
 *
 * @param edges of the graph, as tokens
 */
export function edgeRecallSequence(random: Random, edges: readonly (readonly [number, number])[]): TrainingSequence {
  const drawn = Array.from({ length: RECALLED }, () => edges[random.integer(edges.length)]);
  return {
    opening: OPENING,
    latents: 0,
    suffix: drawn.flat(),
    labels: [IGNORED, ...drawn.flatMap(([, target]) => [target, IGNORED])],
  };
}

/** The tokens after which a target of `source` is to be recalled. */
export function edgeRecallPrompt(question: Question, source: number): number[] {
  return [...symbolicStatements(question), ...OPENING, source];
}
