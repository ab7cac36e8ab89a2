import { fileURLToPath } from 'node:url';
import { permuteIds, randomItems, type Item } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';
import { tiny, type Tiny } from '../model/support.js';

/** A tiny model with the symbolic vocabulary and room for its prompts. */
export const symbolicTiny = (seed: number): Tiny =>
  tiny(seed, { vocabSize: 40, nPositions: 160, nLayer: 2, tieWordEmbeddings: true });

/** Random items, their node numbers drawn at random. */
export function permutedItems(seed: string, count: number, options: Parameters<typeof randomItems>[2] = {}): Item[] {
  const random = createRandom(seed);
  return randomItems(random, count, options).map((item) => permuteIds(random.fork(`numbers ${item.id}`), item));
}

export const modelFolder = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/models/${name}`, import.meta.url));
