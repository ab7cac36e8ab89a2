import { ablationHook, ABLATIONS, readAnswers, runAblated, type Ablation, type Answer } from '../intervention/index.js';
import type { Batch } from './batch.js';

/** What the items of a batch answer with one ablation in place of their thoughts. */
export interface AblatedAnswers {
  readonly ablation: Ablation;
  /** [n], undefined for items that it could not be made for. */
  readonly answers: readonly (Answer | undefined)[];
}

/** All ablations that the model and the wording allow, but the items' own thoughts. */
export function ablatedAnswers(batch: Batch): Promise<readonly AblatedAnswers[]> {
  return batch.once('ablated', async () => {
    const found: AblatedAnswers[] = [];
    for (const ablation of ABLATIONS) {
      if (ablation.name === 'none' || (batch.criteriaOnly && ablation.informative)) continue;
      const answers = await answersWith(batch, ablation);
      if (answers !== undefined) found.push({ ablation, answers });
    }
    return found;
  });
}

async function answersWith(batch: Batch, ablation: Ablation): Promise<(Answer | undefined)[] | undefined> {
  const { model, wording, items } = batch;
  const run = await batch.run();
  const { random, pool } = batch;
  const made = ablation.make({
    model,
    wording,
    items,
    thoughts: run.thoughts,
    random: random.fork(ablation.name),
    pool,
  });
  if ('inapplicable' in made) return undefined;
  const { rows, count } = made;
  const some = rows.map((row) => items[row]);
  // Another wording has other prompts; with the same one they need not be read again.
  const changed =
    made.wording === wording
      ? await run.rethink({ rows, thoughts: count, replaceThought: ablationHook(made, rows) })
      : await runAblated(model, items, made);
  const answers = await readAnswers(changed, count, some, made.wording);
  const byRow: (Answer | undefined)[] = items.map(() => undefined);
  rows.forEach((row, i) => (byRow[row] = answers[i]));
  return byRow;
}
