import { createRandom } from '../random.js';
import { graphKey } from './graph-key.js';
import type { Item } from './item.js';

/**
 * Names an item for random streams: what is drawn for it belongs to it, wherever it stands in a file or a batch. Two items
 * with the same id, graph and question have the same.
 */
export function itemLabel(item: Item): string {
  const { id, root, target, decoy } = item;
  // A slash separates the labels of nested streams.
  return `item ${id} ${root} ${target} ${decoy} ${graphKey(item)}`.replaceAll('/', ' ');
}

/** Items in an order that depends on the items alone, and is as good as random; a copy. */
export function canonicalOrder(items: readonly Item[]): Item[] {
  const keyed = items.map((item) => {
    const label = itemLabel(item);
    return { item, label, key: createRandom(label).uniform() };
  });
  keyed.sort((a, b) => a.key - b.key || (a.label < b.label ? -1 : Number(a.label > b.label)));
  return keyed.map(({ item }) => item);
}
