import { observeModel, type Observations, type Prediction } from '../claim/index.js';
import { InterruptedError, LensError } from '../errors.js';
import { modelProvenance, type ModelProvenance } from '../provenance.js';
import type { EngineInfo } from '../tensor/index.js';
import { followingOf } from '../tokenizer/index.js';
import type { Lens, RunSettings } from './lens.js';
import type { BatterySample } from './claim.js';

/** Items at once. A GPT-2's keys and values of an English item are some 30 MB, and interventions copy them. */
const BATCH = { token: 50, text: 12 } as const;

/** A model after the battery's experiments: all that judging it needs, without the model. */
export interface ExaminedModel {
  readonly name: string;
  readonly observations: Observations;
  readonly provenance: ModelProvenance;
  readonly method: string;
  readonly thoughts: number;
  readonly wording: 'symbolic' | 'english';
  readonly batchSize: number;
  readonly engine: EngineInfo;
  readonly warnings: readonly string[];
}

/**
 * Runs the experiments of some predictions on a model.
 *
 * @throws LensError if the model has no continuous thoughts, or an item does not fit it
 * @throws InterruptedError once `signal` is aborted
 */
export async function examine(
  lens: Lens,
  { items, path }: BatterySample,
  predictions: readonly Prediction[],
  { seed, batchSize: asked, onProgress, signal }: { readonly seed: number } & RunSettings,
): Promise<ExaminedModel> {
  const { folder, model, wording, thoughts, engine, method } = lens;
  lens.requireDepths();
  if (thoughts === 0) {
    throw new LensError(
      folder,
      `has no continuous thoughts (method ${method}), so nothing can be claimed of them`,
      'give a Coconut model, or use compare and evaluate',
      'usage',
    );
  }
  lens.requireRoom(path, items, thoughts, followingOf(wording));
  const batchSize = asked ?? BATCH[wording.answering.kind];
  const run = { seed, batchSize, onProgress, signal };
  const observations = await observeModel({ model, wording, thoughts }, items, predictions, run);
  if (observations === undefined) throw new InterruptedError('interrupted: a battery keeps nothing');
  return {
    name: folder,
    observations,
    provenance: modelProvenance(folder, model, wording.tokenizer),
    method,
    thoughts,
    wording: observations.subject.wording,
    batchSize,
    engine,
    warnings: model.weights.warnings ?? [],
  };
}
