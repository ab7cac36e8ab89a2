import { z } from 'zod';
import { NAME } from './english.js';

const node = z.int({ error: 'expected a node index (an integer from 0)' }).min(0, 'expected a node index (from 0)');

/**
 * One item of the official JSON files of facebookresearch/coconut (`prosqa_*.json`: a list of such objects). `id` is
 * this project's only addition and optional. Fields beyond these are ignored: derived files carry some (such as
 * `neighbor_k`), and as every official field is required, a misspelt one is noticed as missing.
 */
export const officialItem = z.object({
  question: z.string({ error: 'expected a text' }),
  answer: z.string({ error: 'expected a text' }),
  steps: z.array(z.string({ error: 'expected a text' }), { error: 'expected a list of texts' }),
  idx_to_symbol: z
    .array(z.string({ error: 'expected a name' }).regex(NAME, 'expected a name of one word without ".", "?" or "#"'), {
      error: 'expected the list of node names',
    })
    .min(1, 'expected at least one node name'),
  edges: z.array(z.tuple([node, node], { error: 'expected a pair [source, target] of node indices' }), {
    error: 'expected a list of [source, target] pairs',
  }),
  root: node,
  target: node,
  neg_target: node,
  id: z.string({ error: 'expected a text' }).min(1, 'expected a text that is not empty').optional(),
});

/** An item as it stands in a file, its shape checked and nothing else. */
export type OfficialItem = z.infer<typeof officialItem>;
