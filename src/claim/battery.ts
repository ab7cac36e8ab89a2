import { forEachBatch, type BatchOptions } from '../batches.js';
import { canonicalOrder, type Item } from '../dataset/index.js';
import { LensError } from '../errors.js';
import { turnEventLoop } from '../event-loop.js';
import { isCorrect, type AblationPool } from '../intervention/index.js';
import type { Coconut } from '../model/index.js';
import type { Wording } from '../tokenizer/index.js';
import { crossFitAlignment, type AlignmentEvidence } from './alignment.js';
import { Batch, depthRangeOf } from './batch.js';
import { judge, notApplicable } from './judge.js';
import type {
  ControlObservations,
  Criterion,
  Finding,
  Observation,
  Prediction,
  PredictionId,
  Subject,
} from './prediction.js';
import { PREDICTIONS } from './predictions/index.js';
import { shareOf } from './statistic.js';
import { COMPETENCE } from './thresholds.js';
import { sameLayers } from './scrubbed-answers.js';
import { turnedBySwaps } from './swapped-answers.js';
import { correctForTests, type PredictionResult } from './correct-for-tests.js';
import { concludeAll, type Conclusion } from './verdict.js';

/** A model and how its questions are worded. */
export interface TestedModel {
  readonly model: Coconut;
  readonly wording: Wording;
  /** k */
  readonly thoughts: number;
}

/** How a model is observed. */
export interface ObserveOptions extends BatchOptions {
  readonly seed: number;
  /** Whether what is only measured beside the criteria is left out; default false. */
  readonly criteriaOnly?: boolean | undefined;
  /** Called before each test of each batch. */
  readonly onTest?: ((id: PredictionId) => void) | undefined;
}

/** Everything that tests saw of one model: what a verdict is computed from, without the model. */
export interface Observations {
  readonly subject: Omit<Subject, 'controls'>;
  /** Correctness with all thoughts, by item: 1, 1/2 for a tie, or 0. */
  readonly competence: readonly (Observation & { readonly correct: number })[];
  readonly byPrediction: ReadonlyMap<PredictionId, readonly Observation[]>;
  /** What the alignment of thoughts with layers is fitted to. */
  readonly alignment: AlignmentEvidence;
}

/**
 * Runs the tests' experiments on a model, batch of items by batch. The items' order and ids, and how many go through the
 * model at once, change nothing: they are put in an order of their own, what is drawn for an item belongs to its question,
 * and donors of thoughts are the same for all.
 *
 * @returns undefined where `signal` stopped it
 */
export async function observeModel(
  { model, wording, thoughts }: TestedModel,
  items: readonly Item[],
  predictions: readonly Prediction[],
  { seed, onTest, criteriaOnly = false, ...batching }: ObserveOptions,
): Promise<Observations | undefined> {
  const subject = {
    wording: wording.answering.kind === 'token' ? ('symbolic' as const) : ('english' as const),
    thoughts,
  };
  const competence: (Observation & { correct: number })[] = [];
  const byPrediction = new Map<PredictionId, Observation[]>();
  const turned: AlignmentEvidence['turned'][number][] = [];
  const kept: AlignmentEvidence['kept'][number][] = [];
  const depths = depthRangeOf(items);
  const watched = model.stoppedBy(batching.signal);
  const ordered = canonicalOrder(items);
  // Prompts of a batch are padded to the longest.
  const byLength = [...ordered].sort((a, b) => a.edges.length - b.edges.length);
  let pool: AblationPool | undefined;
  const finished = await forEachBatch(byLength, batching, async (some) => {
    pool ??= await poolOf(watched, wording, ordered.slice(0, POOL), thoughts);
    const batch = new Batch({ model: watched, wording, items: some, thoughts, depths, seed, pool, criteriaOnly });
    const answers = await batch.answers();
    batch.searches.forEach(({ key }, row) => competence.push({ graph: key, correct: isCorrect(answers[row]) }));
    if (thoughts > 0) {
      turned.push(...(await turnedBySwaps(batch)));
      kept.push(...(await sameLayers(batch)).map(({ scrubbed }) => scrubbed));
    }
    for (const prediction of predictions) {
      await turnEventLoop();
      batching.signal?.throwIfAborted();
      if (prediction.inapplicable({ ...subject, controls: 1 }) !== undefined) continue;
      onTest?.(prediction.id);
      const observed = await prediction.observe(batch);
      byPrediction.set(prediction.id, [...(byPrediction.get(prediction.id) ?? []), ...observed]);
    }
  });
  return finished ? { subject, competence, byPrediction, alignment: { turned, kept } } : undefined;
}

/** So many items give their thoughts to others. */
const POOL = 64;

async function poolOf(
  model: Coconut,
  wording: Wording,
  items: readonly Item[],
  thoughts: number,
): Promise<AblationPool> {
  const run = await model.run(
    items.map((item) => wording.prompt(item)),
    { thoughts },
  );
  return { items, thoughts: run.thoughts };
}

/** What a battery came to. */
export interface BatteryResult {
  readonly competence: Criterion;
  readonly findings: readonly PredictionResult[];
  readonly conclusion: Conclusion;
}

/**
 * Judges what was observed; a pure function.
 *
 * @param predictions those that were tested
 * @param battery all that there are: what the conclusion asks for
 */
export function judgeModel(
  observations: Observations,
  controls: readonly { readonly name: string; readonly observations: Observations }[],
  predictions: readonly Prediction[],
  battery: readonly Prediction[] = PREDICTIONS,
): BatteryResult {
  const competence = judgeCompetence(observations.competence);
  const alignment = crossFitAlignment(observations.alignment);
  const findings = correctForTests(
    predictions.map((prediction) => {
      const { id, title, predicts, falsifiedBy, doesNotShow, role, evidence } = prediction;
      return { id, title, predicts, falsifiedBy, doesNotShow, role, evidence, ...findingOf(prediction) };
    }),
    battery.filter(({ necessary }) => necessary === true).map(({ id }) => id),
  );
  return {
    competence,
    findings,
    conclusion: concludeAll(competence, findings, battery, {
      alignment: alignment.agreed,
      items: observations.competence.length,
    }),
  };

  function findingOf(prediction: Prediction): Finding {
    const reason = prediction.inapplicable({ ...observations.subject, controls: controls.length });
    if (reason !== undefined) return notApplicable(reason);
    const own = (of: Observations): readonly Observation[] => of.byPrediction.get(prediction.id) ?? [];
    const others = controls.map((control): ControlObservations<Observation> => {
      return { name: control.name, observations: own(control.observations) };
    });
    return prediction.judge(own(observations), { alignment }, others);
  }
}

function judgeCompetence(competence: Observations['competence']): Criterion {
  const finding = judge(
    competence,
    {
      criteria: [
        {
          name: 'right with all thoughts',
          description: 'target above decoy, share of items',
          statistic: shareOf(competence.map(({ correct }) => correct)),
          reference: 0.5,
          threshold: COMPETENCE,
        },
      ],
    },
    {
      supports: 'it answers better than a guess',
      contradicts: 'it answers no better than a guess',
    },
  );
  return finding.criteria[0];
}

/**
 * Predictions by their ids in the battery's order, then those that stand for themselves; the whole battery by default.
 *
 * @throws LensError if there are none, or naming an id that the battery has not, or that one of its own has
 */
export function choosePredictions(
  chosen?: readonly (PredictionId | Prediction)[],
  battery: readonly Prediction[] = PREDICTIONS,
): readonly Prediction[] {
  if (chosen === undefined) return battery;
  if (chosen.length === 0) throw new LensError('tests', 'name no prediction', 'name at least one', 'usage');
  const known = battery.map(({ id }) => id);
  const ids = chosen.filter((one) => typeof one === 'string');
  const others = chosen.filter((one) => typeof one === 'object');
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new LensError(unknown, 'is no prediction of the battery', `choose among ${known.join(', ')}`, 'usage');
  const taken = others.find(({ id }, i) => known.includes(id) || others.findIndex((one) => one.id === id) !== i);
  if (taken !== undefined)
    throw new LensError(taken.id, 'is the id of another prediction', 'give yours an id of its own', 'usage');
  return [...battery.filter(({ id }) => ids.includes(id)), ...others];
}
