import type { Item } from '../../dataset/index.js';

/** How probable every node's name is where nothing but thoughts was read before it. */
export interface NamesObservation {
  readonly item: Item;
  /**
   * [K + 1][n]: entry c after c thoughts have been read (0: at the prompt's last position), the natural logarithm of the
   * probability of each node's whole name, the product over its tokens.
   */
  readonly logProbabilities: readonly (readonly number[])[];
}
