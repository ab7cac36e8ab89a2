import { z } from 'zod';
import { LensError } from '../errors.js';

/** Version of the layout that docs/recording-format.md describes. Readers refuse every other. */
export const SCHEMA_VERSION = 1;

/** What JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Where a recording comes from: everything needed to make it again. It carries no times, so that the same run gives
 * the same bytes.
 */
export interface RecordingMetadata {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** The command line, arguments joined by blanks. A resumed recording keeps that of the run which began it. */
  readonly command: string;
  /** The configuration with every default filled in. */
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly seed: number;
  readonly engine: { readonly name: string; readonly version: string; readonly threads: number };
  /** Package or runtime -> version: `coconut-lens`, `node`, `apache-arrow`, ... */
  readonly versions: Readonly<Record<string, string>>;
  readonly dtype: 'float32';
  readonly model: {
    readonly path: string;
    /** Hash of the weights, hexadecimal. */
    readonly sha256: string;
    readonly layers: number;
    readonly heads: number;
    /** d, the same as the recording's own `width`. */
    readonly width: number;
    /** Tokens in the LM head: the softmax of `nodeProbabilities` runs over this many. */
    readonly vocabulary: number;
    readonly description?: string | undefined;
  };
  readonly items: {
    readonly path: string;
    /** Hash of the items file, hexadecimal. */
    readonly sha256: string;
    /** How many items this recording holds when it is complete (not how many the file holds). */
    readonly count: number;
  };
  /** k, thoughts per item. */
  readonly thoughts: number;
  /** d, numbers per thought. */
  readonly width: number;
  /** How a node's logit and probability are read: `firstToken` reads the first token of the node's name. */
  readonly scorer: 'firstToken';
  /** Where the LM head reads: `thought` is the fed-back hidden state itself (after ln_f). */
  readonly readoutPoint: 'thought';
  /** What a reader should know before trusting the numbers. */
  readonly warnings: readonly string[];
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
const positive = z.int().positive();

const metadataShape = {
  schemaVersion: z.literal(SCHEMA_VERSION),
  command: z.string(),
  config: z.record(z.string(), z.json()),
  seed: z.int(),
  engine: z.strictObject({ name: z.string().min(1), version: z.string(), threads: z.int().nonnegative() }),
  versions: z.record(z.string(), z.string()),
  dtype: z.literal('float32'),
  model: z.strictObject({
    path: z.string(),
    sha256,
    layers: positive,
    heads: positive,
    width: positive,
    vocabulary: positive,
    description: z.string().optional(),
  }),
  items: z.strictObject({ path: z.string(), sha256, count: z.int().nonnegative() }),
  thoughts: positive,
  width: positive,
  scorer: z.literal('firstToken'),
  readoutPoint: z.literal('thought'),
  warnings: z.array(z.string()),
};

const sameWidth = ({ width, model }: { readonly width: number; readonly model: { readonly width: number } }): boolean =>
  width === model.width;
const widthsDiffer = 'width: differs from model.width';

/** Validates {@link RecordingMetadata}; unknown keys are refused. */
export const recordingMetadataSchema: z.ZodType<RecordingMetadata> = z
  .strictObject(metadataShape)
  .refine(sameWidth, widthsDiffer);

/** Size and hash of one file of a finished recording. */
export interface FileSummary {
  readonly bytes: number;
  readonly sha256: string;
}

/** The recording's Arrow files. */
export const ARROW_FILES = ['items.arrow', 'thoughts.arrow'] as const;
export type ArrowFile = (typeof ARROW_FILES)[number];

/** `metadata.json`: `files` is added by the last step of a recording, so without it the recording is unfinished. */
export interface MetadataFile extends RecordingMetadata {
  readonly files?: Readonly<Record<ArrowFile, FileSummary>> | undefined;
}

const fileSummary = z.strictObject({ bytes: z.int().nonnegative(), sha256 });

const metadataFileSchema: z.ZodType<MetadataFile> = z
  .strictObject({
    ...metadataShape,
    files: z.strictObject({ 'items.arrow': fileSummary, 'thoughts.arrow': fileSummary }).optional(),
  })
  .refine(sameWidth, widthsDiffer);

/**
 * Checks metadata made by a caller and returns it exactly as JSON will give it back.
 *
 * @throws LensError naming the first field that is wrong
 */
export function validateMetadata(metadata: RecordingMetadata): RecordingMetadata {
  const result = recordingMetadataSchema.safeParse(metadata);
  if (!result.success) throw new LensError('recording metadata', firstIssue(result.error), undefined, 'usage');
  return JSON.parse(JSON.stringify(result.data)) as RecordingMetadata;
}

/**
 * Parses the text of a `metadata.json`.
 *
 * @throws LensError where it is no JSON, of another schema version, or malformed
 */
export function parseMetadataFile(path: string, text: string): MetadataFile {
  const json = parseJson(path, text);
  const version = z.looseObject({ schemaVersion: z.int() }).safeParse(json);
  if (!version.success) {
    throw new LensError(path, 'is not the metadata of a recording (no schemaVersion)', 'name a folder made by record');
  }
  if (version.data.schemaVersion !== SCHEMA_VERSION) {
    throw new LensError(
      path,
      `has schema version ${version.data.schemaVersion}, this coconut-lens reads ${SCHEMA_VERSION}`,
      'record again, or read it with the coconut-lens that made it',
    );
  }
  const result = metadataFileSchema.safeParse(json);
  if (!result.success) throw new LensError(path, `is malformed: ${firstIssue(result.error)}`, 'record again');
  return result.data;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LensError(path, 'is not JSON', 'name a folder made by record', 'failure', error);
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}

/** The text of `metadata.json`. */
export function formatMetadataFile(metadata: MetadataFile): string {
  return `${JSON.stringify(metadata, null, 2)}\n`;
}
