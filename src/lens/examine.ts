import { observeModel, type ObserveOptions, type Observations, type Prediction } from '../claim/index.js';
import { InterruptedError, LensError } from '../errors.js';
import { modelProvenance, type ModelProvenance } from '../provenance.js';
import type { EngineInfo } from '../tensor/index.js';
import { followingOf } from '../tokenizer/index.js';
import type { Lens } from './lens.js';
import { interventionSettings, type RunSettings } from './settings.js';
import type { BatterySample } from './claim.js';

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
 * Finds what a battery would refuse, before it begins.
 *
 * @param lens the model, or a control
 * @param compared of a control: the model that it is compared with
 * @throws LensError if the model has no continuous thoughts, an item does not fit it, or the control is asked in another
 * wording
 */
export function requireClaimable(lens: Lens, { items, path }: BatterySample, compared?: Lens): void {
  const { folder, wording, thoughts, method } = lens;
  lens.requireDepths();
  if (thoughts === 0) {
    throw new LensError(
      folder,
      `has no continuous thoughts (method ${method}), so nothing can be claimed of them`,
      'give a Coconut model, or use compare and evaluate',
      'usage',
    );
  }
  if (compared !== undefined && nameOf(compared) !== nameOf(lens)) {
    throw new LensError(
      folder,
      `is asked in another wording (${nameOf(lens)}; ${compared.folder} in ${nameOf(compared)})`,
      'compare models of one wording',
      'usage',
    );
  }
  lens.requireRoom(path, items, thoughts, followingOf(wording));
}

const nameOf = ({ wording }: Lens): ExaminedModel['wording'] =>
  wording.answering.kind === 'token' ? 'symbolic' : 'english';

/**
 * Runs the experiments of some predictions on a model.
 *
 * @throws as `requireClaimable`
 * @throws InterruptedError once `signal` is aborted
 */
export async function examine(
  lens: Lens,
  sample: BatterySample,
  predictions: readonly Prediction[],
  { seed, onTest, ...settings }: Pick<ObserveOptions, 'seed' | 'onTest'> & RunSettings,
): Promise<ExaminedModel> {
  requireClaimable(lens, sample);
  const { folder, model, wording, thoughts, engine, method } = lens;
  const run = { seed, onTest, ...interventionSettings(settings, wording) };
  const observations = await observeModel({ model, wording, thoughts }, sample.items, predictions, run);
  if (observations === undefined) throw new InterruptedError('interrupted: a battery keeps nothing');
  return {
    name: folder,
    observations,
    provenance: modelProvenance(folder, model, wording.tokenizer),
    method,
    thoughts,
    wording: observations.subject.wording,
    batchSize: run.batchSize,
    engine,
    warnings: lens.warnings,
  };
}
