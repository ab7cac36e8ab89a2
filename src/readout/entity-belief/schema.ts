import { z } from 'zod';
import { estimateSchema, headFields, thoughtSchema, type ResultOf } from '../kit/schemas.js';
import { BELIEF_CATEGORIES } from './belief-categories.js';

const category = z.object({
  name: z.enum(BELIEF_CATEGORIES),
  /** Mean over items of the category's total probability. */
  probability: estimateSchema,
  /** The same for equal probabilities: its nodes over all nodes of the graph. */
  uniform: estimateSchema,
});

export const entityBeliefSchema = z.object({
  ...headFields('entity-belief'),
  perThought: z.array(
    z.object({
      /** c: thoughts read before the names. The hidden state there is the one that would be thought c + 1. */
      thought: thoughtSchema,
      categories: z.array(category),
      entropyBits: estimateSchema,
      /** log2 of the number of nodes, mean over items: the entropy of knowing nothing. */
      uniformBits: estimateSchema,
      /** Share of items with P(target) > .5, with a Wilson interval over graphs. */
      targetMajority: estimateSchema,
      /** Raw sum over all nodes, before normalisation. */
      nodeMass: estimateSchema,
    }),
  ),
});

/**
 * P(entity) at every probe position ("Illusion of Superposition?", arXiv 2604.06374).
 *
 * @interface
 */
export type EntityBeliefReadout = ResultOf<typeof entityBeliefSchema>;

/** What whole names get after some thoughts. */
export type BeliefAfter = EntityBeliefReadout['perThought'][number];

/** One category after c thoughts; over the items that have a node of it. */
export type CategoryBelief = BeliefAfter['categories'][number];
