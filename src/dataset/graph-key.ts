import type { Item } from './item.js';

/**
 * Names an item's graph, for clustering: items that ask different questions of one graph get the same key, however
 * their names, root, candidates and sentence order differ. Two numberings of one graph count as two graphs.
 */
export function graphKey({ names, edges }: Pick<Item, 'names' | 'edges'>): string {
  const sorted = edges.map(([source, target]) => source * names.length + target).sort((a, b) => a - b);
  return `${names.length}:${sorted.join(',')}`;
}
