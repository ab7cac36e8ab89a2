import { itemSearch } from '../dataset/index.js';
import { massParts } from './mass-parts.js';
import type { ShownItem } from './shown-item.js';

/**
 * Which candidate the last recorded thought gives more probability to. A recording holds no answers: this is what its
 * thoughts say, not what the model would say after them.
 */
export type Outcome = 'target' | 'decoy' | 'equal';

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  target: 'target above decoy',
  decoy: 'decoy above target',
  equal: 'both equal',
};

/** One item in the list of a page. All numbers are those of the first recording. */
export interface ListedItem {
  /** Position in the page's items. */
  readonly index: number;
  readonly id: string;
  readonly names: readonly string[];
  /** Breadth-first depth of the target. */
  readonly depth: number;
  readonly nodes: number;
  /** Probability of the target after the last thought. */
  readonly target: number;
  /** Probability of the decoy after the last thought. */
  readonly decoy: number;
  /** Probability off the graph after the last thought. */
  readonly offGraph: number;
  /** Probability on the frontier F_c after thought c, averaged over the thoughts. */
  readonly frontier: number;
  readonly outcome: Outcome;
}

/** @throws Error if the first recording does not have the item: pages list only what it has */
export function listItem(shown: ShownItem, index: number): ListedItem {
  const { item } = shown;
  const thoughts = shown.recordings.at(0);
  if (thoughts === undefined) throw new Error(`item ${item.id} is not in the first recording`);
  const last = thoughts.nodes.length - 1;
  const [target, decoy] = [item.target, item.decoy].map((node) => thoughts.nodes[last][node]);
  const parts = massParts(item, thoughts);
  return {
    index,
    id: item.id,
    names: item.names,
    depth: itemSearch(item).depth,
    nodes: item.names.length,
    target,
    decoy,
    offGraph: thoughts.offGraph[last],
    frontier: parts.reduce((sum, { frontier }) => sum + frontier, 0) / parts.length,
    outcome: target === decoy ? 'equal' : target > decoy ? 'target' : 'decoy',
  };
}

/** What the list can be sorted by. */
export type ListColumn = 'index' | 'depth' | 'nodes' | 'target' | 'decoy' | 'offGraph' | 'frontier';

export interface ListChoice {
  /** Part of an id or of a node's name, whatever its case. */
  readonly search: string;
  readonly outcome: Outcome | 'all';
  readonly sort: ListColumn;
  readonly descending: boolean;
}

/** The items that fit, in the order asked for; equal ones keep the order of the recording. */
export function chooseItems(items: readonly ListedItem[], choice: ListChoice): ListedItem[] {
  const wanted = choice.search.trim().toLowerCase();
  const sign = choice.descending ? -1 : 1;
  return items
    .filter(({ outcome }) => choice.outcome === 'all' || outcome === choice.outcome)
    .filter(({ id, names }) => wanted === '' || [id, ...names].some((text) => text.toLowerCase().includes(wanted)))
    .sort((a, b) => sign * (a[choice.sort] - b[choice.sort]) || a.index - b.index);
}
