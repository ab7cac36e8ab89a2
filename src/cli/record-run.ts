import type { ItemFile } from '../dataset/index.js';
import type { FileSummaries, RecordingMetadata, Scorer } from '../recording/index.js';
import type { EngineName } from '../tensor/index.js';
import { LensError } from '../errors.js';
import { checkItems } from './check-items.js';
import { chooseItems } from './choose-items.js';
import type { CommandContext } from './command.js';
import { InterruptedError } from './exit-codes.js';
import { checkDepths, openModel, pauseNotes } from './open-model.js';
import { progressBar } from './progress.js';
import { modelProvenance } from './provenance.js';
import { versions } from './version.js';

/** A recording to be made. */
export interface RecordingPlan {
  readonly modelFolder: string;
  readonly items: ItemFile;
  readonly out: string;
  /** Default: what the model was made for. */
  readonly thoughts?: number | undefined;
  readonly batchSize: number;
  /** Only the first so many items. */
  readonly limit?: number | undefined;
  /** Seed of random node numbers; default: the items' own. */
  readonly permuteIds?: number | undefined;
  readonly seed: number;
  readonly engine?: EngineName | undefined;
  /** How nodes are read. Default: by the first token of their names. */
  readonly scorer?: Scorer | undefined;
  /** With the scorer `sequence`: what stands between the wording's suffix and a name. Default: see `sequencePrefix`. */
  readonly prefixText?: string | undefined;
  readonly resume?: boolean;
  readonly overwrite?: boolean;
  /** What a user who interrupts should do next. */
  readonly afterInterrupt: string;
}

export interface RecordingSummary {
  readonly folder: string;
  readonly items: number;
  readonly thoughts: number;
  /** Items that an earlier, interrupted run had recorded. */
  readonly resumedFrom: number;
  readonly seconds: number;
  /** As stored; the command is that of the run that began the recording. */
  readonly metadata: RecordingMetadata;
  readonly files: FileSummaries;
}

/**
 * Records a file of items with a model.
 *
 * @throws LensError where model, items or disk do not allow it, or the model has several thoughts for each step
 * @throws InterruptedError where the user interrupted; finished batches are kept
 */
export async function recordRun(plan: RecordingPlan, context: CommandContext): Promise<RecordingSummary> {
  const { createRecorder, longestName, recordItems, sequencePrefix } = await import('../recording/index.js');
  const { out, batchSize, seed } = plan;
  const items = chooseItems(plan.items, plan);
  const { model, wording, engine, thoughts: madeFor } = await openModel(plan.modelFolder, plan.engine, context);
  const { nLayer, nHead, nEmbd, vocabSize, coconut } = model.config;
  checkDepths(plan.modelFolder, coconut);
  const thoughts = plan.thoughts ?? madeFor;
  if (thoughts < 1) throw new LensError('--thoughts', `nothing to record (${thoughts})`, 'ask for at least 1', 'usage');
  const { scorer = 'firstToken', prefixText } = plan;
  if (prefixText !== undefined && scorer !== 'sequence') {
    throw new LensError('--prefix', `means nothing to the scorer ${scorer}`, 'add --scorer sequence', 'usage');
  }
  const sequence = scorer === 'sequence' ? sequencePrefix(wording, prefixText) : undefined;
  checkItems(plan.items.path, items, {
    config: model.config,
    wording,
    thoughts,
    madeFor,
    following: sequence === undefined ? 0 : sequence.tokens.length + longestName(items, wording) - 1,
    disjointNames: sequence !== undefined,
  });
  const warnings = [...(model.weights.warnings ?? []), ...(coconut === undefined ? [] : pauseNotes(coconut))];
  if (sequence !== undefined && coconut?.uniformProb === 0) {
    const warning =
      'trained with uniform_prob 0: such a model was never asked for language after fewer than all of its thoughts, ' +
      'so its values there say little (arXiv 2412.06769 reads models trained on mixed stages)';
    warnings.push(warning);
    context.note(`warning: ${plan.modelFolder}: ${warning}`);
  }
  const metadata: RecordingMetadata = {
    schemaVersion: 1,
    command: context.commandLine,
    config: {
      model: plan.modelFolder,
      items: plan.items.path,
      limit: plan.limit ?? null,
      permuteIds: plan.permuteIds ?? null,
      thoughts,
      batchSize,
      seed,
      engine: engine.name,
      wording: wording.tokenizer.name,
      ...(sequence !== undefined && { scorer, prefix: sequence.text }),
    },
    seed,
    engine,
    versions: versions(),
    dtype: 'float32',
    model: {
      ...modelProvenance(plan.modelFolder, model, wording.tokenizer),
      layers: nLayer,
      heads: nHead,
      width: nEmbd,
      vocabulary: vocabSize,
      ...(coconut?.constructed === undefined ? {} : { description: `constructed by hand: ${coconut.constructed}` }),
    },
    items: { path: plan.items.path, sha256: plan.items.sha256, count: items.length },
    thoughts,
    width: nEmbd,
    scorer,
    readoutPoint: sequence === undefined ? 'thought' : 'language',
    ...(sequence !== undefined && { prefix: sequence }),
    warnings,
  };
  const { resume = false, overwrite = false } = plan;
  try {
    const recorder = await createRecorder(out, metadata, { resume, overwrite });
    const resumedFrom = recorder.completed;
    if (recorder.files !== undefined) context.note(`${out}: already complete; nothing is left to record`);
    else if (resumedFrom > 0) context.note(`resuming: ${resumedFrom} of ${items.length} items are there`);
    const started = performance.now();
    const progress = progressBar(context, items.length, 'items');
    let finished: boolean;
    try {
      finished = await recordItems(model, items, wording, recorder, {
        thoughts,
        batchSize,
        sequence,
        signal: context.io.signal,
        onProgress: (completed) => progress.update(completed),
      });
    } finally {
      progress.stop();
    }
    const { metadata: stored, files } = recorder;
    if (!finished || files === undefined) {
      throw new InterruptedError(
        `interrupted: ${recorder.completed} of ${items.length} items are kept in ${out}.partial; ${plan.afterInterrupt}`,
      );
    }
    const seconds = (performance.now() - started) / 1000;
    return { folder: out, items: items.length, thoughts, resumedFrom, seconds, metadata: stored, files };
  } finally {
    model.dispose();
  }
}
