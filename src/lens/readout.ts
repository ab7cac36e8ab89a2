import { forEachBatch } from '../batches.js';
import type { Figure } from '../drawing/index.js';
import { InterruptedError, LensError } from '../errors.js';
import { readoutRows, type Readout, type ReadoutHead, type ReadoutRow } from '../readout/index.js';
import { READOUTS, type ReadoutName } from '../readout/readouts.js';
import type { MemoryRecording, Recording } from '../recording/index.js';
import { DEFAULT_RESAMPLES, type BootstrapOptions } from '../statistics/index.js';
import { itemFileOf, type ItemSource } from './item-source.js';
import type { Lens, RunSettings, StatisticsSettings } from './lens.js';

/** The result of a readout, by the readout's name. */
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
export interface ReadoutOptions extends RunSettings, StatisticsSettings {
  /** k, thoughts per item. Default: what the model was made for. Of a recording: what it has. */
  readonly thoughts?: number | undefined;
  /** Block from 0, for readouts of one layer. Default the last. */
  readonly layer?: number | undefined;
}

const BATCH = 16;

/**
 * Reads items with a model.
 *
 * @throws LensError if an item does not fit, or the model has several thoughts for each step
 * @throws InterruptedError once `signal` is aborted
 */
export async function readoutOfItems(
  lens: Lens,
  name: ReadoutName,
  source: ItemSource,
  options: ReadoutOptions = {},
): Promise<ReadoutOutcome> {
  const readout = await readoutNamed(name);
  const { items, path } = itemFileOf(source);
  const { model, wording } = lens;
  const { layer, batchSize = BATCH, onProgress, signal } = options;
  if (layer !== undefined && readout.options?.includes('layer') !== true) {
    throw new LensError('--layer', `means nothing to ${name} (${layer})`, 'leave it out', 'usage');
  }
  lens.requireDepths();
  const thoughts = options.thoughts ?? lens.thoughts;
  if (thoughts < 1) throw new LensError('--thoughts', `nothing to read (${thoughts})`, 'ask for at least 1', 'usage');
  lens.requireRoom(path, items, thoughts, readout.following(wording, items), readout.wholeNames);
  const reading = readout.begin();
  const isComplete = await forEachBatch(items, { batchSize, onProgress, signal }, async (batch) => {
    for (const own of await readout.observe(model, batch, wording, { thoughts, layer })) reading.add(own);
  });
  if (!isComplete) throw new InterruptedError('interrupted: a readout keeps nothing');
  return shown(readout, reading.finish(statistics(options)));
}

/**
 * Reads a recording; no model is run.
 *
 * @returns undefined where the readout needs more than a recording holds
 * @throws LensError if a record is damaged
 */
export async function readoutOfRecording(
  name: ReadoutName,
  recording: Pick<Recording | MemoryRecording, 'records'>,
  options: ReadoutOptions = {},
): Promise<ReadoutOutcome | undefined> {
  const readout = await readoutNamed(name);
  if (readout.ofRecord === undefined) return undefined;
  const reading = readout.begin();
  for await (const record of recording.records()) reading.add(readout.ofRecord(record));
  return shown(readout, reading.finish(statistics(options)));
}

/** The same with the model that made the recording, for readouts that need more than it holds. */
export async function readoutOfEither(
  lens: Lens,
  name: ReadoutName,
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
      `open the model that was recorded: ${name} runs it again`,
      'usage',
    );
  const file = { items: source.items, path: items.path, sha256: items.sha256 };
  return readoutOfItems(lens, name, file, { thoughts, ...options });
}

async function readoutNamed(name: ReadoutName): Promise<Readout> {
  if (!Object.hasOwn(READOUTS, name)) {
    const known = Object.keys(READOUTS).join(', ');
    throw new LensError('readout', `there is none of this name (${name})`, `choose from ${known}`, 'usage');
  }
  const { readout }: { readonly readout: Readout } = await READOUTS[name]();
  return readout;
}

function shown(readout: Readout, result: ReadoutHead): ReadoutOutcome {
  return {
    result,
    text: readout.table(result).trimEnd(),
    rows: (readout.rows ?? readoutRows)(result),
    figures: new Map(Object.entries(readout.figures(result))),
  };
}

function statistics({ seed = 0, resamples = DEFAULT_RESAMPLES }: ReadoutOptions): BootstrapOptions {
  return { seed, resamples };
}
