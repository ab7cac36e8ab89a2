import { z } from 'zod';
import { estimateSchema, headFields, type ResultOf } from '../kit/schemas.js';

const reading = z.object({
  target: estimateSchema,
  decoy: estimateSchema,
  /** P(target) / (P(target) + P(decoy)), mean over items; .5 where the question says nothing. */
  targetShare: estimateSchema,
  /** Share of items with P(target) > P(decoy), ties half, with a Wilson interval over graphs; chance .5. */
  targetAbove: estimateSchema,
  /** Share of items with P(target) > .5 among all nodes, with a Wilson interval over graphs. */
  targetMajority: estimateSchema,
  /** Sum over the root's children, the frontier after one step. */
  frontier: estimateSchema,
  /** The same for equal probabilities: children over nodes. */
  frontierUniform: estimateSchema,
  entropyBits: estimateSchema,
  /** Raw sum over all nodes: how much of the model's prediction is a node at all. */
  nodeMass: estimateSchema,
});

export const questionPriorSchema = z.object({ ...headFields('question-prior'), before: reading, answer: reading });

/**
 * What the question says before any thought (arXiv 2604.06374).
 *
 * @interface
 */
export type QuestionPriorReadout = ResultOf<typeof questionPriorSchema>;

/** One of the two places. Probabilities are over the sum of all nodes of the graph, but for `nodeMass`. */
export type PriorReading = QuestionPriorReadout['before'];
