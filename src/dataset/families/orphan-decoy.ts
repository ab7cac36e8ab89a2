import { inDegree } from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemSearch } from '../item-search.js';
import type { Item } from '../item.js';
import { withEdges } from './edit-item.js';

/**
 * The same question with the decoy cut off from every entity of the item: of its parents one concept is kept, drawn at
 * random, and that one loses all of its own parents. No entity of the original has a path to the decoy then, at any
 * distance. The rest of the graph, target and path included, is as it was, and so are numbers and id.
 *
 * In a graph without cycles something without parents is above every node that a sentence calls somebody's kind. Here
 * it is the one parent, which is a further entity now and is named like one. So this family breaks elimination from the
 * other root (`chooseNotReachedFrom` with the original's `otherRootOf`; 98.6 % within three hops on the official items),
 * which finds neither candidate whatever its hops; a search from the root finds the target as before. Elimination from
 * all entities starts at the new one as well and is not broken: `shareTarget` breaks that.
 *
 * @returns undefined if no parent of the decoy can be kept: all are entities, or another node would be left without any
 * edge
 */
export function orphanDecoy(random: Random, item: Item): Item | undefined {
  const { graph } = itemSearch(item);
  const parents = random.shuffle(graph.predecessors[item.decoy].filter((parent) => inDegree(graph, parent) > 0));
  for (const kept of parents) {
    const edges = item.edges.filter(
      ([source, target]) => target !== kept && (target !== item.decoy || source === kept),
    );
    const edited = withEdges(random, item, edges);
    if (edited !== undefined) return edited;
  }
  return undefined;
}
