import { z } from 'zod';
import { binnedFields, countsFit, groupFields, OTHER_BINS } from '../kit/group-schemas.js';
import { estimateSchema, headFields, type ResultOf } from '../kit/schemas.js';

export const edgeAttentionSchema = z
  .object({
    ...headFields('edge-attention'),
    /** The block, from 0; null where nothing was read. */
    layer: z.int().nullable(),
    heads: z.int().nullable(),
    ...binnedFields,
    /**
     * By n, the number of thoughts read. The paper's step i is n = i - 1: in its tables reachable and frontier agree at step
     * 1, as they do only at n = 0.
     */
    perThought: z.array(
      z.object({
        ...groupFields,
        /** Mean over items of the attention on all edges together, over the number of heads: a share from 0 to 1. */
        onEdges: estimateSchema,
        /** What attention spread evenly over all positions would give an edge, mean over items: the level to compare with. */
        even: estimateSchema,
      }),
    ),
  })
  .refine(countsFit, OTHER_BINS);

/**
 * Attention to edges (Reasoning by Superposition, arXiv 2505.12514, section 5, table 1).
 *
 * @interface
 */
export type EdgeAttentionReadout = ResultOf<typeof edgeAttentionSchema>;

export type EdgeAttentionAfter = EdgeAttentionReadout['perThought'][number];
