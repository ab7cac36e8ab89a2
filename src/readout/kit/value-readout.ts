import { observeValues, positionsOfValues } from './observe-values.js';
import type { Readout } from './define-readout.js';
import { valuesOf, type ValueObservation } from './value-observation.js';

/** What the readouts of the values of nodes have in common: how values are observed, and that a recording holds them. */
export const READS_VALUES = {
  wholeNames: true,
  following: positionsOfValues,
  observe: (model, items, wording, { thoughts }) => observeValues(model, items, wording, thoughts),
  ofRecord: valuesOf,
} satisfies Partial<Readout<string, ValueObservation>>;
