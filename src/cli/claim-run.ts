import { observeModel, type Observations, type Prediction } from '../claim/index.js';
import type { Item } from '../dataset/index.js';
import type { EngineInfo, EngineName } from '../tensor/index.js';
import { followingOf } from '../tokenizer/index.js';
import { LensError } from '../errors.js';
import { checkItems } from './check-items.js';
import type { CommandContext } from './command.js';
import { InterruptedError } from './exit-codes.js';
import { checkDepths, openModel } from './open-model.js';
import { progressBar } from './progress.js';
import { modelProvenance } from './provenance.js';

/** Items at once. A GPT-2's keys and values of an English item are some 30 MB, and interventions copy them. */
const BATCH = { token: 50, text: 12 } as const;

/** A model after the battery's experiments. */
export interface ExaminedFolder {
  readonly observations: Observations;
  readonly provenance: ReturnType<typeof modelProvenance>;
  readonly method: string;
  readonly thoughts: number;
  readonly wording: 'symbolic' | 'english';
  readonly batchSize: number;
  readonly engine: EngineInfo;
  readonly warnings: readonly string[];
}

/**
 * Opens a model folder and runs the experiments of some predictions on it.
 *
 * @param path the items' file or words for them, for messages
 * @throws LensError if the folder is no model with continuous thoughts, or an item does not fit it
 */
export async function examineFolder(
  folder: string,
  engineName: EngineName | undefined,
  { items, path }: { readonly items: readonly Item[]; readonly path: string },
  predictions: readonly Prediction[],
  { seed, batchSize: asked }: { readonly seed: number; readonly batchSize?: number | undefined },
  context: CommandContext,
): Promise<ExaminedFolder> {
  const { model, wording, thoughts, engine } = await openModel(folder, engineName, context);
  const batchSize = asked ?? BATCH[wording.answering.kind];
  const method = model.config.coconut?.method ?? '';
  try {
    checkDepths(folder, model.config.coconut);
    if (thoughts === 0) {
      throw new LensError(
        folder,
        `has no continuous thoughts (method ${method}), so nothing can be claimed of them`,
        'give a Coconut model, or use compare and evaluate',
        'usage',
      );
    }
    const following = followingOf(wording);
    checkItems(path, items, {
      config: model.config,
      wording,
      thoughts,
      madeFor: thoughts,
      following,
      disjointNames: false,
    });
    const progress = progressBar(context, items.length, `items of ${folder}`);
    try {
      const observations = await observeModel({ model, wording, thoughts }, items, predictions, {
        seed,
        batchSize,
        onProgress: (completed) => progress.update(completed),
        signal: context.io.signal,
      });
      if (observations === undefined) throw new InterruptedError('interrupted: a battery keeps nothing');
      return {
        observations,
        provenance: modelProvenance(folder, model, wording.tokenizer),
        method,
        thoughts,
        wording: observations.subject.wording,
        batchSize,
        engine,
        warnings: model.weights.warnings ?? [],
      };
    } finally {
      progress.stop();
    }
  } finally {
    model.dispose();
  }
}
