import { forEachBatch, type BatchOptions } from '../batches.js';
import type { Item } from '../dataset/index.js';
import { LensError } from '../errors.js';
import {
  isFlip,
  isMostlyOther,
  logitDifference,
  patchThoughts,
  readAnswers,
  type Answer,
} from '../intervention/index.js';
import type { Coconut } from '../model/index.js';
import { describeBootstrap, GraphEstimates, type BootstrapDescription } from '../readout/index.js';
import type { BootstrapOptions, Estimate } from '../statistics/index.js';
import type { Wording } from '../tokenizer/index.js';
import { addAnswer, type AnswerMeans } from './ablate.js';

export interface PatchOptions extends BatchOptions, BootstrapOptions {
  /** k, thoughts of each run. */
  readonly thoughts: number;
  /** The items whose thoughts are put in, one for each item, in the same order. */
  readonly from: readonly Item[];
  /** Thoughts c to patch, all at once, each in 1..k. Default: all of them. */
  readonly steps?: readonly number[] | undefined;
}

/** What patched thoughts do to answers. JSON-serialisable. */
export interface PatchResult {
  readonly kind: 'patch';
  readonly version: 1;
  readonly items: number;
  readonly graphs: number;
  readonly thoughts: number;
  readonly steps: readonly number[];
  readonly bootstrap: BootstrapDescription;
  /** With the items' own thoughts. */
  readonly before: AnswerMeans;
  /** With the donors' thoughts at `steps`. */
  readonly after: AnswerMeans;
  /** Logit difference before less after, paired within items, in nats. */
  readonly logitDifferenceDrop: Estimate;
  /** Share of items whose T falls by 50 points or more; 95 % Wilson interval over graphs. */
  readonly flipped: Estimate;
  /** Share of items with half of the probability or more on neither candidate: T says little there. */
  readonly mostlyOther: Estimate;
  /** Each item's answer, as natural logarithms of the probabilities of target and decoy. */
  readonly answers: readonly { readonly id: string; readonly before: Answer; readonly after: Answer }[];
}

/**
 * Activation patching of thoughts: runs each item with the thoughts of another one at some steps. Thoughts before those
 * steps are the item's own, later ones are computed from what was put in.
 *
 * @returns undefined where `signal` stopped it
 * @throws LensError if there is not one donor for each item, no such step, or an item does not fit wording or model
 */
export async function patchItems(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  options: PatchOptions,
): Promise<PatchResult | undefined> {
  const { thoughts, from } = options;
  const steps = options.steps ?? Array.from({ length: thoughts }, (_, c) => c + 1);
  if (options.steps?.length === 0) throw new LensError('steps', 'name no thought', 'name at least one', 'usage');
  if (from.length !== items.length)
    throw new LensError(
      'from',
      `is not one donor for each item (${from.length} donors, ${items.length} items)`,
      'give as many, in the order of the items',
      'usage',
    );
  const found = new GraphEstimates();
  const answers: PatchResult['answers'][number][] = [];
  const isComplete = await forEachBatch(items, options, async (batch, start) => {
    const run = await model.run(
      batch.map((item) => wording.prompt(item)),
      { thoughts },
    );
    const donors = await model.run(
      from.slice(start, start + batch.length).map((item) => wording.prompt(item)),
      { thoughts },
    );
    const before = await readAnswers(run, thoughts, batch, wording);
    const patched = await run.rethink({ thoughts, replaceThought: patchThoughts(donors.thoughts, steps) });
    const after = await readAnswers(patched, thoughts, batch, wording);
    batch.forEach((item, row) => {
      found.startItem(item);
      addAnswer(found, 'before', before[row]);
      addAnswer(found, 'after', after[row]);
      found.addMean('drop', logitDifference(before[row]) - logitDifference(after[row]));
      found.addMean('flipped', Number(isFlip(before[row], after[row])));
      found.addMean('mostlyOther', Number(isMostlyOther(after[row])));
      answers.push({ id: item.id, before: before[row], after: after[row] });
    });
  });
  if (!isComplete) return undefined;
  const estimate = found.estimates(options);
  const meansOf = (name: string): AnswerMeans => ({
    accuracy: found.share(`${name} accuracy`),
    logitDifference: estimate(`${name} logitDifference`),
    preference: estimate(`${name} preference`),
  });
  return {
    kind: 'patch',
    version: 1,
    items: found.items,
    graphs: found.graphs,
    thoughts,
    steps,
    bootstrap: describeBootstrap(options),
    before: meansOf('before'),
    after: meansOf('after'),
    logitDifferenceDrop: estimate('drop'),
    flipped: found.share('flipped'),
    mostlyOther: found.share('mostlyOther'),
    answers,
  };
}
