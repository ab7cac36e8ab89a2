import type { Item } from '../../dataset/index.js';
import type { Wording } from '../../tokenizer/index.js';

/** The tokens of the names of all nodes: [items][n][tokens]. */
export function namesOf(items: readonly Item[], wording: Wording): number[][][] {
  return items.map((item) => item.names.map((_, node) => wording.nodeTokens(item, node)));
}
