import { LensError } from '../errors.js';
import { createRandom } from '../random.js';

export const DEFAULT_FOLDS = 5;

/**
 * Cuts rows into folds by their group: all rows of a graph fall into one fold, so that no graph is ever on both sides of
 * a split. Groups are dealt out in a seeded order, as evenly as can be by their number; which rows a group has, or what
 * their labels are, does not matter.
 *
 * @param groups [rows], whole numbers >= 0
 * @param folds at least 2
 * @returns [rows], the fold of each row, 0..folds-1
 * @throws LensError if there are fewer groups than folds
 */
export function groupFolds(groups: ArrayLike<number>, folds: number, seed: number | string): Int32Array {
  if (!Number.isInteger(folds) || folds < 2)
    throw new LensError(
      'folds',
      `not a whole number of 2 or more (${folds})`,
      `give one, as ${DEFAULT_FOLDS}`,
      'usage',
    );
  const distinct = distinctGroups(groups);
  if (distinct.length < folds)
    throw new LensError('folds', `more than there are graphs (${folds} for ${distinct.length})`, 'give more graphs');
  createRandom(seed).fork('group folds').shuffle(distinct);
  const foldOf = new Map(distinct.map((group, i) => [group, i % folds]));
  return Int32Array.from({ length: groups.length }, (_, row) => foldOf.get(groups[row]) ?? -1);
}

/** The groups that there are, ascending: an order that does not depend on that of the rows. */
export function distinctGroups(groups: ArrayLike<number>): number[] {
  return [...new Set(Array.from(groups))].sort((a, b) => a - b);
}
