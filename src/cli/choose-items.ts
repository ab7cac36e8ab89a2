import { itemSearch, permuteIds, type Item, type ItemFile } from '../dataset/index.js';
import { plural } from '../plural.js';
import { LensError } from '../errors.js';
import { createRandom } from '../random.js';

/**
 * The items that `itemFlags` choose. Questions about one graph get the same new numbers: it stays one graph, which
 * intervals, folds and donors count as one.
 *
 * @throws LensError if there are not as many
 */
export function chooseItems(
  { items, path }: ItemFile,
  { limit, permuteIds: seed }: { readonly limit?: number | undefined; readonly permuteIds?: number | undefined },
): readonly Item[] {
  if (limit !== undefined && limit > items.length) {
    throw new LensError(
      '--limit',
      `asks for ${plural(limit, 'item')}, ${path} has ${items.length}`,
      'ask for fewer',
      'usage',
    );
  }
  const chosen = items.slice(0, limit);
  if (seed === undefined) return chosen;
  const random = createRandom(`node numbers ${seed}`);
  const firstOf = new Map<string, number>();
  return chosen.map((item, index) => {
    const graph = itemSearch(item).key;
    const first = firstOf.get(graph) ?? index;
    firstOf.set(graph, first);
    return permuteIds(random.fork(`item ${first}`), item);
  });
}
