import { collecting, defineReadout } from '../kit/define-readout.js';
import { bothHistograms } from '../kit/group-histogram-figure.js';
import { edgeAttentionFigure, edgeAttentionHistogram } from './figure.js';
import { observeEdgeAttention } from './observe.js';
import { readEdgeAttention } from './read.js';
import { edgeAttentionSchema, type EdgeAttentionReadout } from './schema.js';
import { formatEdgeAttention } from './table.js';

const name = 'edge-attention';

export const readout = defineReadout({
  name,
  title: 'what the position that reads a thought looks at, by groups of edges',
  source: 'Reasoning by Superposition (arXiv 2505.12514), section 5, table 1, and its notebook',
  doesNotShow: 'Attention is not use, and summing over heads hides which of them searches.',
  schema: edgeAttentionSchema,
  options: ['layer'],
  following: () => 0,
  observe: (model, items, wording, { thoughts, layer }) => observeEdgeAttention(model, items, wording, thoughts, layer),
  begin: collecting(readEdgeAttention),
  table: formatEdgeAttention,
  figures: (result: EdgeAttentionReadout) => ({
    [name]: edgeAttentionFigure(result),
    ...bothHistograms(name, result, edgeAttentionHistogram),
  }),
});
