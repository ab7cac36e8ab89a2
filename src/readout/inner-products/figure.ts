import type { Figure, FigureOptions } from '../../drawing/index.js';
import { groupHistogram, type HistogramOptions } from '../kit/group-histogram-figure.js';
import { groupMeansFigure } from '../kit/group-means-figure.js';
import type { Binned } from '../kit/node-groups.js';
import type { Sampled } from '../kit/sample.js';
import type { InnerProductsAfter } from './schema.js';

/** What the figures need of a readout. @inline */
type Shown = Sampled & Binned & { readonly perThought: readonly Omit<InnerProductsAfter, 'auc'>[] };

/** Mean inner product of thoughts with node embeddings by group (arXiv 2505.12514, table 5 and figure 6). */
export function innerProductsFigure(readout: Shown, { id = 'inner-products' }: FigureOptions = {}): Figure {
  return groupMeansFigure(readout, {
    id,
    title: 'Inner products of thoughts and node embeddings',
    members: 'nodes',
    description: `Mean inner product of thought c with the token embeddings of the nodes of each group, c from 1 to ${readout.perThought.length}.`,
    xLabel: 'thought c',
    yLabel: 'mean inner product',
  });
}

/** Values of single nodes (arXiv 2505.12514, figure 6): how the inner products spread in each group. */
export function innerProductsHistogram(readout: Shown, options: HistogramOptions = {}): Figure {
  const title = 'Inner products of single nodes';
  return groupHistogram(readout, options, { name: 'inner-products', title, members: 'nodes', xLabel: 'inner product' });
}
