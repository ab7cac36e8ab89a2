import { z } from 'zod';
import { LensError } from '../errors.js';
import { jsonProblem, parseJsonDocument } from '../json-text.js';
import type { TokenizerSource } from '../tokenizer/index.js';
import type { Scorer, SequencePrefix } from './thought-record.js';

/** Version of the layout that docs/files.md describes. Readers refuse every other. */
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
    /**
     * The model's whole configuration with its defaults resolved. The weights' hash alone does not identify a model:
     * another LayerNorm epsilon or number of heads makes another model of the same bytes.
     */
    readonly config: Readonly<Record<string, JsonValue>>;
    /**
     * What turned words into token ids: the package that brought the tokenizer, or ran the files of the model's folder,
     * and their hashes. Absent where whoever recorded did not say.
     */
    readonly tokenizer?: (TokenizerSource & { readonly name: string; readonly version: string }) | undefined;
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
  /** How a node's logit and probability are read. With `sequence` the recording has the values of `firstToken` as well. */
  readonly scorer: Scorer;
  /**
   * Where the LM head reads: `thought` is the fed-back hidden state itself (after ln_f), for `firstToken`; `language`
   * is after the thought and `prefix`, for `sequence`.
   */
  readonly readoutPoint: 'thought' | 'language';
  /** With `sequence`, and only then: what is read between the thoughts and a node's name. */
  readonly prefix?: SequencePrefix | undefined;
  /** What a reader should know before trusting the numbers. */
  readonly warnings: readonly string[];
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
const positive = z.int().positive();

/** Validates {@link RecordingMetadata}; unknown keys are refused. */
export const recordingMetadataSchema: z.ZodType<RecordingMetadata> = z
  .strictObject({
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
      config: z.record(z.string(), z.json()),
      tokenizer: z
        .strictObject({
          name: z.string().min(1),
          package: z.string().min(1),
          version: z.string().min(1),
          files: z.record(z.string(), sha256).exactOptional(),
        })
        .optional(),
      description: z.string().optional(),
    }),
    items: z.strictObject({ path: z.string(), sha256, count: z.int().nonnegative() }),
    thoughts: positive,
    width: positive,
    scorer: z.enum(['firstToken', 'sequence']),
    readoutPoint: z.enum(['thought', 'language']),
    prefix: z.strictObject({ text: z.string(), tokens: z.array(z.int().nonnegative()) }).optional(),
    warnings: z.array(z.string()),
  })
  .refine(({ width, model }) => width === model.width, 'width differs from model.width')
  .refine(
    ({ scorer, readoutPoint, prefix }) =>
      scorer === 'sequence'
        ? readoutPoint === 'language' && prefix !== undefined
        : readoutPoint === 'thought' && prefix === undefined,
    'scorer, readoutPoint and prefix do not belong together',
  );

/** Size and hash of one file of a finished recording. */
export interface FileSummary {
  readonly bytes: number;
  readonly sha256: string;
}

/** The recording's Arrow files. */
export const ARROW_FILES = ['items.arrow', 'thoughts.arrow'] as const;
/** One of them. @inline */
export type ArrowFile = (typeof ARROW_FILES)[number];

/** Size and hash of both Arrow files. */
export type FileSummaries = Readonly<Record<ArrowFile, FileSummary>>;

/** What `metadata.json` holds: the metadata and, once the recording is finished, `files` beside them. */
export interface StoredMetadata {
  readonly metadata: RecordingMetadata;
  readonly files?: FileSummaries | undefined;
}

const fileSummary = z.strictObject({ bytes: z.int().nonnegative(), sha256 });
const fileSummaries: z.ZodType<FileSummaries | undefined> = z
  .strictObject({ 'items.arrow': fileSummary, 'thoughts.arrow': fileSummary })
  .optional();

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
export function parseMetadataFile(path: string, text: string): StoredMetadata {
  const versioned = z.looseObject({ schemaVersion: z.int() }).safeParse(parseJson(path, text));
  if (!versioned.success) {
    throw new LensError(path, 'is not the metadata of a recording (no schemaVersion)', 'name a folder made by record');
  }
  const { files, ...rest } = versioned.data;
  if (rest.schemaVersion !== SCHEMA_VERSION) {
    throw new LensError(
      path,
      `has schema version ${rest.schemaVersion}, this coconut-lens reads ${SCHEMA_VERSION}`,
      'record again, or read it with the coconut-lens that made it',
    );
  }
  return {
    metadata: parseWith(recordingMetadataSchema, path, rest),
    files: parseWith(fileSummaries, `${path}: files`, files),
  };
}

function parseWith<T>(schema: z.ZodType<T>, subject: string, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new LensError(subject, `is malformed (${firstIssue(result.error)})`, 'record again');
  return result.data;
}

function parseJson(path: string, text: string): unknown {
  try {
    return parseJsonDocument(text);
  } catch (error) {
    throw new LensError(path, `is not JSON (${jsonProblem(error)})`, 'name a folder made by record', 'failure', error);
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}

/** The text of `metadata.json`. */
export function formatMetadataFile({ metadata, files }: StoredMetadata): string {
  return `${JSON.stringify({ ...metadata, files }, null, 2)}\n`;
}

/** The key under which both Arrow schemas carry the metadata as JSON. */
const ARROW_KEY = 'coconut-lens';

/** The metadata as an Arrow schema carries them. */
export function toArrowMetadata(metadata: RecordingMetadata): Map<string, string> {
  return new Map([[ARROW_KEY, JSON.stringify(metadata)]]);
}

/** Where two recordings' metadata first differ. */
export interface MetadataDifference {
  /** Keys joined by dots. */
  readonly key: string;
  readonly left: string;
  readonly right: string;
}

/** The first difference in key order, or undefined where both say the same. Absent differs from every value. */
export function findDifference(
  left: RecordingMetadata,
  right: RecordingMetadata,
  ignored: readonly (keyof RecordingMetadata)[] = [],
): MetadataDifference | undefined {
  const [a, b] = [left, right].map((metadata) => flatten('', metadata));
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    if (ignored.some((name) => key === name || key.startsWith(`${name}.`))) continue;
    const [was, is] = [a, b].map((leaves) => leaves.get(key) ?? 'absent');
    if (was === is) continue;
    // Empty on one side, filled on the other: what fills it says more, and follows.
    if ([a, b].some((leaves) => [...leaves.keys()].some((other) => other.startsWith(`${key}.`)))) continue;
    return { key, left: was, right: is };
  }
  return undefined;
}

/** Dotted key -> JSON of every leaf; an empty list or object is a leaf. */
function flatten(key: string, value: unknown): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[key, JSON.stringify(value)]]);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  if (entries.length === 0) return new Map([[key, JSON.stringify(value)]]);
  return new Map(entries.flatMap(([name, child]) => [...flatten(key === '' ? name : `${key}.${name}`, child)]));
}
