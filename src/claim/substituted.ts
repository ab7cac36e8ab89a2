import {
  readAnswers,
  replacement,
  runSubstitution,
  SUBSTITUTES,
  type Answer,
  type Substitute,
} from '../intervention/index.js';
import type { Batch } from './batch.js';

/** What the items of a batch answer with one substitute in place of their thoughts. */
export interface Substituted {
  readonly substitute: Substitute;
  /** [n], undefined for items that it could not be made for. */
  readonly answers: readonly (Answer | undefined)[];
}

/** All substitutes that the model and the wording allow, but the items' own thoughts. */
export function substitutedAnswers(batch: Batch): Promise<readonly Substituted[]> {
  return batch.once('substituted', async () => {
    const found: Substituted[] = [];
    for (const substitute of SUBSTITUTES) {
      if (substitute.name === 'own') continue;
      const answers = await answersWith(batch, substitute);
      if (answers !== undefined) found.push({ substitute, answers });
    }
    return found;
  });
}

async function answersWith(batch: Batch, substitute: Substitute): Promise<(Answer | undefined)[] | undefined> {
  const { model, wording, items } = batch;
  const run = await batch.run();
  const random = batch.random.fork(`substitute ${substitute.name}`);
  const made = substitute.make({ model, wording, items, thoughts: run.thoughts, random });
  if ('inapplicable' in made) return undefined;
  const { rows, count } = made;
  const some = rows.map((row) => items[row]);
  // Another wording has other prompts; with the same one they need not be read again.
  const changed =
    made.wording === wording
      ? await run.rows(rows).rethink({ thoughts: count, replaceThought: replacement(made, rows) })
      : await runSubstitution(model, items, made);
  const answers = await readAnswers(changed, count, some, made.wording);
  const byRow: (Answer | undefined)[] = items.map(() => undefined);
  rows.forEach((row, i) => (byRow[row] = answers[i]));
  return byRow;
}
