import {
  EDGE_ATTENTION,
  ENTITY_BELIEF,
  FRONTIER,
  HEIGHT,
  INNER_PRODUCTS,
  INNER_PRODUCTS_BINNED,
  INTERPOLATION,
  LOGIT_LENS,
  MEDIATION,
  PARALLELISM,
  QUESTION_PRIOR,
  TRAINING,
  TREE,
} from '../readout/figures/examples.js';
import { PROPAGATION } from '../readout/figures/propagation-example.js';

/** What `readout --json` and `frontier --json` write, and the figures of each. */
export const FORMS_OF_READOUTS = [
  { kind: 'readout', readout: PARALLELISM, figures: ['parallelism', 'parallelism-normalised'] },
  { kind: 'readout', readout: HEIGHT, figures: ['height'] },
  { kind: 'readout', readout: INTERPOLATION, figures: ['interpolation'] },
  { kind: 'readout', readout: INNER_PRODUCTS, figures: ['inner-products'] },
  {
    kind: 'readout',
    readout: INNER_PRODUCTS_BINNED,
    figures: ['inner-products', 'inner-products-histogram', 'inner-products-histogram-published'],
  },
  { kind: 'readout', readout: EDGE_ATTENTION, figures: ['edge-attention'] },
  { kind: 'readout', readout: TREE, figures: ['tree', 'tree-item'] },
  { kind: 'readout', readout: { ...TREE, trees: [] }, figures: ['tree'] },
  { kind: 'readout', readout: ENTITY_BELIEF, figures: ['entity-belief'] },
  { kind: 'readout', readout: QUESTION_PRIOR, figures: ['question-prior'] },
  { kind: 'readout', readout: LOGIT_LENS, figures: ['logit-lens', 'logit-lens-gap', 'logit-lens-mass'] },
  { kind: 'readout', readout: MEDIATION, figures: ['mediation'] },
  { kind: 'readout', readout: PROPAGATION, figures: ['propagation'] },
  { kind: 'frontier', readout: FRONTIER, figures: ['frontier'] },
];

/** Two lines of metrics.jsonl. */
export const TRAINING_LINES = TRAINING.slice(0, 2)
  .map((line) => JSON.stringify(line))
  .join('\n');
