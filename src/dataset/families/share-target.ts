import { entitiesOf, UNREACHED, type Edge } from '../../graph/index.js';
import type { Random } from '../../random.js';
import { itemSearch } from '../item-search.js';
import type { Item } from '../item.js';
import { withEdges } from './edit-item.js';

/**
 * The same question with one sentence more, by which the other root reaches the target too, and no later than any entity
 * but the root reaches the decoy. The new edge leads from a node that the other root reaches and the root does not to
 * one between root and target, to the target itself only where nothing else is near enough; the sentence stands at a
 * random place. What the root reaches, and at which depth, is as it was, and so are numbers, names, id and path.
 *
 * It breaks elimination for every number of hops, from the other root as well as from all entities
 * (`chooseNotReachedFrom`): whenever it finds the decoy it has found the target, so that it ties or is wrong. A search
 * from the root finds the target as before.
 *
 * @returns undefined if no such edge exists, as where the decoy has no entity above it
 */
export function shareTarget(random: Random, item: Item): Item | undefined {
  const { target } = item;
  const { graph, depths: own, otherDepths: other, toTarget, toDecoy } = itemSearch(item);
  const limit = entitiesOf(graph).reduce(
    (least, entity) => (toDecoy[entity] === UNREACHED ? least : Math.min(least, toDecoy[entity])),
    Infinity,
  );
  const sources = [...own.keys()].filter((node) => own[node] === UNREACHED && other[node] !== UNREACHED);
  const between = [...own.keys()].filter((node) => own[node] > 0 && toTarget[node] !== UNREACHED);
  const possible = sources.flatMap((source) =>
    between
      .filter((node) => other[source] + 1 + toTarget[node] <= limit && !graph.successors[source].includes(node))
      .map((node): Edge => [source, node]),
  );
  const indirect = possible.filter(([, node]) => node !== target);
  const choice = indirect.length > 0 ? indirect : possible;
  if (choice.length === 0) return undefined;
  const edges = [...item.edges];
  edges.splice(random.integer(edges.length + 1), 0, choice[random.integer(choice.length)]);
  return withEdges(random, item, edges);
}
