import { z } from 'zod';
import { binnedFields, countsFit, groupFields, OTHER_BINS } from '../kit/group-schemas.js';
import { AUC_CONTRAST_NAMES } from '../kit/groups.js';
import { estimateSchema, headFields, type ResultOf } from '../kit/schemas.js';

export const innerProductsSchema = z
  .object({
    ...headFields('inner-products'),
    ...binnedFields,
    perThought: z.array(
      z.object({
        ...groupFields,
        /** AUC of the inner product inside each graph, mean over items that have nodes on both sides; chance .5. */
        auc: z.record(z.enum(AUC_CONTRAST_NAMES), estimateSchema),
      }),
    ),
  })
  .refine(countsFit, OTHER_BINS);

/**
 * <t_c, u_v> by group (Reasoning by Superposition, arXiv 2505.12514, section 5, tables 5 and figure 6).
 *
 * @interface
 */
export type InnerProductsReadout = ResultOf<typeof innerProductsSchema>;

export type InnerProductsAfter = InnerProductsReadout['perThought'][number];
