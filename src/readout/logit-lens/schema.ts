import { z } from 'zod';
import { estimateSchema, headFields, thoughtSchema, type ResultOf } from '../kit/schemas.js';

const layer = z.object({
  /** Block, from 0; the last one is what the thought itself says. */
  layer: z.int().nonnegative(),
  /** AUC inside each graph of the logits of depth-c nodes against those of nodes that the root never reaches; chance .5. */
  auc: estimateSchema,
  /** Mean logit of the first minus that of the second inside each graph, in nats. */
  logitGap: estimateSchema,
  /** Mean of the probability of the depth-c nodes together, over items that have any. */
  frontierMass: estimateSchema,
  /** Of the nodes that are never reached, over items that have any. */
  neverMass: estimateSchema,
  /** Of all nodes. */
  nodeMass: estimateSchema,
});

export const logitLensSchema = z.object({
  ...headFields('logit-lens'),
  perThought: z.array(z.object({ thought: thoughtSchema, layers: z.array(layer) })),
});

/**
 * Layers x thoughts (arXiv 2604.06374 reads first tokens so; logit lens: nostalgebraist 2020).
 *
 * @interface
 */
export type LogitLensReadout = ResultOf<typeof logitLensSchema>;

/** What one layer says at one thought. */
export type LensLayer = LogitLensReadout['perThought'][number]['layers'][number];
