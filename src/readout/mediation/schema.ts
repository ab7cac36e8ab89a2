import { z } from 'zod';
import { estimateSchema, headFields, thoughtSchema, type ResultOf } from '../kit/schemas.js';
import { MEDIATION_BASES } from './basis-names.js';

const effectSchema = z.object({
  /** Fall of T / 100, -1 to 1. */
  fall: estimateSchema,
  /** Its share of `full`: sum over sum, over the items of `fall`. */
  ofFull: estimateSchema,
});

const summaryFields = {
  /** Fall of T / 100 when all of delta is patched in. */
  full: estimateSchema,
  /** Those that the model and some of the items have. */
  bases: z.array(
    z.object({
      name: z.enum(MEDIATION_BASES),
      /** Dimensions of the subspace; as wide as a thought it holds everything, and its numbers say nothing. */
      rank: z.object({ least: z.int().nonnegative(), greatest: z.int().nonnegative() }),
      /** |P delta|^2 / |delta|^2. */
      share: estimateSchema,
      /** P delta patched in. */
      inside: effectSchema,
      /** delta - P delta patched in. */
      rest: effectSchema,
    }),
  ),
};

export const mediationSchema = z.object({
  ...headFields('mediation'),
  /** d, of a thought; 0 where there are no items. */
  width: z.int().nonnegative(),
  /** Whether the LM head's rows are the input embeddings: then `embedding` is `head` and left out. */
  tied: z.boolean(),
  /** Share of items that are answered correctly. */
  correct: estimateSchema,
  /** Share of items in which something is patched. */
  used: estimateSchema,
  /** Over all swaps and thoughts of an item. */
  pooled: z.object(summaryFields),
  /** Over the swaps of an item; thoughts that are patched in some item. */
  perThought: z.array(z.object({ thought: thoughtSchema, ...summaryFields })),
});

/**
 * In which subspaces of the thoughts the search is held (Cheng and Zhang, arXiv 2609.35643, whose edge swaps are patched).
 * All intervals are closed-form, 95 % over graphs.
 *
 * @interface
 */
export type MediationReadout = ResultOf<typeof mediationSchema>;

/** All cells, or those of one thought. */
export type MediationSummary = MediationReadout['pooled'];

/** One subspace. */
export type MediationBasis = MediationSummary['bases'][number];
