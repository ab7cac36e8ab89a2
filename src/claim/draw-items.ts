import { permuteIds, randomItem, type Item } from '../dataset/index.js';
import { createRandom } from '../random.js';

/** Fresh items like the official ones, node numbers drawn at random: as they are, numbers tell depths. */
export function drawBatteryItems(seed: number, count: number): Item[] {
  const random = createRandom(`battery items ${seed}`);
  return Array.from({ length: count }, (_, i) => {
    const own = random.fork(`item ${i}`);
    return permuteIds(own.fork('node numbers'), randomItem(own, String(i)));
  });
}
