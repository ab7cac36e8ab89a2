import { z } from 'zod';
import { estimateSchema, headFields, thoughtSchema, type ResultOf } from '../kit/schemas.js';
import { PROPAGATION_EDITS, PROPAGATION_READINGS } from './edit-names.js';

const armSchema = z.object({
  /** AUC, 0 to 1. */
  after: estimateSchema,
  /** after - before within items, -1 to 1. */
  change: estimateSchema,
});

const editsSchema = z.array(
  z.object({
    name: z.enum(PROPAGATION_EDITS),
    /** Those that some items have. */
    readings: z.array(
      z.object({
        name: z.enum(PROPAGATION_READINGS),
        /** AUC with the item's own thoughts: 1 displayed above all never-reached nodes, 1/2 not told from them. */
        before: estimateSchema,
        edited: armSchema,
        /** Over the items that have another node. */
        wrongNode: armSchema,
        sameSize: armSchema,
      }),
    ),
    /** Fall of T / 100, -1 to 1. */
    fall: z.object({ edited: estimateSchema, wrongNode: estimateSchema, sameSize: estimateSchema }),
  }),
);

export const propagationSchema = z.object({
  ...headFields('propagation'),
  /** Share of items that are answered correctly. */
  correct: estimateSchema,
  /** Share of items in which some thought is edited. */
  used: estimateSchema,
  /** Over all thoughts of an item that are edited. */
  pooled: z.object({ edits: editsSchema }),
  /** By thought t. */
  perThought: z.array(z.object({ thought: thoughtSchema, edits: editsSchema })),
  /** By the edges from the frontier to the target, depth - t. */
  perToGo: z.array(z.object({ name: z.string(), toGo: z.int().positive(), edits: editsSchema })),
});

/**
 * Whether thought t + 1 is computed from what thought t displays, branch by branch. All intervals are closed-form, 95 % over
 * graphs.
 *
 * @interface
 */
export type PropagationReadout = ResultOf<typeof propagationSchema>;

/** One edit, over some thoughts. */
export type PropagationEffect = PropagationReadout['pooled']['edits'][number];

/** What one edit does to one reading. */
export type PropagationDisplay = PropagationEffect['readings'][number];
