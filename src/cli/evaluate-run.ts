import type { Item } from '../dataset/index.js';
import { itemGraph } from '../dataset/index.js';
import { breadthFirstDepths } from '../graph/index.js';
import type { Coconut } from '../model/index.js';
import type { Wording } from '../tokenizer/index.js';
import { shareOfHighest, wilson, type Proportion } from '../statistics/index.js';

/** How often the answer is right after one number of thoughts. */
export interface AnswerAccuracy {
  /** The next token, out of the whole vocabulary, is the target. Chance: 1 / vocabulary. */
  readonly vocabulary: Proportion;
  /** The target beats the decoy. Chance: .5. */
  readonly candidates: Proportion;
}

export interface ThoughtsAccuracy extends AnswerAccuracy {
  readonly thoughts: number;
  /** The same by breadth-first depth of the target. */
  readonly byDepth: readonly (AnswerAccuracy & { readonly depth: number })[];
}

interface Answer {
  readonly depth: number;
  readonly vocabulary: number;
  readonly candidates: number;
}

export interface EvaluateOptions {
  /** Numbers of thoughts to answer after, ascending. */
  readonly counts: readonly number[];
  readonly batchSize: number;
  readonly onProgress?: (completed: number) => void;
  /** Looked at between batches; the items so far are then evaluated. */
  readonly signal?: AbortSignal;
}

function accuracyOf(answers: readonly Answer[]): AnswerAccuracy {
  const total = (of: (answer: Answer) => number): number => answers.reduce((sum, answer) => sum + of(answer), 0);
  return {
    vocabulary: wilson(
      total((a) => a.vocabulary),
      answers.length,
    ),
    candidates: wilson(
      total((a) => a.candidates),
      answers.length,
    ),
  };
}

/**
 * Asks a model every item after each number of thoughts. The answer is the node that the token after the wording's
 * suffix names; its logits are compared over the whole vocabulary and between the two candidates alone. One run with
 * the most thoughts serves all counts.
 *
 * @returns one entry per count, or undefined where `signal` stopped the evaluation
 */
export async function evaluateItems(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  { counts, batchSize, onProgress, signal }: EvaluateOptions,
): Promise<ThoughtsAccuracy[] | undefined> {
  const answers = new Map(counts.map((count) => [count, [] as Answer[]]));
  const vocabulary = model.config.vocabSize;
  const tokens = [...Array(vocabulary).keys()];
  onProgress?.(0);
  for (let start = 0; start < items.length; start += batchSize) {
    if (signal?.aborted === true) return undefined;
    const batch = items.slice(start, start + batchSize);
    const prompts = batch.map((item) => wording.prompt(item));
    const run = await model.run(prompts, { thoughts: Math.max(...counts) });
    for (const [count, found] of answers) {
      const { data } = await run.nextTokenLogits(count, wording.suffix);
      batch.forEach((item, row) => {
        const logits = data.subarray(row * vocabulary, (row + 1) * vocabulary);
        const target = wording.nodeToken(item, item.target);
        const decoy = wording.nodeToken(item, item.decoy);
        const isTarget = (token: number): boolean => token === target;
        found.push({
          depth: breadthFirstDepths(itemGraph(item), item.root)[item.target],
          vocabulary: shareOfHighest(logits, tokens, isTarget),
          candidates: shareOfHighest(logits, [target, decoy], isTarget),
        });
      });
    }
    onProgress?.(start + batch.length);
  }
  return [...answers].map(([thoughts, found]) => ({
    thoughts,
    ...accuracyOf(found),
    byDepth: [...new Set(found.map(({ depth }) => depth))]
      .sort((a, b) => a - b)
      .map((depth) => ({ depth, ...accuracyOf(found.filter((answer) => answer.depth === depth)) })),
  }));
}
