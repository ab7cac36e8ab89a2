import type { Scorer } from '../../recording/index.js';
import type { AucContrast, DisjointGroup, PublishedGroup } from './groups.js';

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

/** What a scorer's numbers are called. */
export interface ScorerWords {
  /** What is read, as a title. */
  readonly title: string;
  /** How it is read: a sentence. */
  readonly reading: string;
  /** What ranks nodes. */
  readonly score: string;
  /** The same, short. */
  readonly short: string;
  /** Several of them. */
  readonly scores: string;
  /** What the spread over nodes says. */
  readonly breadth: string;
  /** What lies off the graph. */
  readonly offGraph: string;
}

export const SCORER_WORDS: Readonly<Record<Scorer, ScorerWords>> = {
  firstToken: {
    title: 'Continuous thoughts through the LM head',
    reading: 'Every thought goes through the LM head, which gives each node the probability of its name’s first token.',
    score: 'the LM-head logit',
    short: 'logit',
    scores: 'logits',
    breadth: 'How many nodes a thought holds',
    offGraph: 'tokens that name no node',
  },
  sequence: {
    title: 'Whole names in language after the continuous thoughts',
    reading:
      'After every thought the model is read in language: V, the value of a node, is the product of the probabilities of all tokens of its name.',
    score: 'log V',
    short: 'log V',
    scores: 'values',
    breadth: 'Over how many nodes V spreads',
    offGraph: 'whatever is no node’s name',
  },
};

/** Said wherever AUCs or top-1 rates are shown. */
export function ranksOnly(scorer: Scorer): string {
  const { scores, short } = SCORER_WORDS[scorer];
  return `AUC and top-1 rank ${scores} however little they differ; the ${short} gap (nats) says how much they do.`;
}
