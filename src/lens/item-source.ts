import { createHash } from 'node:crypto';
import { formatItems, itemProblem, type Item, type ItemFile } from '../dataset/index.js';
import { LensError } from '../errors.js';

/** Items, or a file of them as `readItems` gives it. */
export type ItemSource = ItemFile | readonly Item[];

/**
 * Items with the place they come from. Items of a program are named by the hash of the file that they would be.
 *
 * @throws LensError naming an item of a program that is none
 */
export function itemFileOf(source: ItemSource): ItemFile {
  if ('items' in source) return source;
  source.forEach((item, index) => {
    const problem = itemProblem(item);
    if (problem !== undefined)
      throw new LensError(`items in memory item ${index}`, problem, 'make items with readItems or parseItems', 'usage');
  });
  return {
    items: source,
    path: 'items in memory',
    sha256: createHash('sha256').update(formatItems(source)).digest('hex'),
  };
}
