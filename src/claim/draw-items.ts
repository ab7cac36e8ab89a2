import { permuteIds, randomItem, type Item } from '../dataset/index.js';
import type { RandomGraphOptions } from '../graph/index.js';
import { createRandom } from '../random.js';

/**
 * Fresh items, node numbers drawn at random: as they are, numbers tell depths.
 *
 * @param sizes of their graphs; default: those of the official items
 */
export function drawBatteryItems(seed: number, count: number, sizes: RandomGraphOptions = {}): Item[] {
  const random = createRandom(`battery items ${seed}`);
  return Array.from({ length: count }, (_, i) => {
    const own = random.fork(`item ${i}`);
    return permuteIds(own.fork('node numbers'), randomItem(own, String(i), sizes));
  });
}
