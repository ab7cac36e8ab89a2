import type { NodeClass, PublishedGroups } from '../../graph/index.js';
import type { Scorer } from '../../recording/index.js';
import type { Estimate } from '../../statistics/index.js';
import type { ReadoutRow } from '../kit/readout-rows.js';

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

/**
 * The nodes of one group at one thought, read through the LM head.
 *
 * Means of two groups must not be compared as if they came from the same graphs: groups are large in large graphs,
 * where every node has less. For a perfectly uniform superposition the optimal nodes of the official validation items
 * get .271 each and the other frontier nodes .224, because optimal nodes make up more of small frontiers. Comparisons
 * belong to {@link AucReadout}, which stays inside each graph.
 */
export interface GroupReadout<Name extends string = string> {
  readonly name: Name;
  /** How many nodes of all items are in the group: the denominator of `probability` and `logit`. */
  readonly nodes: number;
  /** Mean probability of a node of the group, each node of each item counting once; n = items with such a node. */
  readonly probability: Estimate;
  /** Mean LM-head logit of a node of the group, likewise. */
  readonly logit: Estimate;
  /** Mean over items of the group's total probability; an item without such a node counts as 0. */
  readonly mass: Estimate;
  /** Mean over items of the number of nodes in the group. */
  readonly size: Estimate;
  /**
   * Mean over items of the number of tokens that name the group, a token that m nodes of the graph share counting 1/m
   * for each. Over the vocabulary's size it is the group's mass where all tokens are equally probable.
   */
  readonly tokens: Estimate;
}

/** Where the probability of the whole vocabulary lies, mean over items. The five sum to 1. */
export interface MassReadout {
  /** Nodes at depth c. */
  readonly frontier: Estimate;
  /** Nodes at depth < c, the root included. */
  readonly expanded: Estimate;
  /** Nodes reachable from the root at depth > c. */
  readonly later: Estimate;
  /** Nodes that the root never reaches: `otherRoot` and `unreachable` together. */
  readonly never: Estimate;
  /** Every token that names no node of the graph. */
  readonly offGraph: Estimate;
}

/**
 * How many nodes a thought holds, from the distribution over the graph's nodes alone (normalised within the graph).
 * Nodes that share a token split its probability evenly, which is the most breadth that it can stand for: a thought
 * that holds one such token counts as holding all nodes that it names.
 */
export interface BreadthReadout {
  /** Shannon entropy in bits, mean over items. */
  readonly entropyBits: Estimate;
  /** Effective number of nodes, mean over items of exp(H in nats) = 2^(H in bits). */
  readonly effectiveNodes: Estimate;
  /** What a uniform superposition of all nodes within c hops would give: mean log2 |R_c| and mean |R_c|. */
  readonly uniformWithin: { readonly entropyBits: Estimate; readonly nodes: Estimate };
  /** What a uniform superposition of the frontier would give, over items that have one: mean log2 |F_c| and |F_c|. */
  readonly uniformFrontier: { readonly entropyBits: Estimate; readonly nodes: Estimate };
}

/** A top-1 rate beside what chance gives on the same items. Ties count as their expected value under random breaking. */
export interface TopOneReadout {
  readonly rate: Estimate;
  /**
   * The same rate, on the same items, for a score of the tokens that is independent of the graph, in expectation: a
   * candidate drawn uniformly, where no two nodes share a token.
   */
  readonly chance: Estimate;
  /** rate - chance, paired within items. */
  readonly excess: Estimate;
}

export interface ReachesTargetReadout extends TopOneReadout {
  /** The same rate for the candidate of lowest in-degree minus out-degree, which never looks at the thought. */
  readonly lowestDegree: Estimate;
  /** rate - lowestDegree, paired within items. */
  readonly excessOverDegree: Estimate;
}

/** The contrasts that are reported; `AUC_CONTRASTS` says which groups stand on either side. */
export type AucContrast =
  | 'withinVsBeyond'
  | 'withinVsNever'
  | 'frontierVsRest'
  | 'frontierVsNever'
  | 'frontierVsExpanded'
  | 'frontierOptimalVsOther'
  | 'frontierOtherVsNever'
  | 'frontierOtherVsOtherRoot';

/**
 * Two sides of the same graphs compared by the LM-head logit of their nodes. The AUC is about order alone: it is 0 where
 * the expanded nodes lie above the frontier by a rounding error, so read it together with the gap. (The
 * constructed breadth-first model shows it: AUC of frontier against expanded at most .06, gap under .005 nats.)
 */
export interface AucReadout {
  readonly contrast: AucContrast;
  readonly positive: readonly DisjointGroup[];
  readonly negative: readonly DisjointGroup[];
  /** Primary: the AUC inside each graph, averaged over the items that have nodes on both sides. */
  readonly withinGraph: Estimate;
  /**
   * Effect size over the same items: mean logit of the positive side minus that of the negative side inside each item,
   * in nats. The softmax's normaliser cancels, so it is the log ratio of the sides' probabilities (geometric means).
   */
  readonly logitGap: Estimate;
  /**
   * Secondary AUC: all nodes of all items ranked together, pairs across graphs included. It moves with every shift of
   * the logits between graphs, and what a model knows of node ids alone raises it (.66-.83 in the symbolic format).
   * n counts the items that have nodes on the scarcer side.
   */
  readonly pooled: Estimate;
  /** The AUC of any score that is independent of the groups, in expectation. */
  readonly chance: 0.5;
}

/** Everything that is read from the thoughts with one index. */
export interface ThoughtReadout {
  /** c = 1..k; the frontier at thought c is the set of nodes at BFS depth c. */
  readonly thought: number;
  /** Items that have this many thoughts. */
  readonly items: number;
  readonly graphs: number;
  readonly classes: readonly GroupReadout<DisjointGroup>[];
  readonly published: readonly GroupReadout<PublishedGroup>[];
  readonly mass: MassReadout;
  readonly breadth: BreadthReadout;
  readonly topOne: {
    /**
     * The highest node of the graph is at depth c; over items with a non-empty frontier. Chance: |F_c| / n where no two
     * nodes share a token.
     */
    readonly inFrontier: TopOneReadout;
    /**
     * The highest among the nodes at depth c is the target or can reach it ("top-1 correct" of arXiv 2606.12689); over
     * the items whose target is at depth c or deeper: past it, the search has nothing left to be right about. Chance:
     * the fraction of the depth-c nodes that can, which is `leadsToTarget` of an inspection of the same items where no
     * two nodes share a token (GPT-2's tokens move it by .002 at most on the official validation items).
     */
    readonly reachesTarget: ReachesTargetReadout;
  };
  readonly auc: readonly AucReadout[];
}

/** How the intervals were made. */
export interface BootstrapDescription {
  readonly method: 'percentile';
  /** What is drawn with replacement: graphs, with all items that share one. */
  readonly unit: 'graph';
  readonly resamples: number;
  readonly level: number;
  readonly seed: number | string;
}

/** The frontier readout of one recording. JSON-serialisable: no NaN, no undefined, no typed array. */
export interface FrontierReadout {
  readonly kind: 'frontier';
  readonly version: 1;
  /**
   * `firstToken`: a node's value is that of the first token of its name. `sequence`: the product over its tokens, and
   * "logit" is the logarithm of that value everywhere below.
   */
  readonly scorer: Scorer;
  /** What the model had read when the value was taken, in words. */
  readonly prefix: string;
  /** Which tokens compete, in words. */
  readonly candidates: string;
  /**
   * With `firstToken`, the names that it cannot tell apart, because they share their first token within some graph;
   * each is credited with an equal part of that token's probability. Empty with `sequence`.
   */
  readonly collisions: readonly (readonly string[])[];
  readonly items: number;
  /** Distinct graphs among the items. */
  readonly graphs: number;
  /** k: the largest number of thoughts of any item. */
  readonly thoughts: number;
  readonly bootstrap: BootstrapDescription;
  readonly perThought: readonly ThoughtReadout[];
}

/** One number of the readout as a flat row, for CSV. Published groups are prefixed `published:`. */
export interface FrontierRow extends ReadoutRow {
  readonly thought: number;
}
