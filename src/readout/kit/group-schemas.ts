import { z } from 'zod';
import { NODE_CLASSES } from '../../graph/index.js';
import { PUBLISHED_GROUPS } from './groups.js';
import type { Binned, GroupMeans } from './node-groups.js';
import { estimateSchema, thoughtSchema } from './schemas.js';

const group = { members: z.int(), mean: estimateSchema, counts: z.array(z.int()).optional() };

/** `GroupMeans` after a number of thoughts. */
export const groupFields = {
  thought: thoughtSchema,
  published: z.array(z.object({ name: z.enum(PUBLISHED_GROUPS), ...group })),
  classes: z.array(z.object({ name: z.enum(NODE_CLASSES), ...group })),
};

/** `Binned`: results of older versions count no values. */
export const binnedFields = { binEdges: z.array(z.number()).optional() };

/** Whether every group counts its values in the result's bins. */
export function countsFit(result: Binned & { readonly perThought: readonly GroupMeans[] }): boolean {
  const { binEdges: edges, perThought } = result;
  const bins = edges === undefined ? undefined : Math.max(0, edges.length - 1);
  return perThought.every((after) =>
    [...after.published, ...after.classes].every(({ counts }) => counts?.length === bins),
  );
}

/** What is wrong where they do not. */
export const OTHER_BINS = 'counts of other bins than there are edges';
