import { createRandom } from '../random.js';
import { graphKey } from './graph-key.js';
import type { Item } from './item.js';

/**
 * Names an item's question for random streams: its graph, root and candidates. What is drawn for it belongs to the question,
 * wherever it stands in a file or a batch, and whatever id it has there; one that is asked twice, also with its
 * sentences in another order or other names, has the same stream.
 */
export function itemLabel(item: Item): string {
  const { root, target, decoy } = item;
  return `item ${root} ${target} ${decoy} ${graphKey(item)}`;
}

/** Items in an order that depends on what they ask and state alone, and is as good as random; a copy. */
export function canonicalOrder(items: readonly Item[]): Item[] {
  const keyed = items.map((item) => {
    const label = itemLabel(item);
    return { item, key: createRandom(label).uniform(), text: `${label} ${statementOf(item)}` };
  });
  keyed.sort((a, b) => a.key - b.key || (a.text < b.text ? -1 : Number(a.text > b.text)));
  return keyed.map(({ item }) => item);
}

/** What two wordings of one question may differ in. */
function statementOf({ edges, candidates, names }: Item): string {
  return JSON.stringify([edges, candidates, names]);
}
