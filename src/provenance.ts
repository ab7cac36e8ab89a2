import type { Coconut } from './model/index.js';
import type { JsonValue, Recording, RecordingMetadata, Scorer } from './recording/index.js';
import type { Tokenizer } from './tokenizer/index.js';
import { installedVersion, versions } from './version.js';

/**
 * Where the result of a command comes from. Every `--json` carries it, under the names that `metadata.json` uses; what
 * a command does not use is left out.
 */
export interface Provenance {
  /** The command line as typed. */
  readonly command: string;
  /** Every flag, defaults filled in; null where there is neither. */
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly seed?: number;
  readonly engine?: RecordingMetadata['engine'];
  readonly dtype?: 'float32';
  readonly model?: ModelProvenance;
  readonly items?: ItemsProvenance;
  readonly recording?: RecordingProvenance;
  readonly warnings: readonly string[];
}

export type ModelProvenance = Pick<RecordingMetadata['model'], 'path' | 'sha256' | 'config' | 'tokenizer'>;

/** `count` of the items that were used, not of those in the file. */
type ItemsProvenance = RecordingMetadata['items'] & { readonly graphs?: number };

/** Which recording was read: its folder, with size and hash of its files. @inline */
type RecordingProvenance = Pick<Recording, 'folder' | 'files'>;

/** Who asked for a result, and for what. */
export interface Invocation {
  /** The command line as typed: `coconut-lens record --model ...`; of a program, what it calls. */
  readonly commandLine: string;
  /** Every setting with its value, null where it has neither value nor default. */
  readonly config: Readonly<Record<string, JsonValue>>;
}

/** Where an analysis of a recording comes from. What the recording itself comes from is in its metadata. */
export interface AnalysisProvenance extends Pick<Provenance, 'command' | 'config' | 'versions' | 'warnings'> {
  /** Of the bootstrap. */
  readonly seed: number;
  /** The folder that was read, with size and SHA-256 of its files. */
  readonly recording: RecordingProvenance;
}

/** What a command used. */
export interface Sources {
  /** What its flags came out as, where a default was resolved: the engine chosen, the model's own number of thoughts. */
  readonly config?: Readonly<Record<string, JsonValue>>;
  readonly seed?: number;
  readonly engine?: RecordingMetadata['engine'];
  readonly model?: ModelProvenance;
  readonly items?: ItemsProvenance;
  readonly recording?: RecordingProvenance;
  readonly warnings?: readonly string[];
}

/**
 * What identifies a model: the bytes of its weights, and all that its config.json says of how they are used. With a
 * tokenizer, also what turned words into ids.
 */
export function modelProvenance(
  path: string,
  { weights, config }: Pick<Coconut, 'weights' | 'config'>,
  tokenizer?: Tokenizer,
): ModelProvenance {
  return {
    path,
    sha256: weights.sha256 ?? '',
    config: JSON.parse(JSON.stringify(config)) as ModelProvenance['config'],
    ...(tokenizer !== undefined && { tokenizer: tokenizerProvenance(tokenizer) }),
  };
}

function tokenizerProvenance({ name, source }: Tokenizer): ModelProvenance['tokenizer'] {
  return { name, ...source, version: installedVersion(source.package) ?? 'unknown' };
}

/** The provenance of a command's result. */
export function provenance(invocation: Invocation, sources: Sources): Provenance {
  const { config, seed, engine, model, items, recording, warnings = [] } = sources;
  return {
    command: invocation.commandLine,
    config: { ...invocation.config, ...config },
    versions: versions(),
    ...(seed !== undefined && { seed }),
    ...(engine !== undefined && { engine, dtype: 'float32' as const }),
    ...(model !== undefined && { model }),
    ...(items !== undefined && { items }),
    ...(recording !== undefined && { recording: { folder: recording.folder, files: recording.files } }),
    warnings,
  };
}

/** The provenance of what is computed from a recording. Its metadata say where the recording comes from. */
export function analysisProvenance(
  invocation: Invocation,
  { folder, files, metadata }: Recording,
  config: { readonly seed: number; readonly resamples: number; readonly scorer?: Scorer },
): AnalysisProvenance {
  const found = provenance(invocation, { config, warnings: metadata.warnings });
  return { ...found, seed: config.seed, recording: { folder, files } };
}
