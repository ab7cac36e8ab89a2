import type { Item } from '../../src/dataset/index.js';
import type { ValueObservation } from '../../src/readout/index.js';

/** Hand-made values, [k][n]. */
export function valuesFor(item: Item, ...values: (readonly number[])[]): ValueObservation {
  return { item, scorer: 'sequence', readAs: [...item.names.keys()], values };
}
