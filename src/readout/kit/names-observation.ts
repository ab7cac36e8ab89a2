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

/** Probabilities over their sum, from logarithms: no sum underflows. */
export function softmax(logarithms: readonly number[]): number[] {
  const highest = Math.max(...logarithms);
  const weights = logarithms.map((x) => Math.exp(x - highest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
