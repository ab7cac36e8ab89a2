import { createHash } from 'node:crypto';
import { formatItems, type Item, type ItemFile } from '../dataset/index.js';

/** Items, or a file of them as `readItems` gives it. */
export type ItemSource = ItemFile | readonly Item[];

/** Items with the place they come from. Items of a program are named by the hash of the file that they would be. */
export function itemFileOf(source: ItemSource): ItemFile {
  if ('items' in source) return source;
  return {
    items: source,
    path: 'items in memory',
    sha256: createHash('sha256').update(formatItems(source)).digest('hex'),
  };
}
