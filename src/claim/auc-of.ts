import { auc } from '../statistics/index.js';

/** The AUC of one set of nodes against another by their values; undefined where one is empty. */
export function aucOf(
  values: ArrayLike<number>,
  positive: readonly number[],
  negative: readonly number[],
): number | undefined {
  if (positive.length === 0 || negative.length === 0) return undefined;
  const nodes = [...positive, ...negative];
  return auc(
    nodes.map((node) => values[node]),
    nodes.map((_, i) => i < positive.length),
  );
}
