import { forEachBatch, type BatchOptions } from '../batches.js';
import type { Item } from '../dataset/index.js';
import { didYouMean } from '../did-you-mean.js';
import { LensError } from '../errors.js';
import {
  ablationHook,
  ABLATIONS,
  isCorrect,
  logitDifference,
  preference,
  readAnswers,
  runAblated,
  type Ablation,
  type Answer,
} from '../intervention/index.js';
import { float32, type Coconut, type CoconutRun } from '../model/index.js';
import { createRandom } from '../random.js';
import { describeBootstrap, GraphEstimates, type BootstrapDescription } from '../readout/index.js';
import type { BootstrapOptions, Estimate } from '../statistics/index.js';
import type { Wording } from '../tokenizer/index.js';

export interface AblateOptions extends BatchOptions, BootstrapOptions {
  /** k, thoughts of the model that is not ablated. */
  readonly thoughts: number;
  /** Default: all of `ABLATIONS`. */
  readonly ablations?: readonly Ablation[] | undefined;
}

/** How some items are answered. */
export interface AnswerMeans {
  /** Share of items whose target is above the decoy, ties as a half; 95 % Wilson interval over graphs. */
  readonly accuracy: Estimate;
  /** Mean logit difference, ln p(target) - ln p(decoy), in nats. */
  readonly logitDifference: Estimate;
  /** Mean of T, its sigmoid in percent: the published preference for the target; chance 50. */
  readonly preference: Estimate;
}

/** What one ablation does to the answers. */
export interface AblationEffect extends AnswerMeans {
  readonly name: string;
  readonly description: string;
  /** Whether what stands in the thoughts' places still knows something of the item. */
  readonly informative: boolean;
  /** Accuracy and logit difference without the ablation less those with it, paired within the items that both have. */
  readonly accuracyDrop: Estimate;
  readonly logitDifferenceDrop: Estimate;
}

/** What ablations do to answers. JSON-serialisable. */
export interface AblationResult {
  readonly kind: 'ablation';
  readonly version: 1;
  readonly items: number;
  readonly graphs: number;
  readonly thoughts: number;
  readonly bootstrap: BootstrapDescription;
  /** With the model's own thoughts. */
  readonly unablated: AnswerMeans;
  readonly ablations: readonly AblationEffect[];
  /** What the model, the wording or the items do not allow, and why. */
  readonly inapplicable: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Takes the thoughts away from a model in several ways and compares its answers, item by item, with those that it gives with
 * its own thoughts. Donors and means are taken over all items, so that batches do not matter. The prompts are read twice:
 * for the thoughts of all items, and for the answers.
 *
 * @returns undefined where `signal` stopped it
 * @throws LensError if an item does not fit the wording or the model, or the answers only follow other text
 */
export async function ablateThoughts(
  model: Coconut,
  items: readonly Item[],
  wording: Wording,
  options: AblateOptions,
): Promise<AblationResult | undefined> {
  const { thoughts, ablations = ABLATIONS, seed, onProgress, ...loop } = options;
  const runOf = (batch: readonly Item[]): Promise<CoconutRun> =>
    model.run(
      batch.map((item) => wording.prompt(item)),
      { thoughts },
    );
  const own = float32([items.length, thoughts, model.config.nEmbd]);
  const hasThoughts = await forEachBatch(items, loop, async (batch, from) => {
    own.data.set((await runOf(batch)).thoughts.data, from * thoughts * model.config.nEmbd);
  });
  if (!hasThoughts) return undefined;
  const random = createRandom(`ablations ${seed}`);
  const made = ablations.map((ablation) => ({
    ablation,
    plan: ablation.make({ model, wording, items, thoughts: own, random: random.fork(ablation.name) }),
  }));
  const found = new GraphEstimates();
  const isComplete = await forEachBatch(items, { ...loop, onProgress }, async (batch, from) => {
    const run = await runOf(batch);
    const before = await readAnswers(run, thoughts, batch, wording);
    batch.forEach((item, row) => {
      found.startItem(item);
      addAnswer(found, 'unablated', before[row]);
    });
    for (const { ablation, plan } of made) {
      if ('inapplicable' in plan) continue;
      const rows = plan.rows.filter((row) => row >= from && row < from + batch.length);
      if (rows.length === 0) continue;
      const changed =
        plan.wording === wording
          ? await run.rethink({
              rows: rows.map((row) => row - from),
              thoughts: plan.count,
              replaceThought: ablationHook(plan, rows),
            })
          : await runAblated(model, items, plan, rows);
      const some = rows.map((row) => items[row]);
      const answers = await readAnswers(changed, plan.count, some, plan.wording);
      answers.forEach((answer, i) => {
        const unablated = before[rows[i] - from];
        found.resumeItem(some[i]);
        addAnswer(found, ablation.name, answer);
        found.addMean(`${ablation.name} accuracyDrop`, isCorrect(unablated) - isCorrect(answer));
        found.addMean(`${ablation.name} logitDifferenceDrop`, logitDifference(unablated) - logitDifference(answer));
      });
    }
  });
  if (!isComplete) return undefined;
  const estimate = found.estimates(options);
  const meansOf = (name: string): AnswerMeans => ({
    accuracy: found.share(`${name} accuracy`),
    logitDifference: estimate(`${name} logitDifference`),
    preference: estimate(`${name} preference`),
  });
  return {
    kind: 'ablation',
    version: 1,
    items: found.items,
    graphs: found.graphs,
    thoughts,
    bootstrap: describeBootstrap(options),
    unablated: meansOf('unablated'),
    ablations: made.flatMap(({ ablation: { name, words, informative }, plan }) =>
      'inapplicable' in plan
        ? []
        : [
            {
              name,
              description: words,
              informative,
              ...meansOf(name),
              accuracyDrop: estimate(`${name} accuracyDrop`),
              logitDifferenceDrop: estimate(`${name} logitDifferenceDrop`),
            },
          ],
    ),
    inapplicable: made.flatMap(({ ablation: { name }, plan }) =>
      'inapplicable' in plan ? [{ name, reason: plan.inapplicable }] : [],
    ),
  };
}

/** Adds an answer of the current item to the means of {@link AnswerMeans}. */
export function addAnswer(found: GraphEstimates, name: string, answer: Answer): void {
  found.addMean(`${name} accuracy`, isCorrect(answer));
  found.addMean(`${name} logitDifference`, logitDifference(answer));
  found.addMean(`${name} preference`, preference(answer));
}

/**
 * Ablations by their names; the names are those of `ABLATIONS`. One that is named twice is there once.
 *
 * @throws LensError on a name that is none of them
 */
export function chooseAblations(names: readonly string[]): readonly Ablation[] {
  return [...new Set(names)].map((name) => {
    const ablation = ABLATIONS.find((known) => known.name === name);
    if (ablation !== undefined) return ablation;
    const known = ABLATIONS.map((each) => each.name);
    const remedy = `name one of ${known.join(', ')}${didYouMean(name, known)}`;
    throw new LensError('ablation', `is unknown (${name})`, remedy, 'usage');
  });
}
