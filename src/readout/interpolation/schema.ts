import { z } from 'zod';
import { estimateSchema, headFields, thoughtSchema, type ResultOf } from '../kit/schemas.js';
import { PROCESS_CLASSES } from './process-class.js';

export const interpolationSchema = z.object({
  ...headFields('interpolation'),
  /** Share of correct paths that a random walk from the root has, which ignores the candidates (`blindWalk`). */
  blindWalk: estimateSchema,
  /**
   * The same of one who guesses a candidate and says its last step (`guessedEnding`): what `correctPath` has without any
   * search from k = 1 on.
   */
  guessedEnding: estimateSchema,
  perThought: z.array(
    z.object({
      /** k. */
      thought: thoughtSchema,
      /** Share of each class; they sum to 1. */
      classes: z.record(z.enum(PROCESS_CLASSES), estimateSchema),
      answer: z.object({
        /** Share of answers that are the target; none named counts as wrong. Chance for one who guesses a candidate: .5. */
        right: estimateSchema,
        /** Share of items where one of the two candidates is named. */
        candidate: estimateSchema,
      }),
      /** Mean number of the item's nodes that are named before the answer. */
      nodes: estimateSchema,
    }),
  ),
});

/**
 * Between thinking and speaking (Coconut, arXiv 2412.06769 v3, sections 4.1 and 4.2, figure 3).
 *
 * @interface
 */
export type InterpolationReadout = ResultOf<typeof interpolationSchema>;

/** What was said after one number of thoughts. Shares have Wilson intervals over graphs. */
export type SpokenAfter = InterpolationReadout['perThought'][number];
