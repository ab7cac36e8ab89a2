import type { Item } from '../../dataset/index.js';
import type { Coconut, CoconutRun } from '../../model/index.js';
import type { Wording } from '../../tokenizer/index.js';
import { namesOf } from '../kit/names-of.js';

/** What is read of one item before any thought: logarithms of the probabilities of all names [n]. */
export interface PriorObservation {
  readonly item: Item;
  /** At the prompt's last position, before any language: where the first thought is read. */
  readonly before: readonly number[];
  /** Where the answer's name stands if the model has to answer at once. */
  readonly answer: readonly number[];
}

/**
 * What the question alone says: names at the prompt's last position, and names where the answer stands if no thought is
 * taken.
 *
 * @param items one batch
 * @throws LensError if an item does not fit the wording or the model
 */
export async function observePrior(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
): Promise<PriorObservation[]> {
  const run = await model.run(
    items.map((item) => wording.prompt(item)),
    { thoughts: 0 },
  );
  const [before] = await run.scoreAll(namesOf(items, wording));
  const answer = await scoreAnswers(run, items, wording);
  return items.map((item, row) => ({
    item,
    before: before[row].map(({ total }) => total),
    answer: answer[row],
  }));
}

/** Log probabilities of all names as answers without thoughts: the beginning of the answer itself is given. */
async function scoreAnswers(run: CoconutRun, items: readonly Item[], wording: Wording): Promise<number[][]> {
  const answers = namesOf(items, wording).map((names, row) => {
    const stem = wording.answerStem(items[row]);
    return names.map((name) => [...stem, ...name]);
  });
  const scores = await run.score(0, answers, { prefix: wording.suffix });
  return scores.map((row, i) => {
    const given = wording.answerStem(items[i]).length;
    return row.map(({ tokens }) => tokens.slice(given).reduce((a, b) => a + b, 0));
  });
}
