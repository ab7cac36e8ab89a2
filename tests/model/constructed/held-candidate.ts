import type { Item } from '../../../src/dataset/index.js';
import type { Choice } from '../../../src/graph/index.js';

/** The candidate that one of the sets has, or `tie`. */
export function heldCandidate({ candidates }: Item, sets: readonly ReadonlySet<number>[]): Choice {
  const held = candidates.filter((candidate) => sets.some((nodes) => nodes.has(candidate)));
  return held.length === 1 ? held[0] : 'tie';
}
