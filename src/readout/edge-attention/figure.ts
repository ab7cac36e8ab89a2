import type { Figure, FigureOptions } from '../../drawing/index.js';
import { groupHistogram, type HistogramOptions } from '../kit/group-histogram-figure.js';
import { groupMeansFigure } from '../kit/group-means-figure.js';
import type { EdgeAttentionReadout } from './schema.js';

/** What the figures need of a readout. @inline */
type Shown = Pick<
  EdgeAttentionReadout,
  'items' | 'graphs' | 'bootstrap' | 'layer' | 'heads' | 'binEdges' | 'perThought'
>;

/** Mean attention to the edges of a group (arXiv 2505.12514, table 1), and what even attention would give. */
export function edgeAttentionFigure(readout: Shown, { id = 'edge-attention' }: FigureOptions = {}): Figure {
  const { layer, heads, perThought } = readout;
  const where = layer === null ? '' : ` of layer ${layer}${heads === null ? '' : ` (sum of ${heads} heads)`}`;
  return groupMeansFigure(readout, {
    id,
    title: `Attention to the edges${where}`,
    members: 'edges',
    description: `Mean attention to an edge of each group where n thoughts have been read, beside what attention spread evenly over all positions would give.`,
    xLabel: 'thoughts read',
    yLabel: 'mean attention to an edge',
    reference: { name: 'even attention', points: perThought.map(({ thought, even }) => ({ x: thought, ...even })) },
  });
}

/** Values of single edges: how attention spreads in each group. */
export function edgeAttentionHistogram(readout: Shown, options: HistogramOptions = {}): Figure {
  const title = 'Attention to single edges';
  return groupHistogram(readout, options, { name: 'edge-attention', title, members: 'edges', xLabel: 'attention' });
}
