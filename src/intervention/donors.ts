import { itemLabel, itemSearch, type Item } from '../dataset/index.js';
import type { Wording } from '../tokenizer/index.js';
import type { Random } from '../random.js';

/**
 * For each item one of another graph (`ItemSearch.key`), drawn at random from a pool; one may give to several. What is drawn
 * belongs to the question (`itemLabel`), not to its place.
 *
 * @param pool whose indices are returned; default the items themselves
 * @returns [n], undefined where the pool has no other graph
 */
export function randomDonors(
  random: Random,
  items: readonly Item[],
  pool: readonly Item[] = items,
): (number | undefined)[] {
  return drawDonors(random, items, pool, () => true);
}

/**
 * The same, whose answer reads the same: the target's name has the same tokens.
 *
 * @returns [n], undefined where there is none
 */
export function sameAnswerDonors(
  random: Random,
  items: readonly Item[],
  wording: Wording,
  pool: readonly Item[] = items,
): (number | undefined)[] {
  const answerOf = (item: Item): string => wording.nodeTokens(item, item.target).join();
  const answers = pool.map(answerOf);
  return drawDonors(random, items, pool, (item, donor) => answers[donor] === answerOf(item));
}

function drawDonors(
  random: Random,
  items: readonly Item[],
  pool: readonly Item[],
  isPossible: (item: Item, donor: number) => boolean,
): (number | undefined)[] {
  const graphs = pool.map((item) => itemSearch(item).key);
  return items.map((item) => {
    const { key } = itemSearch(item);
    const possible = [...pool.keys()].filter((donor) => graphs[donor] !== key && isPossible(item, donor));
    return possible.length === 0 ? undefined : possible[random.fork(itemLabel(item)).integer(possible.length)];
  });
}

/** Indices by key, keys in the order in which they are met. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  values.forEach((value, i) => {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  });
  return groups;
}
