import type { Random } from '../../random.js';
import type { Item } from '../item.js';

/**
 * The same question with its sentences in another order, a uniformly random one; candidates, numbers, names and id stay,
 * and so does the file's own order of the edges. It shows whatever goes by position (F14, invariance under the order of
 * edges): the choice of `chooseLaterMention` changes with the order, a search's does not. What that rule is right in above
 * a half (58.6 % on the official items) is no matter of the order and stays: mentions are later where they are fewer.
 */
export function permuteEdgeOrder(random: Random, item: Item): Item {
  const order = random.shuffle([...item.edges.keys()]);
  const edges = order.map((previous) => item.edges[previous]);
  if (item.fileEdgeOrder === undefined) return { ...item, edges };
  const position: number[] = [];
  order.forEach((previous, now) => (position[previous] = now));
  return { ...item, edges, fileEdgeOrder: item.fileEdgeOrder.map((previous) => position[previous]) };
}
