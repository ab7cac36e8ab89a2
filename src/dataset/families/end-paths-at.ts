import type { Item } from '../item.js';

/**
 * The same question without the statements that lead on from a node, so that paths end there, as at ProsQA's candidates.
 *
 * @returns undefined if a node that these lead to has no other parent: it would be an entity, and named like one
 */
export function endPathsAt(item: Item, node: number): Item | undefined {
  const edges = item.edges.filter(([source]) => source !== node);
  const ends = new Set(edges.map(([, end]) => end));
  if (item.edges.some(([source, end]) => source === node && !ends.has(end))) return undefined;
  const { id, names, root, target, decoy, candidates, path } = item;
  return { id, names, edges, root, target, decoy, candidates, path };
}
