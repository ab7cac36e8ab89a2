import type { Random } from '../random.js';
import { SYMBOLIC_TOKENS } from '../tokenizer/index.js';
import { IGNORED } from './coconut-loss.js';
import type { TrainingSequence } from './sequence.js';

/** Edges that a sequence recalls. */
const RECALLED = 8;

/**
 * Recall of edges, what a model must be able to do before it can search: after the statements and `[R]`, pairs of
 * tokens, the source of a random edge and its target, which is to be predicted.
 *
 * @param edges of the graph, as tokens
 */
export function recallSequence(random: Random, edges: readonly (readonly [number, number])[]): TrainingSequence {
  const drawn = Array.from({ length: RECALLED }, () => edges[random.integer(edges.length)]);
  return {
    opening: [SYMBOLIC_TOKENS['[R]']],
    latents: 0,
    suffix: drawn.flat(),
    labels: [IGNORED, ...drawn.flatMap(([, target]) => [target, IGNORED])],
  };
}
