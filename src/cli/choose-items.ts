import { itemSearch, permuteIds, type Item, type ItemFile } from '../dataset/index.js';
import { plural } from '../plural.js';
import { LensError } from '../errors.js';
import { createRandom } from '../random.js';

/**
 * The items that `itemFlags` choose. New node numbers belong to the graph, whatever its place and whatever else is asked: questions
 * about one graph get the same, so that it stays one graph, which intervals, folds and donors count as one.
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
  return chosen.map((item) => permuteIds(random.fork(`graph ${itemSearch(item).key}`), item));
}
