import { createRandom } from '../random.js';
import type { Item } from './item.js';
import { randomItems } from './random-item.js';

/**
 * The items of fixtures/prosqa/demo.json: 100 random items like ProsQA's, always the same ones. Changing the seed or
 * the generator changes the fixture, which has to be written anew (scripts/make-items.js).
 */
export function demoItems(): Item[] {
  return randomItems(createRandom('coconut-lens demo items'), 100);
}
