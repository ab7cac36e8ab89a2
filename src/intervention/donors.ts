import { itemSearch, type Item } from '../dataset/index.js';
import type { Wording } from '../tokenizer/index.js';
import type { Random } from '../random.js';

/**
 * A donor for every item, each item giving to one and each from another graph (`ItemSearch.key`): a derangement. Graphs, and the
 * items of each, are put in a random order, and everyone takes from as many places on as the largest graph has items.
 *
 * @returns [n], or undefined if more than half of the items share a graph, so that there is no such assignment
 */
export function randomDonors(random: Random, items: readonly Item[]): number[] | undefined {
  const byGraph = [...groupBy(items, (item) => itemSearch(item).key).values()];
  const most = byGraph.reduce((largest, { length }) => Math.max(largest, length), 0);
  if (items.length === 0 || 2 * most > items.length) return undefined;
  const order = random.shuffle(byGraph.map((rows) => random.shuffle(rows))).flat();
  const donors = new Array<number>(items.length);
  order.forEach((row, place) => (donors[row] = order[(place + most) % order.length]));
  return donors;
}

/**
 * For each item another one, of another graph, whose answer reads the same: the target's name has the same tokens. Drawn at
 * random among all there are; one may give to several.
 *
 * @returns [n], undefined where there is none
 */
export function sameAnswerDonors(random: Random, items: readonly Item[], wording: Wording): (number | undefined)[] {
  const graphs = items.map((item) => itemSearch(item).key);
  const answers = items.map((item) => wording.nodeTokens(item, item.target).join());
  const byAnswer = groupBy(answers, (answer) => answer);
  return answers.map((answer, row) => {
    const possible = (byAnswer.get(answer) ?? []).filter((donor) => graphs[donor] !== graphs[row]);
    return possible.length === 0 ? undefined : possible[random.integer(possible.length)];
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
