import { z } from 'zod';
import { estimateSchema, headFields, scorerSchema, thoughtSchema, type ResultOf } from '../kit/schemas.js';

const curve = z.array(z.number().nullable());

const scale = z.object({
  /** Mean over items of the values of the highest one, two and three candidates together. */
  top1: estimateSchema,
  top2: estimateSchema,
  top3: estimateSchema,
  /**
   * The curves: the cumulative values at the result's percentiles of the items, each curve over its own ascending order, as
   * in figure 6. null where no item has candidates.
   */
  curves: z.object({ top1: curve, top2: curve, top3: curve }),
  /** Mean of the second highest value over items with at least two candidates; over all items it would be top2 - top1. */
  second: estimateSchema,
  /** Mean of the third highest value over items with at least three. */
  third: estimateSchema,
});

export const parallelismSchema = z.object({
  ...headFields('parallelism'),
  scorer: scorerSchema.nullable(),
  percentiles: z.array(z.number()),
  perThought: z.array(
    z.object({
      thought: thoughtSchema,
      /** As published. */
      raw: scale,
      /** Over the sum of the candidates' values. */
      normalised: scale,
      /** What a thought that holds all candidates evenly would give, normalised, over the same items. */
      uniform: z.object({ top1: estimateSchema, second: estimateSchema, third: estimateSchema }),
    }),
  ),
});

/**
 * How much of a thought lies on one, two and three candidates (Coconut, arXiv 2412.06769 v3, section 4.3, figure 6).
 *
 * @interface
 */
export type ParallelismReadout = ResultOf<typeof parallelismSchema>;

/** The candidates of one thought, on both scales of values. */
export type ParallelismAfter = ParallelismReadout['perThought'][number];

/** One scale of values: raw as published, or over the sum of the candidates'. */
export type ParallelismScale = ParallelismAfter['raw'];
