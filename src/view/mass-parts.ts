import { itemSearch, type Item } from '../dataset/index.js';
import { nodeClasses, type NodeClass } from '../graph/index.js';
import type { ShownThoughts } from './shown-item.js';

/** Where the probability lies after one thought of one item; the parts add up to 1. */
export interface MassParts {
  readonly frontier: number;
  readonly expanded: number;
  readonly later: number;
  readonly never: number;
  readonly offGraph: number;
}

const PART_OF: Readonly<Record<NodeClass, Exclude<keyof MassParts, 'offGraph'>>> = {
  frontierOptimal: 'frontier',
  frontierOther: 'frontier',
  expanded: 'expanded',
  reachableLater: 'later',
  otherRoot: 'never',
  unreachable: 'never',
};

export const MASS_WORDS: Readonly<Record<keyof MassParts, string>> = {
  frontier: 'frontier',
  expanded: 'expanded',
  later: 'reachable later',
  never: 'never reachable',
  offGraph: 'off the graph',
};

/** Element c - 1 is where the probability lies after thought c. */
export function massParts(item: Item, { nodes, offGraph }: ShownThoughts): MassParts[] {
  const search = itemSearch(item);
  return nodes.map((probabilities, i) => {
    const parts = { frontier: 0, expanded: 0, later: 0, never: 0, offGraph: offGraph[i] };
    nodeClasses(search.graph, search, i + 1).forEach((nodeClass, node) => {
      parts[PART_OF[nodeClass]] += probabilities[node];
    });
    return parts;
  });
}
