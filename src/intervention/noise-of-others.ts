import { itemSearch, type Item } from '../dataset/index.js';
import type { Random } from '../random.js';
import type { AblationPool } from './ablation.js';
import { fillThoughts, thoughtOf, type Thoughts } from './thought-rows.js';

/**
 * Gaussian noise with the mean and the covariance that the thoughts of a pool's items of other graphs have at the step:
 *
 *     mean + sum_i g_i (x_i - mean) / sqrt(N), g_i ~ N(0, 1), x_1..x_N those thoughts
 *
 * for each step anew. Its mean square is theirs, so that it is as long as a thought, and it holds nothing of the item's own.
 * Published analyses draw noise by coordinate, at a scale of theirs (arXiv 2602.22441, 2602.08783): then one draw is another
 * one in another basis of the residual stream, though the model computes the same. This is the same in any.
 *
 * @param randomOf the stream of an item
 * @param shape [n, k, d]
 * @param pool has another graph than each item's
 */
export function noiseOfOthers(
  randomOf: (item: Item) => Random,
  items: readonly Item[],
  shape: readonly number[],
  pool: AblationPool & { readonly thoughts: Thoughts },
): Thoughts {
  const graphs = pool.items.map((item) => itemSearch(item).key);
  return fillThoughts(shape, (into, row, c) => {
    const { key } = itemSearch(items[row]);
    const others = [...pool.items.keys()].filter((other) => graphs[other] !== key);
    const random = randomOf(items[row]).fork(`thought ${c}`);
    const drawn = others.map(() => random.normal());
    const average = drawn.reduce((sum, g) => sum + g, 0) / others.length;
    // The sum above by thoughts: weights that add up to 1.
    const weights = drawn.map((g) => 1 / others.length + (g - average) / Math.sqrt(others.length));
    const sum = new Float64Array(into.length);
    others.forEach((other, i) => {
      const thought = thoughtOf(pool.thoughts, other, c);
      for (let j = 0; j < sum.length; j++) sum[j] += weights[i] * thought[j];
    });
    into.set(sum);
  });
}
