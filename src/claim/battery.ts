import type { Item } from '../dataset/index.js';
import { isCorrect } from '../intervention/index.js';
import type { Coconut } from '../model/index.js';
import type { Wording } from '../tokenizer/index.js';
import { createRandom } from '../random.js';

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
import type { Settings } from './settings.js';
import { meanOf } from './statistic.js';
import { concludeAll, correct, type Conclusion, type Judged } from './verdict.js';

/** A model and how it is asked. */
export interface Examined {
  /** What it is called where it is a control. */
  readonly name: string;
  readonly model: Coconut;
  readonly wording: Wording;
  /** k */
  readonly thoughts: number;
}

export interface ObserveOptions {
  readonly seed: number;
  /** Items that go through the model at once; donors of thoughts are found among them. */
  readonly batchSize: number;
  readonly onProgress?: ((completed: number) => void) | undefined;
  /** Where the time goes: called after each test of each batch. */
  readonly onTest?: ((id: PredictionId, milliseconds: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Everything that tests saw of one model: what a verdict is computed from, without the model. */
export interface Observations {
  readonly subject: Omit<Subject, 'controls'>;
  /** Share right with all thoughts, by item. */
  readonly competence: readonly (Observation & { readonly right: number })[];
  readonly byPrediction: ReadonlyMap<PredictionId, readonly Observation[]>;
}

/**
 * Puts items before a model and runs the tests' experiments, batch by batch.
 *
 * @returns undefined where `signal` stopped it
 */
export async function observeModel(
  { model, wording, thoughts }: Omit<Examined, 'name'>,
  items: readonly Item[],
  predictions: readonly Prediction[],
  { seed, batchSize, onProgress, onTest, signal }: ObserveOptions,
): Promise<Observations | undefined> {
  const subject = {
    wording: wording.answering.kind === 'token' ? ('symbolic' as const) : ('english' as const),
    thoughts,
  };
  const competence: (Observation & { right: number })[] = [];
  const byPrediction = new Map<PredictionId, Observation[]>();
  const depths = depthRangeOf(items);
  onProgress?.(0);
  for (let from = 0; from < items.length; from += batchSize) {
    const some = items.slice(from, from + batchSize);
    const random = createRandom(`battery ${seed}`).fork(`items from ${from}`);
    const batch = new Batch(model, wording, some, thoughts, depths, random);
    const answers = await batch.answers();
    batch.searches.forEach(({ key }, row) => competence.push({ graph: key, right: isCorrect(answers[row]) }));
    for (const prediction of predictions) {
      if (signal?.aborted === true) return undefined;
      if (prediction.inapplicable({ ...subject, controls: 1 }) !== undefined) continue;
      const started = performance.now();
      const seen = await prediction.observe(batch);
      onTest?.(prediction.id, performance.now() - started);
      byPrediction.set(prediction.id, [...(byPrediction.get(prediction.id) ?? []), ...seen]);
    }
    onProgress?.(from + some.length);
  }
  return { subject, competence, byPrediction };
}

/** What a battery came to. */
export interface BatteryResult {
  readonly competence: Criterion;
  readonly findings: readonly Judged[];
  readonly conclusion: Conclusion;
}

/** Judges what was observed; a pure function. */
export function judgeModel(
  { subject, competence, byPrediction }: Observations,
  controls: readonly { readonly name: string; readonly observations: Observations }[],
  predictions: readonly Prediction[],
  settings: Settings,
): BatteryResult {
  const found = predictions.map((prediction) => {
    const { id, role } = prediction;
    return { id, role, ...findingOf(prediction) };
  });
  const criterion = judgeCompetence(competence, settings);
  const findings = correct(found);
  return { competence: criterion, findings, conclusion: concludeAll(criterion, findings) };

  function findingOf(prediction: Prediction): Finding {
    const reason = prediction.inapplicable({ ...subject, controls: controls.length });
    if (reason !== undefined) return notApplicable(reason);
    const seen = (of: Observations): readonly Observation[] => of.byPrediction.get(prediction.id) ?? [];
    const others = controls.map(({ name, observations }): ControlObservations<Observation> => {
      return { name, observations: seen(observations) };
    });
    return prediction.judge(seen({ subject, competence, byPrediction }), settings, others);
  }
}

function judgeCompetence(competence: Observations['competence'], settings: Settings): Criterion {
  const finding = judge(
    competence,
    {
      criteria: [
        {
          name: 'right with all thoughts',
          words: 'target above decoy, share of items',
          statistic: meanOf(
            competence.map(({ right }) => right),
            0.5,
          ),
          reference: 0.5,
          threshold: 'competence',
        },
      ],
    },
    settings,
    { supports: 'it answers better than a guess', contradicts: 'it answers no better than a guess' },
  );
  return finding.criteria[0];
}

/** The predictions of some ids, in the battery's order; all of them without ids. */
export function choosePredictions(ids?: readonly PredictionId[]): readonly Prediction[] {
  return ids === undefined ? PREDICTIONS : PREDICTIONS.filter(({ id }) => ids.includes(id));
}
