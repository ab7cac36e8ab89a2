import { NODE_CLASSES, type NodeClass, type PublishedGroups } from '../../graph/index.js';
import type { GroupContrast } from '../../statistics/index.js';

/**
 * A disjoint class of a graph's nodes at thought c (`nodeClasses` defines them): every node is in exactly one, so no
 * class lifts the mean of another.
 */
export type DisjointGroup = NodeClass;

/**
 * A group of "Reasoning by Superposition" (arXiv 2505.12514, tables 1 and 5) as its notebook computes it: nested, so
 * that the optimal nodes lift every mean around them, and with a walk frontier. Only for comparison with published
 * numbers.
 */
export type PublishedGroup = keyof PublishedGroups;

/** The published groups, in the order of the paper's tables. */
export const PUBLISHED_GROUPS = [
  'notReachable',
  'reachable',
  'frontier',
  'optimal',
] as const satisfies readonly PublishedGroup[];

/** One name for every group of either kind. */
export type GroupKey = NodeClass | `published:${PublishedGroup}`;

/** The two sides of a contrast: unions of disjoint classes. */
export interface Contrast {
  readonly positive: readonly NodeClass[];
  readonly negative: readonly NodeClass[];
}

const FRONTIER = ['frontierOptimal', 'frontierOther'] as const;
const WITHIN = ['expanded', ...FRONTIER] as const;
const NEVER = ['otherRoot', 'unreachable'] as const;

/**
 * The contrasts that are reported. `within` is R_c, all nodes within c hops of the root, the root included: the
 * set whose uniform superposition is thought c in "Reasoning by Superposition" (arXiv 2505.12514). The last two ask
 * for breadth beyond the winner, without the optimal nodes that lift every other contrast.
 */
export const AUC_CONTRASTS = {
  withinVsBeyond: { positive: WITHIN, negative: ['reachableLater', ...NEVER] },
  withinVsNever: { positive: WITHIN, negative: NEVER },
  frontierVsRest: { positive: FRONTIER, negative: ['expanded', 'reachableLater', ...NEVER] },
  frontierVsNever: { positive: FRONTIER, negative: NEVER },
  frontierVsExpanded: { positive: FRONTIER, negative: ['expanded'] },
  frontierOptimalVsOther: { positive: ['frontierOptimal'], negative: ['frontierOther'] },
  frontierOtherVsNever: { positive: ['frontierOther'], negative: NEVER },
  frontierOtherVsOtherRoot: { positive: ['frontierOther'], negative: ['otherRoot'] },
} as const satisfies Readonly<Record<string, Contrast>>;

/** The contrasts of two groups of nodes, by their names. */
export type AucContrast = keyof typeof AUC_CONTRASTS;

export const AUC_CONTRAST_NAMES = Object.keys(AUC_CONTRASTS) as readonly AucContrast[];

/** {@link AUC_CONTRASTS} in the same order, with classes numbered as in {@link NODE_CLASSES}. */
export const NUMBERED_CONTRASTS: readonly GroupContrast[] = AUC_CONTRAST_NAMES.map((name) => ({
  positive: classNumbers(AUC_CONTRASTS[name].positive),
  negative: classNumbers(AUC_CONTRASTS[name].negative),
}));

/** The classes' numbers: their positions in {@link NODE_CLASSES}. */
export function classNumbers(classes: readonly NodeClass[]): number[] {
  return classes.map((name) => NODE_CLASSES.indexOf(name));
}
