import { forEachBatch, type BatchOptions } from '../batches.js';
import type { CoconutConfig } from '../checkpoint/index.js';
import type { Item } from '../dataset/index.js';
import { InterruptedError } from '../errors.js';
import { createCoconut, type CoconutWeights } from '../model/index.js';
import { mean, wilson } from '../statistics/index.js';
import { holdEngine } from '../tensor/index.js';
import { followingOf, type Wording } from '../tokenizer/index.js';
import { checkItems } from './check-items.js';

/** Narrower heads were never trained, and every count costs a run of the model. */
const NARROWEST_HEAD = 8;

/** How a model answers if its width is split into so many heads. */
export interface HeadTrial {
  readonly heads: number;
  /** Items whose target is more probable than the decoy, out of `n`. */
  readonly right: number;
  readonly n: number;
  /** Mean over items of the log-probability of the right answer, in nats. */
  readonly logProbability: number;
}

/** All trials, and the count that they speak for. */
export interface HeadTrials {
  readonly trials: readonly HeadTrial[];
  /** The count that gives right answers the highest probability; undefined where even that one may be guessing. */
  readonly best: HeadTrial | undefined;
}

/**
 * Tries all numbers of heads that the width of a checkpoint allows, which no shape shows, on items whose answer is known:
 * with wrong heads a trained model answers as if by chance.
 *
 * @param weights whose own number of heads is of no consequence
 * @param items few are enough
 * @throws LensError if an item does not fit the model
 * @throws InterruptedError once `signal` is aborted
 */
export async function tryHeads(
  weights: CoconutWeights,
  coconut: CoconutConfig,
  wording: Wording,
  { path, items }: { readonly path: string; readonly items: readonly Item[] },
  options: BatchOptions,
): Promise<HeadTrials> {
  const { nEmbd } = weights.config;
  const { thoughts } = coconut;
  checkItems(path, items, {
    config: weights.config,
    wording,
    thoughts,
    madeFor: thoughts,
    following: followingOf(wording),
    disjointNames: false,
  });
  const counts = Array.from({ length: nEmbd }, (_, i) => i + 1).filter(
    (heads) => nEmbd % heads === 0 && nEmbd / heads >= NARROWEST_HEAD,
  );
  const engine = await holdEngine(path);
  try {
    const trials: HeadTrial[] = [];
    for (const nHead of counts) {
      const config = { ...weights.config, nHead };
      trials.push(await trial({ ...weights, config }, thoughts, wording, items, options));
    }
    const [first] = trials.toSorted((a, b) => b.logProbability - a.logProbability);
    return { trials, best: wilson(first.right, first.n).low > 0.5 ? first : undefined };
  } finally {
    engine.release();
  }
}

async function trial(
  weights: CoconutWeights,
  thoughts: number,
  wording: Wording,
  items: readonly Item[],
  options: BatchOptions,
): Promise<HeadTrial> {
  const model = createCoconut(weights);
  const scores: { readonly target: number; readonly decoy: number }[] = [];
  try {
    const isComplete = await forEachBatch(items, options, async (batch) => {
      const run = await model.run(
        batch.map((item) => wording.prompt(item)),
        { thoughts },
      );
      const answers = batch.map((item) =>
        [item.target, item.decoy].map((node) => [...wording.answerStem(item), ...wording.nodeTokens(item, node)]),
      );
      for (const [target, decoy] of await run.score(thoughts, answers, { prefix: wording.suffix })) {
        scores.push({ target: target.total, decoy: decoy.total });
      }
    });
    if (!isComplete) throw new InterruptedError('interrupted: nothing was written');
  } finally {
    model.dispose();
  }
  return {
    heads: weights.config.nHead,
    right: scores.filter(({ target, decoy }) => target > decoy).length,
    n: items.length,
    logProbability: mean(scores.map(({ target }) => target)),
  };
}
