import { collecting, defineReadout } from '../kit/define-readout.js';
import { READS_VALUES } from '../kit/value-readout.js';
import { treeFigure } from './figure.js';
import { treeItemFigure } from './item-figure.js';
import { readTree } from './read.js';
import { treeSchema, type TreeReadout } from './schema.js';
import { formatTree } from './table.js';

export const readout = defineReadout({
  ...READS_VALUES,
  name: 'tree',
  title: 'values of nodes along the graph, and the candidates at depth c',
  source: 'Coconut (arXiv 2412.06769 v3), section 4.3, figure 5 ("concept value", "extended set")',
  doesNotShow:
    'Raw values depend on how much language a model was trained to say after c thoughts: low sums need not mean that nothing is held.',
  schema: treeSchema,
  begin: collecting(readTree),
  table: formatTree,
  figures: (result: TreeReadout) => ({
    tree: treeFigure(result),
    ...(result.trees.length > 0 && { 'tree-item': treeItemFigure(result) }),
  }),
});
