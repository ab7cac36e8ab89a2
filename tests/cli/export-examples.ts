import {
  EDGE_ATTENTION,
  FRONTIER,
  HEIGHT,
  INNER_PRODUCTS,
  INTERPOLATION,
  PARALLELISM,
  TRAINING,
} from '../view/figures/examples.js';

/** What `readout --json` and `frontier --json` write, and the figures of each. */
export const FORMS_OF_READOUTS = [
  { kind: 'readout', readout: PARALLELISM, figures: ['parallelism', 'parallelism-normalised'] },
  { kind: 'readout', readout: HEIGHT, figures: ['height'] },
  { kind: 'readout', readout: INTERPOLATION, figures: ['interpolation'] },
  { kind: 'readout', readout: INNER_PRODUCTS, figures: ['inner-products'] },
  { kind: 'readout', readout: EDGE_ATTENTION, figures: ['edge-attention'] },
  { kind: 'frontier', readout: { kind: 'frontier', ...FRONTIER }, figures: ['frontier'] },
];

/** Two lines of metrics.jsonl. */
export const TRAINING_LINES = TRAINING.slice(0, 2)
  .map((line) => JSON.stringify(line))
  .join('\n');
