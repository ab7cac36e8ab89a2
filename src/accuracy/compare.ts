import { type BatchOptions, forEachBatch } from '../batches.js';
import { itemSearch, type Item } from '../dataset/index.js';
import type { Coconut, CoconutRun } from '../model/index.js';
import { mcnemar, shareOverGraphs, type ClusteredProportion, type McNemarTest } from '../statistics/index.js';
import type { Wording } from '../tokenizer/index.js';

/** What one model answers to each item. */
export interface Answers {
  /** Whether its answer is the target, with nothing to choose from [n]. */
  readonly isCorrect: readonly boolean[];
  /** The same where it may not think: after no thoughts; undefined for models that never do. */
  readonly isCorrectWithoutThoughts: readonly boolean[] | undefined;
  /** Latent positions and spoken tokens up to the answer, mean over the items. */
  readonly tokens: number;
}

/** One row of the comparison. */
export interface ComparedModel {
  readonly accuracy: ClusteredProportion;
  readonly accuracyWithoutThoughts: ClusteredProportion | undefined;
  readonly tokens: number;
  /** Against the first model, on the same items; undefined for the first itself. */
  readonly againstFirst: McNemarTest | undefined;
}

/**
 * Asks a model every item, as its method would be asked, and once more without thoughts.
 *
 * @returns undefined where `signal` stopped it
 */
export async function answerItems(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  thoughts: number,
  options: BatchOptions,
): Promise<Answers | undefined> {
  const isCorrect: boolean[] = [];
  const withoutThoughts: boolean[] = [];
  let tokens = 0;
  const isComplete = await forEachBatch(items, options, async (batch) => {
    const run = await model.run(
      batch.map((item) => wording.prompt(item)),
      { thoughts },
    );
    for (const answer of await answersAfter(run, thoughts, batch, wording)) {
      isCorrect.push(answer.isCorrect);
      tokens += thoughts + answer.tokens;
    }
    if (thoughts > 0)
      withoutThoughts.push(...(await answersAfter(run, 0, batch, wording)).map((answer) => answer.isCorrect));
  });
  if (!isComplete) return undefined;
  return {
    isCorrect,
    isCorrectWithoutThoughts: thoughts > 0 ? withoutThoughts : undefined,
    tokens: tokens / items.length,
  };
}

async function answersAfter(
  run: CoconutRun,
  thoughts: number,
  items: readonly Item[],
  wording: Wording,
): Promise<{ isCorrect: boolean; tokens: number }[]> {
  const { suffix, eos, answering } = wording;
  const maxNewTokens = answering.kind === 'text' ? answering.maxNewTokens : 1;
  // An answer that names nothing is as long as all that is said.
  const isSettled = (said: readonly number[], row: number): boolean =>
    wording.isSettled(said) && wording.answerOf(said, items[row]) !== undefined;
  const { ids } = await run.generate(thoughts, { suffix, eos, maxNewTokens, isSettled });
  return items.map((item, row) => ({
    isCorrect: wording.answerOf(ids[row], item) === item.target,
    tokens: tokensToAnswer(ids[row], item, wording),
  }));
}

/** Tokens generated until the answer is complete; all of them where there is none. */
function tokensToAnswer(ids: readonly number[], item: Item, wording: Wording): number {
  const end = ids.indexOf(wording.eos);
  const generated = end < 0 ? ids : ids.slice(0, end);
  const at = generated.findIndex((_, i) => wording.answerOf(generated.slice(0, i + 1), item) !== undefined);
  return at < 0 ? generated.length : at + 1;
}

/** Accuracies with intervals over graphs, and every model against the first. */
export function compareAnswers(items: readonly Item[], answers: readonly Answers[]): ComparedModel[] {
  const graphs = items.map((item) => itemSearch(item).key);
  const share = (verdicts: readonly boolean[]): ClusteredProportion => shareOverGraphs(graphs, verdicts.map(Number));
  return answers.map(({ isCorrect, isCorrectWithoutThoughts, tokens }, i) => ({
    accuracy: share(isCorrect),
    accuracyWithoutThoughts: isCorrectWithoutThoughts === undefined ? undefined : share(isCorrectWithoutThoughts),
    tokens,
    againstFirst: i === 0 ? undefined : mcnemar(answers[0].isCorrect, isCorrect, graphs),
  }));
}
