import { z } from 'zod';
import { estimateSchema, headFields, scorerSchema, thoughtSchema, type ResultOf } from '../kit/schemas.js';

const atHeight = z.object({
  height: z.int(),
  /** Mean value of nodes that can reach the target; n counts items that have one at this height. */
  correct: estimateSchema,
  /** Of those that cannot. */
  incorrect: estimateSchema,
  /** Number of nodes behind the two. */
  nodes: z.object({ correct: z.int(), incorrect: z.int() }),
});

const correlation = z.object({
  /** Pearson's r. */
  plain: estimateSchema,
  /** Pearson's partial r given the number of descendants: (r_vh - r_vd r_hd) / sqrt((1 - r_vd^2)(1 - r_hd^2)). */
  partial: estimateSchema,
});

const reading = z.object({
  byHeight: z.array(atHeight),
  /** Mean value of correct nodes minus that of incorrect ones, whatever their height. */
  gap: estimateSchema,
  /** The same within strata of equal height: the mean of the strata's gaps, weighted by n_c n_i / (n_c + n_i). */
  gapAtEqualHeight: estimateSchema,
  /** The same within strata of equal height and equal number of descendants (0, 1, 2, 3-4, 5-8, 9 and more). */
  gapAtEqualHeightAndDescendants: estimateSchema,
  correlation: z.object({ correct: correlation, incorrect: correlation }),
});

export const heightSchema = z.object({
  ...headFields('height'),
  scorer: scorerSchema.nullable(),
  perThought: z.array(
    z.object({
      thought: thoughtSchema,
      /** Items that have candidates at depth c and whose target lies at depth c or deeper. */
      items: z.int(),
      longest: reading,
      shortest: reading,
    }),
  ),
});

/**
 * Value against height (Coconut, arXiv 2412.06769 v3, section 4.4, figures 5 and 7). The paper defines height twice, and
 * differently: the longest distance to a leaf (caption of figure 5) and the shortest (section 4.4).
 *
 * @interface
 */
export type HeightReadout = ResultOf<typeof heightSchema>;

/** The values after one number of thoughts, by both definitions of height. */
export type HeightAfter = HeightReadout['perThought'][number];

/** By one of the two definitions of height. */
export type HeightReading = HeightAfter['longest'];

/** Values at one height. Each node of each item counts once. */
export type AtHeight = HeightReading['byHeight'][number];

/** Correlation of a node's value with its height, over the nodes of one kind. */
export type HeightCorrelation = HeightReading['correlation']['correct'];
