import type { RandomGraphOptions } from '../../graph/index.js';
import type { Random } from '../../random.js';
import type { Item } from '../item.js';
import { counterfactualPair, type ItemEdit } from './counterfactual-pair.js';
import { deeperDecoyItem } from './deeper-decoy.js';
import { degreeMatchedItem } from './degree-matched.js';
import { largerDepthItem } from './larger-depth.js';
import { orphanDecoy } from './orphan-decoy.js';
import { permuteEdgeOrder } from './permute-edge-order.js';
import { permuteIds } from './permute-ids.js';
import { permuteNames } from './permute-names.js';
import { shareTarget } from './share-target.js';

/** Items that are like ProsQA's but for one respect. */
export interface Family {
  /** Draws an item; options are those of the graph that it begins with. */
  readonly draw: (random: Random, id: string, options?: RandomGraphOptions) => Item;
  /** The options that the family's definition leaves no choice in. */
  readonly fixed: readonly (keyof RandomGraphOptions)[];
}

const drawn = (draw: Family['draw'], fixed: Family['fixed'] = []): Family => ({ draw, fixed });

const edited = (edit: ItemEdit): Family =>
  drawn((random, id, options) => counterfactualPair(random, id, edit, options).counterfactual);

/**
 * The counterfactual families whose items have an answer, by the names that the command line gives them. The one that
 * has none, `cutRootSide`, is not among them: what it makes are no items.
 */
export const FAMILIES = {
  'degree-matched': drawn(degreeMatchedItem),
  'orphaned-decoy': edited(orphanDecoy),
  'shared-target': edited(shareTarget),
  'deeper-decoy': drawn(deeperDecoyItem, ['depthGap']),
  'permuted-ids': edited(permuteIds),
  'permuted-names': edited(permuteNames),
  'permuted-edge-order': edited(permuteEdgeOrder),
  'larger-depth': drawn(largerDepthItem, ['minNodes', 'depthGap']),
} as const;

/** The counterfactual families, by their names. */
export type FamilyName = keyof typeof FAMILIES;
