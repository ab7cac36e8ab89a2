import { collecting, defineReadout } from '../kit/define-readout.js';
import { bothHistograms } from '../kit/group-histogram-figure.js';
import { innerProductsFigure, innerProductsHistogram } from './figure.js';
import { observeInnerProducts } from './observe.js';
import { readInnerProducts } from './read.js';
import { innerProductsSchema, type InnerProductsReadout } from './schema.js';
import { formatInnerProducts } from './table.js';

const name = 'inner-products';

export const readout = defineReadout({
  name,
  title: 'thoughts against token embeddings, by published and by disjoint groups of nodes',
  source: 'Reasoning by Superposition (arXiv 2505.12514), section 5, tables 5 and figure 6, and its notebook',
  doesNotShow:
    'The published means of reachable and frontier contain the optimal nodes and are lifted by them: only the disjoint classes tell whether other frontier nodes are held.',
  schema: innerProductsSchema,
  following: () => 0,
  observe: (model, items, wording, { thoughts }) => observeInnerProducts(model, items, wording, thoughts),
  begin: collecting(readInnerProducts),
  table: formatInnerProducts,
  figures: (result: InnerProductsReadout) => ({
    [name]: innerProductsFigure(result),
    ...bothHistograms(name, result, innerProductsHistogram),
  }),
});
