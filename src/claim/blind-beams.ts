import type { ItemSearch } from '../dataset/index.js';
import type { Graph } from '../graph/index.js';
import type { Random } from '../random.js';
import { mean } from '../statistics/index.js';
import { BEAMS } from './beams.js';

/** Orders of the nodes that are drawn for each item, of which every width has the same. */
const DRAWS = 128;

/** How often a blind beam of some width finds an item's target. */
export interface BlindBeam {
  readonly width: number;
  /** The share of one half of the draws, by which items are chosen... */
  readonly chosenBy: number;
  /** ...and of the other half, which was not chosen. */
  readonly chance: number;
}

/**
 * How often beams find the target that keep nodes whatever these lead to, by an order that is drawn for the graph, as that of numbers
 * is drawn anew for every item. Of the children of its nodes such a beam keeps the first so many that it has not kept before,
 * and it goes on as long as there are any: no thought is too few for it.
 */
export function blindBeamsOf({ item, graph }: Pick<ItemSearch, 'item' | 'graph'>, random: Random): BlindBeam[] {
  const orders = Array.from({ length: DRAWS }, () => random.shuffle(Array.from(item.names, (_, node) => node)));
  return BEAMS.map((width) => {
    const found = orders.map((rankOf) => Number(finds(graph, item.root, item.target, width, rankOf)));
    const half = DRAWS / 2;
    return { width, chosenBy: mean(found.slice(0, half)), chance: mean(found.slice(half)) };
  });
}

/** @param rankOf [node] nodes of low rank are kept first */
function finds({ successors }: Graph, root: number, target: number, width: number, rankOf: readonly number[]): boolean {
  const kept = new Set([root]);
  let beam = [root];
  while (beam.length > 0) {
    const children = new Set(beam.flatMap((node) => successors[node].filter((child) => !kept.has(child))));
    beam = [...children].sort((a, b) => rankOf[a] - rankOf[b]).slice(0, width);
    if (beam.includes(target)) return true;
    for (const node of beam) kept.add(node);
  }
  return false;
}
