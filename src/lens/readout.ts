import { forEachBatch } from '../batches.js';
import type { Figure } from '../drawing/index.js';
import { didYouMean } from '../did-you-mean.js';
import { InterruptedError, LensError } from '../errors.js';
import { readoutRows, type Readout, type ReadoutHead, type ReadoutRow } from '../readout/index.js';
import { requireWhole } from '../require-whole.js';
import { READOUTS, type ReadoutName } from '../readout/readouts.js';
import type { MemoryRecording, Recording, Scorer } from '../recording/index.js';
import { itemFileOf, type ItemSource } from './item-source.js';
import type { Lens } from './lens.js';
import {
  runSettings,
  speakingSettings,
  statisticsSettings,
  type RunSettings,
  type SpeakingSettings,
  type StatisticsSettings,
} from './settings.js';

/**
 * The result of a readout, by the readout's name.
 *
 * @interface
 */
export type ReadoutResults = {
  readonly [Name in ReadoutName]: Parameters<Awaited<ReturnType<(typeof READOUTS)[Name]>>['readout']['table']>[0];
};

/** What a readout found, ready to be printed, drawn and tabulated. */
export interface ReadoutOutcome<Result extends ReadoutHead = ReadoutHead> {
  /** JSON-serialisable. */
  readonly result: Result;
  /** The same as tables. */
  readonly text: string;
  /** Every number as a flat row. */
  readonly rows: readonly ReadoutRow[];
  /** By name, the default one first. */
  readonly figures: ReadonlyMap<string, Figure>;
}

/** How a readout is made. */
export interface ReadoutOptions extends RunSettings, SpeakingSettings, StatisticsSettings {
  /** k, thoughts per item. Default: what the model was made for. Of a recording: what it has. */
  readonly thoughts?: number | undefined;
  /** Block from 0, for readouts of one layer. Default the last. */
  readonly layer?: number | undefined;
  /** Of a recording: how its nodes are read. Default: as recorded. */
  readonly scorer?: Scorer | undefined;
}

/**
 * Reads items with a model.
 *
 * @throws LensError if an item does not fit, or the model has several thoughts for each step
 * @throws InterruptedError once `signal` is aborted
 */
export async function readoutOfItems(
  lens: Lens,
  name: ReadoutName | Readout,
  source: ItemSource,
  options: ReadoutOptions = {},
): Promise<ReadoutOutcome> {
  const readout = await loaded(name);
  const { items, path } = itemFileOf(source);
  const wording = speakingSettings(lens.wording, options);
  const [run, bootstrap] = [runSettings(options), statisticsSettings(options)];
  const model = lens.model.stoppedBy(run.signal);
  const layer = layerOf(readout, options);
  lens.requireDepths();
  const thoughts = options.thoughts ?? lens.thoughts;
  if (thoughts < 1) throw new LensError('--thoughts', `nothing to read (${thoughts})`, 'ask for at least 1', 'usage');
  lens.requireRoom(path, items, thoughts, readout.following(wording, items), readout.wholeNames);
  const reading = readout.begin();
  const isComplete = await forEachBatch(items, run, async (batch) => {
    for (const own of await readout.observe(model, batch, wording, { thoughts, layer })) reading.add(own);
  });
  if (!isComplete) throw new InterruptedError('interrupted: a readout keeps nothing');
  return shown(readout, reading.finish(bootstrap));
}

/**
 * Reads a recording; no model is run.
 *
 * @returns undefined where the readout needs more than a recording holds
 * @throws LensError if a record is damaged, or another number of thoughts is asked for than the recording has
 * @throws InterruptedError once `signal` is aborted
 */
export async function readoutOfRecording(
  name: ReadoutName | Readout,
  recording: Recording | MemoryRecording,
  options: ReadoutOptions = {},
): Promise<ReadoutOutcome | undefined> {
  const readout = await loaded(name);
  if (readout.ofRecord === undefined) return undefined;
  const bootstrap = statisticsSettings(options);
  layerOf(readout, options);
  const { thoughts } = recording.metadata;
  if (options.thoughts !== undefined && options.thoughts !== thoughts)
    throw new LensError(
      '--thoughts',
      `the recording has another number of them (${options.thoughts}; ${thoughts})`,
      'leave it out, or read the items with the model',
      'usage',
    );
  const reading = readout.begin();
  let completed = 0;
  options.onProgress?.(completed);
  for await (const record of recording.records(options.scorer)) {
    if (options.signal?.aborted === true) throw new InterruptedError('interrupted: a readout keeps nothing');
    reading.add(readout.ofRecord(record));
    options.onProgress?.(++completed);
  }
  return shown(readout, reading.finish(bootstrap));
}

/** The same with the model that made the recording, for readouts that need more than it holds. */
export async function readoutOfEither(
  lens: Lens,
  name: ReadoutName | Readout,
  source: ItemSource | Recording | MemoryRecording,
  options: ReadoutOptions,
): Promise<ReadoutOutcome> {
  if (!('records' in source)) return readoutOfItems(lens, name, source, options);
  const found = await readoutOfRecording(name, source, options);
  if (found !== undefined) return found;
  const { model, items, thoughts } = source.metadata;
  if (model.sha256 !== (lens.model.weights.sha256 ?? ''))
    throw new LensError(
      'recording',
      `is of another model (${model.path}; its weights have another hash than those of ${lens.folder})`,
      'open the model that was recorded: this readout runs it again',
      'usage',
    );
  const file = { items: source.items, path: items.path, sha256: items.sha256 };
  return readoutOfItems(lens, name, file, { ...options, thoughts: options.thoughts ?? thoughts });
}

async function loaded(name: ReadoutName | Readout): Promise<Readout> {
  if (typeof name === 'object') return name;
  if (!Object.hasOwn(READOUTS, name)) {
    const known = Object.keys(READOUTS);
    throw new LensError(
      'readout',
      `there is none of this name (${name})`,
      `choose from ${known.join(', ')}${didYouMean(name, known)}`,
      'usage',
    );
  }
  const { readout }: { readonly readout: Readout } = await READOUTS[name]();
  return readout;
}

/** @throws LensError if a layer, or a number of tokens, is asked of a readout to which it means nothing */
function layerOf({ name, options }: Readout, { layer, maxNewTokens }: ReadoutOptions): number | undefined {
  if (maxNewTokens !== undefined && options?.includes('maxNewTokens') !== true)
    throw new LensError('--max-new-tokens', `means nothing to ${name} (${maxNewTokens})`, 'leave it out', 'usage');
  if (layer === undefined) return undefined;
  if (options?.includes('layer') !== true)
    throw new LensError('--layer', `means nothing to ${name} (${layer})`, 'leave it out', 'usage');
  return requireWhole('--layer', layer, 0);
}

function shown(readout: Readout, result: ReadoutHead): ReadoutOutcome {
  return {
    result,
    text: readout.table(result).trimEnd(),
    rows: (readout.rows ?? readoutRows)(result),
    figures: new Map(Object.entries(readout.figures(result))),
  };
}
