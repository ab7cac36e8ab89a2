import { type BatchOptions, forEachBatch } from '../batches.js';
import { itemSearch, type Item } from '../dataset/index.js';
import { rowAt, type Coconut, type CoconutRun } from '../model/index.js';
import { shareOfHighest, shareOverGraphs, type ClusteredProportion } from '../statistics/index.js';
import type { Wording } from '../tokenizer/index.js';
import { LensError } from '../errors.js';

/** One way in which an answer can be right. */
export interface Measure {
  readonly name: 'vocabulary' | 'candidates' | 'generated' | 'answered';
  /** Heads its column. */
  readonly words: string;
  /** What guessing gives; undefined where there is no guess to compare with. */
  readonly chance: number | undefined;
  /** What a reader could take the chance for. */
  readonly note?: string;
  /** Whether it is also shown by the target's depth. */
  readonly byDepth: boolean;
}

/** How often answers are right after one number of thoughts. */
export interface ThoughtsAccuracy {
  readonly thoughts: number;
  /** Answers in text that were cut at the most tokens a model may say. */
  readonly cut: number;
  /** One share per measure; graphs are the clusters. */
  readonly shares: readonly ClusteredProportion[];
  /** The same by breadth-first depth of the target. */
  readonly byDepth: readonly { readonly depth: number; readonly shares: readonly ClusteredProportion[] }[];
}

export interface EvaluateOptions extends BatchOptions {
  /** Numbers of thoughts to answer after, ascending. */
  readonly counts: readonly number[];
}

/**
 * How a wording's answers are judged. The first measure asks whether the model answers right with nothing to choose
 * from.
 *
 * - One token: `vocabulary`, the target's token beats all others, where naming either candidate blindly is right half of
 *   the time; `candidates`, it beats the decoy's.
 * - Text: `generated`, the greedy text answers with the target, to the letter; its chance is that of a model that
 *   answers in form and guesses between the candidates. `answered`, it answers with either candidate: an answer that is
 *   not right because nothing could be read does not count here.
 */
export function measuresOf(wording: Wording, vocabulary: number): readonly Measure[] {
  switch (wording.answering.kind) {
    case 'token':
      return [
        {
          name: 'vocabulary',
          words: 'of all tokens',
          chance: 1 / vocabulary,
          note: 'naming any token; a model that names one of the two candidates and guesses which gets 0.500',
          byDepth: false,
        },
        { name: 'candidates', words: 'of the two candidates', chance: 0.5, byDepth: true },
      ];
    case 'text':
      return [
        { name: 'generated', words: 'right answer', chance: 0.5, byDepth: true },
        { name: 'answered', words: 'names a candidate', chance: undefined, byDepth: false },
      ];
  }
}

/** NaN compares with nothing, so that whichever token is looked at first would win. @throws LensError naming the item */
function requireFinite(item: Item, count: number, logits: Iterable<number>): void {
  let bad: number | undefined;
  for (const logit of logits) if (!Number.isFinite(logit)) bad ??= logit;
  if (bad === undefined) return;
  throw new LensError(
    `item ${item.id}`,
    `logits after ${count} thoughts are not finite (${bad})`,
    'check the checkpoint: its forward pass overflows on this item',
  );
}

/** What each item of a batch scores on the measures of {@link measuresOf}, from 0 to 1, and whether its answer was cut. */
async function scoreAnswers(
  model: Coconut,
  run: CoconutRun,
  count: number,
  items: readonly Item[],
  wording: Wording,
): Promise<{ scores: number[]; isCut: boolean }[]> {
  const { suffix, eos, answering, isSettled } = wording;
  const logits = await run.nextTokenLogits(count, suffix);
  items.forEach((item, row) => {
    requireFinite(item, count, rowAt(logits, row));
  });
  if (answering.kind === 'text') {
    const { ids, finished } = await run.generate(count, {
      suffix,
      eos,
      isSettled,
      maxNewTokens: answering.maxNewTokens,
    });
    return items.map((item, row) => {
      const answer = wording.answerOf(ids[row], item);
      const scores = [Number(answer === item.target), Number(answer === item.target || answer === item.decoy)];
      return { scores, isCut: !finished[row] };
    });
  }
  const tokens = [...Array(model.config.vocabSize).keys()];
  return items.map((item, row) => {
    const own = rowAt(logits, row);
    const target = wording.nodeToken(item, item.target);
    const decoy = wording.nodeToken(item, item.decoy);
    const isTarget = (token: number): boolean => token === target;
    const scores = [shareOfHighest(own, tokens, isTarget), shareOfHighest(own, [target, decoy], isTarget)];
    return { scores, isCut: false };
  });
}

interface Answer {
  /** The graph asked about, as `graphKey` names it. */
  readonly graph: string;
  readonly depth: number;
  readonly scores: readonly number[];
  readonly isCut: boolean;
}

function sharesOf(answers: readonly Answer[], measures: number): ClusteredProportion[] {
  const graphs = answers.map(({ graph }) => graph);
  return Array.from({ length: measures }, (_, measure) =>
    shareOverGraphs(
      graphs,
      answers.map(({ scores }) => scores[measure]),
    ),
  );
}

/**
 * Asks a model every item after each number of thoughts. One run with the most thoughts serves all counts.
 *
 * @returns one entry per count, or undefined where `signal` stopped the evaluation
 * @throws LensError if an item does not fit the wording or the model, or the model's logits for it are not finite
 */
export async function evaluateItems(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  { counts, ...options }: EvaluateOptions,
): Promise<ThoughtsAccuracy[] | undefined> {
  const answers = new Map(counts.map((count) => [count, [] as Answer[]]));
  const isComplete = await forEachBatch(items, options, async (batch) => {
    const prompts = batch.map((item) => wording.prompt(item));
    const run = await model.run(prompts, { thoughts: Math.max(...counts) });
    for (const [count, found] of answers) {
      const own = await scoreAnswers(model, run, count, batch, wording);
      batch.forEach((item, row) => {
        found.push({
          graph: itemSearch(item).key,
          depth: itemSearch(item).depth,
          ...own[row],
        });
      });
    }
  });
  if (!isComplete) return undefined;
  const measures = measuresOf(wording, model.config.vocabSize).length;
  return [...answers].map(([thoughts, found]) => ({
    thoughts,
    cut: found.filter(({ isCut }) => isCut).length,
    shares: sharesOf(found, measures),
    byDepth: [...new Set(found.map(({ depth }) => depth))]
      .sort((a, b) => a - b)
      .map((depth) => {
        const ofDepth = found.filter((answer) => answer.depth === depth);
        return { depth, shares: sharesOf(ofDepth, measures) };
      }),
  }));
}
