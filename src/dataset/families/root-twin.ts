import { randomShortestPath, UNREACHED } from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemSearch } from '../item-search.js';
import type { Item } from '../item.js';

/**
 * The same statements and candidates, asked from the other root (`otherRootOf`): target and decoy change roles. Names,
 * numbers, sentences, candidates, their orders and the id stay; the path is one of the shortest from the new root, drawn
 * at random. In the symbolic wording the two prompts differ in their last token alone, in English in one name.
 *
 * Between the two the answer turns on the root and on nothing else that the prompt states: whatever goes by the graph and
 * the candidates alone (degrees, depths from entities, numbers, positions) answers both alike, so it is right in exactly one
 * of them. A search from the root is right in both.
 *
 * @returns undefined if the other root reaches the target as well, or is the decoy itself
 */
export function rootTwin(random: Random, item: Item): Item | undefined {
  const { target, decoy } = item;
  const { graph, otherRoot: root, otherDepths } = itemSearch(item);
  if (root === decoy || otherDepths[target] !== UNREACHED) return undefined;
  return { ...item, root, target: decoy, decoy: target, path: randomShortestPath(random, graph, root, decoy) };
}
