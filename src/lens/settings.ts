import type { BatchOptions } from '../batches.js';
import { requireWhole } from '../require-whole.js';
import { DEFAULT_RESAMPLES } from '../statistics/index.js';
import { withMaxNewTokens, type Wording } from '../tokenizer/index.js';

/** What every call that runs a model takes: `batchSize`, `onProgress`, `signal`. */
export interface RunSettings extends Partial<Omit<BatchOptions, 'batchSize'>> {
  readonly batchSize?: number | undefined;
}

/** How models are let speak whose answers are text. */
export interface SpeakingSettings {
  /** The most tokens that are said. Default: the wording's own number. */
  readonly maxNewTokens?: number | undefined;
}

/** How intervals by the bootstrap are made. */
export interface StatisticsSettings {
  /** A whole number of at least 0. Default 0. */
  readonly seed?: number | undefined;
  /** Resamples of graphs, at least 100. Default 2000. */
  readonly resamples?: number | undefined;
}

/** Items at once where nobody says otherwise. */
const BATCH = 16;

/** Items at once with interventions: a GPT-2's keys and values of an English item are some 30 MB, and they are copied. */
const INTERVENTION_BATCH = { token: 50, text: 12 } as const;

/** @throws LensError on a batch size that is none */
export function runSettings({ batchSize = BATCH, onProgress, signal }: RunSettings): BatchOptions {
  return { batchSize: requireWhole('batchSize', batchSize, 1), onProgress, signal };
}

/** A wording as the settings have it. @throws LensError on a number of tokens that is none */
export function speakingSettings(wording: Wording, { maxNewTokens }: SpeakingSettings): Wording {
  if (maxNewTokens === undefined) return wording;
  return withMaxNewTokens(wording, requireWhole('--max-new-tokens', maxNewTokens, 1));
}

/** The same for calls that intervene. */
export function interventionSettings(settings: RunSettings, { answering }: Wording): BatchOptions {
  const { batchSize = INTERVENTION_BATCH[answering.kind] } = settings;
  return runSettings({ ...settings, batchSize });
}

/** @throws LensError on a seed or a number of resamples that is none */
export function statisticsSettings({ seed = 0, resamples = DEFAULT_RESAMPLES }: StatisticsSettings): {
  readonly seed: number;
  readonly resamples: number;
} {
  return { seed: requireWhole('seed', seed, 0), resamples: requireWhole('resamples', resamples, 100) };
}
