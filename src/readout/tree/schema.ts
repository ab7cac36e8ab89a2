import { z } from 'zod';
import {
  estimateSchema,
  headFields,
  scorerSchema,
  thoughtSchema,
  topOneSchema,
  type ResultOf,
} from '../kit/schemas.js';

const node = z.int().nonnegative();

const tree = z
  .object({
    id: z.string(),
    names: z.array(z.string()),
    root: node,
    target: node,
    decoy: node,
    /** [n], breadth-first depth from the root; null where it does not reach. */
    depths: z.array(node.nullable()),
    /** [n], the nodes one step nearer to the root from which an edge leads here: the links of the tree, all of them. */
    parents: z.array(z.array(node)),
    /** [n], whether the target can be reached from here. */
    reachesTarget: z.array(z.boolean()),
    perThought: z.array(
      z.object({
        thought: thoughtSchema,
        /** [n], raw, as published. */
        values: z.array(z.number()),
        /** [n], over the sum of the candidates' values, the nodes at depth c; null at all other nodes. */
        normalised: z.array(z.number().nullable()),
      }),
    ),
  })
  .refine(
    ({ names, root, target, decoy, depths, parents, reachesTarget, perThought }) =>
      [depths, parents, reachesTarget, ...perThought.flatMap((after) => [after.values, after.normalised])].every(
        ({ length }) => length === names.length,
      ) && [root, target, decoy].every((own) => own < names.length),
    'numbers of other nodes than there are names',
  )
  .refine(
    ({ depths, parents }) =>
      parents.every(
        (own, i) =>
          new Set(own).size === own.length && own.every((from) => (depths.at(from) ?? NaN) + 1 === depths.at(i)),
      ),
    'a parent that is not one step nearer to the root',
  );

const summary = z.object({
  thought: thoughtSchema,
  /** Mean number of candidates, over items that have any. */
  candidates: estimateSchema,
  /** Mean sum of the candidates' raw values. What is missing from 1 is said of other nodes, or of none. */
  candidateMass: estimateSchema,
  /** Mean sum of the raw values of all nodes of the graph. */
  graphMass: estimateSchema,
  /** Mean of the highest raw value among the candidates. */
  highest: estimateSchema,
  /**
   * How evenly the normalised values spread: entropy over log2 of the number of candidates, 1 if all are equal; over items
   * that have at least two (arXiv 2606.12689).
   */
  evenness: estimateSchema,
  /**
   * The highest candidate is the target or can reach it, over items whose target lies at depth c or deeper; with the chance
   * of a candidate drawn blindly.
   */
  topCorrect: topOneSchema,
});

export const treeSchema = z.object({
  ...headFields('tree'),
  scorer: scorerSchema.nullable(),
  perThought: z.array(summary),
  trees: z.array(tree),
});

/**
 * Concept values as a search tree (Coconut, arXiv 2412.06769 v3, section 4.3, figure 5).
 *
 * @interface
 */
export type TreeReadout = ResultOf<typeof treeSchema>;

/** Values of the candidates after c thoughts, over the items. */
export type TreeSummary = TreeReadout['perThought'][number];

/** One item's search tree with the values in it, to be drawn. */
export type ValueTree = TreeReadout['trees'][number];
