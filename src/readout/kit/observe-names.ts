import type { Item } from '../../dataset/index.js';
import type { Coconut, CoconutRun } from '../../model/index.js';
import type { Wording } from '../../tokenizer/index.js';
import type { PriorObservation } from '../question-prior/read.js';
import type { NamesObservation } from './names-observation.js';

/**
 * P(entity) after 0 .. `thoughts` thoughts: each name right after the thoughts, without a word before it, as the probe of
 * arXiv 2604.06374 reads it.
 *
 * @param items one batch
 * @throws LensError if an item does not fit the wording or the model
 */
export async function observeNames(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
): Promise<NamesObservation[]> {
  const run = await model.run(
    items.map((item) => wording.prompt(item)),
    { thoughts },
  );
  const scores = await run.scoreAll(namesOf(items, wording));
  return items.map((item, row) => ({
    item,
    logProbabilities: scores.map((rows) => rows[row].map(({ total }) => total)),
  }));
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

function namesOf(items: readonly Item[], wording: Wording): number[][][] {
  return items.map((item) => item.names.map((_, node) => wording.nodeTokens(item, node)));
}
