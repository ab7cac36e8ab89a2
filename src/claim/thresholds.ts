/**
 * The battery's pre-set thresholds, all of them, each with its reason. They were fixed before any trained model was
 * judged; docs/battery.md shows how the models of known algorithm come out under them.
 *
 * `support`: the 95 % interval must lie wholly beyond it for the criterion to support breadth-first search.
 * `contradict`: it must lie wholly on the other side of this one to contradict it. What lies between is undetermined.
 */
export interface Threshold {
  readonly support: number;
  readonly contradict: number;
  readonly why: string;
}

export const THRESHOLDS = {
  competence: {
    support: 0.5,
    contradict: 0.65,
    why: 'Share of right answers, chance .5. What is significantly above chance can be examined; what is not, and lies below .65 with its whole interval, gives nothing to explain. .65 is what the degree of the candidates alone gives on official items.',
  },
  retainedWithoutThoughts: {
    support: 0.5,
    contradict: 0.5,
    why: 'Share of the excess over chance that is kept when the thoughts are replaced. Half: more than half of the answers then do not need the thoughts, and the search that they hold explains the smaller part.',
  },
  beyondControl: {
    support: 0,
    contradict: 0.02,
    why: 'Difference from a control on the same items. Any that is not 0 is evidence of what the control lacks; the other way round, a model that is not two points better (the margin of equivalence for accuracies) is as good as its control.',
  },
  retainedOnNeutral: {
    support: 0.5,
    contradict: 0.5,
    why: 'Share of the excess over chance that is kept where a shortcut is silent. A model that lives by the shortcut keeps 0, one that searches 1; half is the middle.',
  },
  followsShortcut: {
    support: 0.25,
    contradict: 0.5,
    why: 'Share right where a shortcut points to the target, less the share right where it points to the decoy. 0 for a search, 1 for a model that lives by the shortcut; half is the middle, and a quarter allows for what both depend on, such as depth.',
  },
  breadthAuc: {
    support: 0.75,
    contradict: 0.65,
    why: 'AUC of frontier nodes that are on no shortest path against nodes that are never reachable. A thought of a single path holds at most one such node: with the two to four others of a frontier at .5 that gives up to .65.',
  },
  breadthSlope: {
    support: 0.1,
    contradict: 0.05,
    why: 'Slope of log effective nodes on log frontier size within a thought: 1 for a uniform superposition of the frontier, 0 for a fixed number of branches. A tenth says that breadth follows the frontier at all.',
  },
  diagonality: {
    support: 0.1,
    contradict: 0.05,
    why: 'How much higher the AUC of depth d against farther nodes is at thought d than at the other thoughts. 0 if thoughts do not advance, about .5 for a frontier held and then dropped, about .3 where nodes are held for good.',
  },
  winnerAtOnce: {
    support: 0.8,
    contradict: 0.95,
    why: 'Share of items in which thought 1 ranks the target above the decoy. It lies at least three steps away, so a search cannot know; .95 is where the answer is known before the search begins.',
  },
  transplantContrast: {
    support: 0.3,
    contradict: 0.1,
    why: 'Fall of T / 100 by transplanted thoughts that a search has led past the changed edge, less that by earlier ones. 1 for a search that forgets, .5 and more for one that keeps its root and finds the target once more; .3 is half of that, .1 is no carrier of the search.',
  },
  followsSwap: {
    support: 0.75,
    contradict: 0.5,
    why: 'Share of answers that follow a change of two edges which turns the answer round. Below half the graph that is stated is not what decides.',
  },
  insertedRank: {
    support: 0.75,
    contradict: 0.65,
    why: 'Rank of a node just connected among the unreachable ones, as an AUC; chance .5. As for breadth: one path alone gives up to .65.',
  },
  insertedUnchanged: {
    support: 0.9,
    contradict: 0.75,
    why: 'Share of answers that a dead branch leaves as they are. A search is not moved by it; a tenth allows for a trained model being imperfect.',
  },
  branchEffect: {
    support: 10,
    contradict: -5,
    why: 'Fall of T (in points of 100) by an edit of the branch that decides, beyond the same edit of a branch that does not. 50 for an exact search, 10 a fifth of it. That an edit does nothing contradicts nothing: the model may hold nodes along other directions. Only edits that do less than their reference would.',
  },
  rivalRetained: {
    support: 0.5,
    contradict: 0.5,
    why: 'Share of the excess over chance kept on items that break a rival algorithm. The rival keeps 0 or less, the search 1.',
  },
  cutPreference: {
    support: 0.75,
    contradict: 0.75,
    why: 'Share of answers that still name the former target when no path leads to it. A search is left with a coin, .5; elimination says 1. .75 is the middle.',
  },
  budgetContrast: {
    support: 0.2,
    contradict: 0.1,
    why: 'Share right with enough thoughts for the depth, less share right with too few. .5 for an exact search; below .1 accuracy does not depend on the budget.',
  },
  diversity: {
    support: 0.3,
    contradict: 0.1,
    why: 'Rank correlation of the distinct next steps expected in 100 draws with the size of the frontier, within a thought. .3 is a medium effect (Cohen 1988), .1 a small one.',
  },
  valueAuc: {
    support: 0.6,
    contradict: 0.6,
    why: 'AUC of frontier nodes that can reach the target against those that cannot. .5 for a search that does not evaluate; .6 is a small but real preference.',
  },
  carrierSufficient: {
    support: 0.8,
    contradict: 0.5,
    why: 'Share of answers that turn into the twin question’s when its thoughts are put in. SCIT (arXiv 2608.27265) asks .80 of a carrier; below half most answers are carried elsewhere.',
  },
  carrierSelective: {
    support: 0.25,
    contradict: 0.5,
    why: 'The same for the root’s own keys and values without the thoughts. SCIT allows a competitor .25.',
  },
  invariance: {
    support: 0.9,
    contradict: 0.75,
    why: 'Share of answers that stay when sentences or node numbers are permuted, which changes nothing that a search looks at. A tenth allows for a trained model being imperfect.',
  },
} as const satisfies Readonly<Record<string, Threshold>>;

export type ThresholdName = keyof typeof THRESHOLDS;
