import type { AucContrast, DisjointGroup, PublishedGroup } from './frontier-readout.js';

/** What some nodes are called: the name, and the abbreviation that fits a terminal's tables. */
export interface NodeWords {
  readonly name: string;
  readonly short: string;
}

/** A group of nodes, and what is in it; c is the number of thoughts. */
export interface GroupWords extends NodeWords {
  readonly definition: string;
}

/** The disjoint classes. */
export const CLASS_WORDS: Readonly<Record<DisjointGroup, GroupWords>> = {
  frontierOptimal: {
    name: 'frontier, optimal',
    short: 'optimal F_c',
    definition: 'breadth-first depth c, and on a shortest path from the root to the target',
  },
  frontierOther: {
    name: 'frontier, other',
    short: 'other F_c',
    definition: 'breadth-first depth c, on no shortest path to the target',
  },
  expanded: { name: 'expanded', short: 'expanded', definition: 'depth below c, the root included' },
  reachableLater: {
    name: 'reachable later',
    short: 'later',
    definition: 'reachable from the root, at a depth above c',
  },
  otherRoot: {
    name: 'other root',
    short: 'other root',
    definition: 'not reachable from the root, but from the entity on the decoy’s side (that entity included)',
  },
  unreachable: {
    name: 'unreachable',
    short: 'unreachable',
    definition: 'reachable from neither: further entities and what only they reach',
  },
};

/** The published groups, which contain one another. */
export const PUBLISHED_WORDS: Readonly<Record<PublishedGroup, GroupWords>> = {
  notReachable: {
    name: 'not reachable',
    short: 'not reachable',
    definition: 'not within c edges of the root',
  },
  reachable: { name: 'reachable', short: 'reachable', definition: 'within c edges of the root' },
  frontier: {
    name: 'walk frontier',
    short: 'walk frontier',
    definition: 'the ends of all walks of exactly c edges, seen before or not',
  },
  optimal: { name: 'optimal', short: 'optimal', definition: 'at depth c on a shortest path to the target' },
};

const WITHIN: NodeWords = { name: 'within c hops', short: 'R_c' };
const BEYOND: NodeWords = { name: 'beyond c hops or never', short: 'beyond' };
const NEVER: NodeWords = { name: 'never reachable', short: 'never' };
const FRONTIER: NodeWords = { name: 'frontier', short: 'F_c' };
const { frontierOptimal: OPTIMAL, frontierOther: OTHER, expanded: EXPANDED, otherRoot: OTHER_ROOT } = CLASS_WORDS;

/** The two sides of every contrast. */
export const CONTRAST_WORDS: Readonly<
  Record<AucContrast, { readonly positive: NodeWords; readonly negative: NodeWords }>
> = {
  withinVsBeyond: { positive: WITHIN, negative: BEYOND },
  withinVsNever: { positive: WITHIN, negative: NEVER },
  frontierVsRest: { positive: FRONTIER, negative: { name: 'all other nodes', short: 'rest' } },
  frontierVsNever: { positive: FRONTIER, negative: NEVER },
  frontierVsExpanded: { positive: FRONTIER, negative: EXPANDED },
  frontierOptimalVsOther: { positive: OPTIMAL, negative: OTHER },
  frontierOtherVsNever: { positive: OTHER, negative: NEVER },
  frontierOtherVsOtherRoot: { positive: OTHER, negative: OTHER_ROOT },
};

/** Said wherever AUCs or top-1 rates are shown. */
export const RANKS_ONLY =
  'AUC and top-1 rank logits however little they differ; the logit gap (nats) says how much they do.';
