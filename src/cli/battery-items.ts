import { drawBatteryItems } from '../claim/index.js';
import { readItems, type Item } from '../dataset/index.js';
import { chooseItems } from './choose-items.js';

/** Items for a battery, and where they come from. */
export interface BatteryItems {
  readonly items: readonly Item[];
  /** A file, or what was drawn, in words. */
  readonly path: string;
  readonly sha256?: string;
}

/** The items of a file, as `itemFlags` choose them, or fresh ones. */
export async function batteryItems(flags: {
  readonly items?: string | undefined;
  readonly n: number;
  readonly seed: number;
  readonly limit?: number | undefined;
  readonly permuteIds?: number | undefined;
}): Promise<BatteryItems> {
  if (flags.items === undefined) {
    return { items: drawBatteryItems(flags.seed, flags.n), path: `${flags.n} fresh items, seed ${flags.seed}` };
  }
  const file = await readItems(flags.items);
  return { items: chooseItems(file, flags), path: file.path, sha256: file.sha256 };
}
