import type { AucContrast, DisjointGroup, PublishedGroup } from '../readout/index.js';

/** Every class of nodes as the report names and defines it; c is the number of thoughts. */
export const CLASS_WORDS: Readonly<Record<DisjointGroup, { readonly name: string; readonly definition: string }>> = {
  frontierOptimal: {
    name: 'frontier, optimal',
    definition: 'breadth-first depth c, and on a shortest path from the root to the target',
  },
  frontierOther: {
    name: 'frontier, other',
    definition: 'breadth-first depth c, on no shortest path to the target',
  },
  expanded: { name: 'expanded', definition: 'depth below c, the root included' },
  reachableLater: { name: 'reachable later', definition: 'reachable from the root, at a depth above c' },
  otherRoot: {
    name: 'other root’s',
    definition: 'not reachable from the root, but from the entity on the decoy’s side (that entity included)',
  },
  unreachable: { name: 'unreachable', definition: 'reachable from neither: further entities and what only they reach' },
};

/** The published groups, which contain one another. */
export const PUBLISHED_WORDS: Readonly<Record<PublishedGroup, { readonly name: string; readonly definition: string }>> =
  {
    notReachable: { name: 'not reachable', definition: 'not within c edges of the root' },
    reachable: { name: 'reachable', definition: 'within c edges of the root' },
    frontier: { name: 'frontier (walk)', definition: 'the ends of all walks of exactly c edges, seen before or not' },
    optimal: { name: 'optimal', definition: 'at depth c on a shortest path to the target' },
  };

/** The two sides of every contrast, in words. */
export const CONTRAST_WORDS: Readonly<Record<AucContrast, readonly [positive: string, negative: string]>> = {
  withinVsBeyond: ['within c hops', 'all other nodes'],
  withinVsNever: ['within c hops', 'never reachable'],
  frontierVsRest: ['frontier', 'all other nodes'],
  frontierVsNever: ['frontier', 'never reachable'],
  frontierVsExpanded: ['frontier', 'expanded'],
  frontierOtherVsNever: ['frontier, not optimal', 'never reachable'],
  frontierOptimalVsOther: ['frontier, optimal', 'frontier, other'],
  frontierOtherVsOtherRoot: ['frontier, not optimal', 'other root’s'],
};

/** What a reader must not conclude from this report alone. */
export const DOES_NOT_SHOW: readonly (readonly [claim: string, why: string])[] = [
  [
    'That the model uses its thoughts.',
    'Everything here is read off the thoughts; nothing is changed. A thought can hold the frontier while the answer is computed elsewhere. Only interventions (removing, replacing, exchanging thoughts) tell.',
  ],
  [
    'That thoughts are needed for it.',
    'The same tables for matched controls (no thoughts, pause tokens, a random initialisation, other curricula) are not in this report. In the original Coconut paper such controls reach the same accuracy on ProsQA.',
  ],
  [
    'That a right answer came from search.',
    'On the official validation and test items, discarding the candidate that the other root reaches within three edges is right 98.6 % of the time, and choosing the candidate of lower in-degree 66 %.',
  ],
  [
    'That depth alone separates the groups.',
    'Nodes of different depth also differ in degree and, in the official files, in number: node numbers follow the order of creation. The AUC inside a graph removes differences between graphs, not these.',
  ],
  [
    'How another training run would come out.',
    'The intervals cover the choice of graphs only, not the seed or the data order of the training, and are not adjusted for the number of cells.',
  ],
];
