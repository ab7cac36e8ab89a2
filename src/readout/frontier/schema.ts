import { z } from 'zod';
import { NODE_CLASSES } from '../../graph/index.js';
import { AUC_CONTRAST_NAMES, PUBLISHED_GROUPS } from '../kit/groups.js';
import {
  estimateSchema,
  headFields,
  scorerSchema,
  thoughtSchema,
  topOneSchema,
  type ResultOf,
} from '../kit/schemas.js';

/** The numbers of a group of nodes. */
const groupFields = {
  /** How many nodes of all items are in the group: the denominator of `probability` and `logit`. */
  nodes: z.int(),
  /** Mean probability of a node of the group, each node of each item counting once; n = items with such a node. */
  probability: estimateSchema,
  /** Mean LM-head logit of a node of the group, likewise. */
  logit: estimateSchema,
  /** Mean over items of the group's total probability; an item without such a node counts as 0. */
  mass: estimateSchema,
  /** Mean over items of the number of nodes in the group. */
  size: estimateSchema,
  /**
   * Mean over items of the number of tokens that name the group, a token that m nodes of the graph share counting 1/m
   * for each. Over the vocabulary's size it is the group's mass where all tokens are equally probable.
   */
  tokens: estimateSchema,
};

const mass = z.object({
  /** Nodes at depth c. */
  frontier: estimateSchema,
  /** Nodes at depth < c, the root included. */
  expanded: estimateSchema,
  /** Nodes reachable from the root at depth > c. */
  later: estimateSchema,
  /** Nodes that the root never reaches: `otherRoot` and `unreachable` together. */
  never: estimateSchema,
  /** Every token that names no node of the graph. */
  offGraph: estimateSchema,
});

const uniform = z.object({ entropyBits: estimateSchema, nodes: estimateSchema });

const breadth = z.object({
  /** Shannon entropy in bits, mean over items. */
  entropyBits: estimateSchema,
  /** Effective number of nodes, mean over items of exp(H in nats) = 2^(H in bits). */
  effectiveNodes: estimateSchema,
  /** What a uniform superposition of all nodes within c hops would give: mean log2 |R_c| and mean |R_c|. */
  uniformWithin: uniform,
  /** What a uniform superposition of the frontier would give, over items that have one: mean log2 |F_c| and |F_c|. */
  uniformFrontier: uniform,
});

const reachesTarget = topOneSchema.extend({
  /** The same rate for the candidate of lowest in-degree minus out-degree, which never looks at the thought. */
  lowestDegree: estimateSchema,
  /** rate - lowestDegree, paired within items. */
  excessOverDegree: estimateSchema,
});

const topOne = z.object({
  /**
   * The highest node of the graph is at depth c; over items with a non-empty frontier. Chance: |F_c| / n where no two
   * nodes share a token.
   */
  inFrontier: topOneSchema,
  /**
   * The highest among the nodes at depth c is the target or can reach it ("top-1 correct" of arXiv 2606.12689); over
   * the items whose target is at depth c or deeper: past it, the search has nothing left to be right about. Chance:
   * the fraction of the depth-c nodes that can, which is `leadsToTarget` of an inspection of the same items where no
   * two nodes share a token (GPT-2's tokens move it by .002 at most on the official validation items).
   */
  reachesTarget,
});

const nodeClass = z.enum(NODE_CLASSES);

const auc = z.object({
  contrast: z.enum(AUC_CONTRAST_NAMES),
  positive: z.array(nodeClass),
  negative: z.array(nodeClass),
  /** Primary: the AUC inside each graph, averaged over the items that have nodes on both sides. */
  withinGraph: estimateSchema,
  /**
   * Effect size over the same items: mean logit of the positive side minus that of the negative side inside each item,
   * in nats. The softmax's normaliser cancels, so it is the log ratio of the sides' probabilities (geometric means).
   */
  logitGap: estimateSchema,
  /**
   * Secondary AUC: all nodes of all items ranked together, pairs across graphs included. It moves with every shift of
   * the logits between graphs, and what a model knows of node ids alone raises it (.66-.83 in the symbolic format).
   * n counts the items that have nodes on the scarcer side.
   */
  pooled: estimateSchema,
  /** The AUC of any score that is independent of the groups, in expectation. */
  chance: z.literal(0.5),
});

export const frontierSchema = z.object({
  ...headFields('frontier'),
  /**
   * `firstToken`: a node's value is that of the first token of its name. `sequence`: the product over its tokens, and
   * "logit" is the logarithm of that value everywhere below.
   */
  scorer: scorerSchema,
  /** What the model had read when the value was taken, in words. */
  prefix: z.string(),
  /** Which tokens compete, in words. */
  candidates: z.string(),
  /**
   * With `firstToken`, the names that it cannot tell apart, because they share their first token within some graph;
   * each is credited with an equal part of that token's probability. Empty with `sequence`.
   */
  collisions: z.array(z.array(z.string())),
  /** k: the largest number of thoughts of any item. */
  thoughts: z.int(),
  perThought: z.array(
    z.object({
      /** c = 1..k; the frontier at thought c is the set of nodes at BFS depth c. */
      thought: thoughtSchema,
      /** Items that have this many thoughts. */
      items: z.int(),
      graphs: z.int(),
      classes: z.array(z.object({ name: nodeClass, ...groupFields })),
      published: z.array(z.object({ name: z.enum(PUBLISHED_GROUPS), ...groupFields })),
      mass,
      breadth,
      topOne,
      auc: z.array(auc),
    }),
  ),
});

/**
 * The frontier readout of one recording. JSON-serialisable: no NaN, no undefined, no typed array.
 *
 * @interface
 */
export type FrontierReadout = ResultOf<typeof frontierSchema>;

/** Everything that is read from the thoughts with one index. */
export type ThoughtReadout = FrontierReadout['perThought'][number];

/**
 * The nodes of one group at one thought, read through the LM head.
 *
 * Means of two groups must not be compared as if they came from the same graphs: groups are large in large graphs,
 * where every node has less. For a perfectly uniform superposition the optimal nodes of the official validation items
 * get .271 each and the other frontier nodes .224, because optimal nodes make up more of small frontiers. Comparisons
 * belong to {@link AucReadout}, which stays inside each graph.
 */
export type GroupReadout<Name extends string = string> = Omit<ThoughtReadout['classes'][number], 'name'> & {
  readonly name: Name;
};

/** Where the probability of the whole vocabulary lies, mean over items. The five sum to 1. */
export type MassReadout = ThoughtReadout['mass'];

/**
 * How many nodes a thought holds, from the distribution over the graph's nodes alone (normalised within the graph).
 * Nodes that share a token split its probability evenly, which is the most breadth that it can stand for: a thought
 * that holds one such token counts as holding all nodes that it names.
 */
export type BreadthReadout = ThoughtReadout['breadth'];

/** A top-1 rate beside what chance gives on the same items. Ties count as their expected value under random breaking. */
export type TopOneReadout = ThoughtReadout['topOne']['inFrontier'];

/** The same beside what the degrees of the nodes give. */
export type ReachesTargetReadout = ThoughtReadout['topOne']['reachesTarget'];

/**
 * Two sides of the same graphs compared by the LM-head logit of their nodes. The AUC is about order alone: it is 0 where
 * the expanded nodes lie above the frontier by a rounding error, so read it together with the gap. (The
 * constructed breadth-first model shows it: AUC of frontier against expanded at most .06, gap under .005 nats.)
 */
export type AucReadout = ThoughtReadout['auc'][number];
