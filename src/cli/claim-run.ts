import { observeModel, type Observations, type Prediction } from '../claim/index.js';
import type { Item } from '../dataset/index.js';
import { modelProvenance } from '../provenance.js';
import type { EngineInfo, EngineName } from '../tensor/index.js';
import { followingOf } from '../tokenizer/index.js';
import { InterruptedError, LensError } from '../errors.js';
import type { CommandContext } from './command.js';
import { openLens } from './open-lens.js';
import { progressBar } from './progress.js';

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
  const lens = await openLens(folder, engineName, context);
  const { model, wording, thoughts, engine, method } = lens;
  const batchSize = asked ?? BATCH[wording.answering.kind];
  try {
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
    lens.dispose();
  }
}
