import { auc } from '../statistics/index.js';

/** Logits nearer to each other than this are tied: machines and batches round that much differently. */
const TIE = 1e-4;

/** The AUC of one set of nodes against another by their logits; undefined where one is empty. */
export function aucOf(
  logits: ArrayLike<number>,
  positive: readonly number[],
  negative: readonly number[],
): number | undefined {
  if (positive.length === 0 || negative.length === 0) return undefined;
  const nodes = [...positive, ...negative];
  return auc(
    levelsOf(nodes.map((node) => logits[node])),
    nodes.map((_, i) => i < positive.length),
  );
}

/** The same order, in whole numbers; what is less than {@link TIE} apart from its neighbour has the same one. */
function levelsOf(values: readonly number[]): Int32Array {
  const levels = new Int32Array(values.length);
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  let level = 0;
  order.forEach((at, i) => {
    if (i > 0 && values[at] - values[order[i - 1]] >= TIE) level++;
    levels[at] = level;
  });
  return levels;
}
