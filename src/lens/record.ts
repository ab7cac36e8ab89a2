import { InterruptedError, LensError } from '../errors.js';
import { modelProvenance, type Invocation } from '../provenance.js';
import {
  createRecorder,
  longestName,
  memoryRecorder,
  openRecording,
  recordItems,
  sequencePrefix,
  type MemoryRecording,
  type Recording,
  type RecordingMetadata,
  type Scorer,
} from '../recording/index.js';
import { requireWhole } from '../require-whole.js';
import { versions } from '../version.js';
import { checkItems } from './check-items.js';
import { itemFileOf, type ItemSource } from './item-source.js';
import type { Lens } from './lens.js';
import { runSettings, type RunSettings } from './settings.js';

/** How items are recorded. */
export interface RecordOptions extends RunSettings {
  /** k, thoughts per item. Default: what the model was made for. */
  readonly thoughts?: number | undefined;
  /** How nodes are read. Default `firstToken`. */
  readonly scorer?: Scorer | undefined;
  /** With the scorer `sequence`: text between the wording's suffix and a name. Default: see `sequencePrefix`. */
  readonly prefix?: string | undefined;
  /** Kept with the recording. Default 0. */
  readonly seed?: number | undefined;
  /** Goes on with an interrupted recording; one that is finished stays as it is. */
  readonly resume?: boolean | undefined;
  /** Replaces a recording of the same name. */
  readonly overwrite?: boolean | undefined;
  /** Who asks, for the metadata. Default: this program. */
  readonly invocation?: Invocation | undefined;
  /** Gets what a user should know, one line each. */
  readonly onNote?: ((line: string) => void) | undefined;
}

/** What recording to a folder came to. */
export interface RecordedFolder {
  readonly folder: string;
  /** As stored; the command is that of the run that began the recording. */
  readonly metadata: RecordingMetadata;
  readonly files: Recording['files'];
  /** Items that an earlier, interrupted run had recorded. */
  readonly resumedFrom: number;
}

/**
 * Records items into a folder.
 *
 * @throws LensError where model, items or disk do not allow it, or the model has several thoughts for each step
 * @throws InterruptedError once `signal` is aborted; finished batches are kept in `<folder>.partial`
 */
export async function recordToFolder(
  lens: Lens,
  source: ItemSource,
  folder: string,
  options: RecordOptions = {},
): Promise<RecordedFolder> {
  const plan = planOf(lens, source, options);
  const { resume = false, overwrite = false, onNote } = options;
  const recorder = await createRecorder(folder, plan.metadata, { resume, overwrite });
  const resumedFrom = recorder.completed;
  if (recorder.files !== undefined) onNote?.(`${folder}: already complete; nothing is left to record`);
  else if (resumedFrom > 0) onNote?.(`resuming: ${resumedFrom} of ${plan.items.length} items are there`);
  await recordItems(lens.model, plan.items, lens.wording, recorder, plan.run);
  const { metadata, files } = recorder;
  if (files === undefined) {
    throw new InterruptedError(
      `interrupted: ${recorder.completed} of ${plan.items.length} items are kept in ${folder}.partial`,
    );
  }
  return { folder, metadata, files, resumedFrom };
}

/** Records items into a folder and opens it. @throws as {@link recordToFolder} */
export async function recordAndOpen(
  lens: Lens,
  source: ItemSource,
  folder: string,
  options: RecordOptions,
): Promise<Recording> {
  await recordToFolder(lens, source, folder, options);
  return openRecording(folder);
}

/** Records items in memory. @throws as {@link recordToFolder}, but nothing is kept of what was interrupted */
export async function recordInMemory(
  lens: Lens,
  source: ItemSource,
  options: RecordOptions = {},
): Promise<MemoryRecording> {
  const plan = planOf(lens, source, options);
  const recorder = memoryRecorder(plan.metadata);
  if (!(await recordItems(lens.model, plan.items, lens.wording, recorder, plan.run)))
    throw new InterruptedError('interrupted: a recording in memory keeps nothing');
  return recorder.recording;
}

interface Plan {
  readonly items: readonly ReturnType<typeof itemFileOf>['items'][number][];
  readonly metadata: RecordingMetadata;
  readonly run: Parameters<typeof recordItems>[4];
}

function planOf(lens: Lens, source: ItemSource, options: RecordOptions): Plan {
  const { model, wording, folder, engine } = lens;
  const { items, path, sha256 } = itemFileOf(source);
  const { nLayer, nHead, nEmbd, vocabSize, coconut } = model.config;
  const { scorer = 'firstToken', prefix, seed = 0, onNote } = options;
  const run = runSettings(options);
  requireWhole('seed', seed, 0);
  lens.requireDepths();
  const thoughts = options.thoughts ?? lens.thoughts;
  if (thoughts < 1) throw new LensError('--thoughts', `nothing to record (${thoughts})`, 'ask for at least 1', 'usage');
  if (prefix !== undefined && scorer !== 'sequence') {
    throw new LensError('--prefix', `means nothing to the scorer ${scorer}`, 'add --scorer sequence', 'usage');
  }
  const sequence = scorer === 'sequence' ? sequencePrefix(wording, prefix) : undefined;
  checkItems(path, items, {
    config: model.config,
    wording,
    thoughts,
    madeFor: lens.thoughts,
    following: sequence === undefined ? 0 : sequence.tokens.length + longestName(items, wording) - 1,
    disjointNames: sequence !== undefined,
  });
  const warnings = [...lens.warnings];
  if (sequence !== undefined && coconut?.uniformProb === 0) {
    const warning =
      'trained with uniform_prob 0: such a model was never asked for language after fewer than all of its thoughts, ' +
      'so its values there say little (arXiv 2412.06769 reads models trained on mixed stages)';
    warnings.push(warning);
    onNote?.(`warning: ${folder}: ${warning}`);
  }
  const { commandLine: command, config } = options.invocation ?? PROGRAM;
  const { limit = null, permuteIds = null } = config;
  return {
    items,
    run: { thoughts, sequence, ...run },
    metadata: {
      schemaVersion: 1,
      command,
      config: {
        model: folder,
        items: path,
        limit,
        permuteIds,
        thoughts,
        batchSize: run.batchSize,
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
        ...modelProvenance(folder, model, wording.tokenizer),
        layers: nLayer,
        heads: nHead,
        width: nEmbd,
        vocabulary: vocabSize,
        ...(coconut?.constructed === undefined ? {} : { description: `constructed by hand: ${coconut.constructed}` }),
      },
      items: { path, sha256, count: items.length },
      thoughts,
      width: nEmbd,
      scorer,
      readoutPoint: sequence === undefined ? 'thought' : 'language',
      ...(sequence !== undefined && { prefix: sequence }),
      warnings,
    },
  };
}

/** What metadata say where a program records. */
export const PROGRAM: Invocation = { commandLine: 'a program', config: {} };
