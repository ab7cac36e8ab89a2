import { existsSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { didYouMean } from '../did-you-mean.js';
import { LensError } from '../errors.js';
import type { EngineName } from '../tensor/index.js';

/** How a flag appears in the help. */
export interface FlagText {
  readonly description: string;
  /** What stands for the value, `<dir>`; a flag without one is a switch. */
  readonly value?: string;
}

/** The help text of every flag, by its schema, so that a command's schema is the one place that says what its flags are. */
const texts = z.registry<FlagText>();

/** Gives a schema its help text. */
export function flag<T extends z.ZodType>(schema: T, description: string, value?: string): T {
  texts.add(schema, value === undefined ? { description } : { description, value });
  return schema;
}

const EMPTY = 'is empty';

/** A path or a name: `--out "$UNSET"` is a mistake, not the current folder. */
export function nonEmpty(): z.ZodString {
  return z.string().min(1, EMPTY);
}

/** Every number up to this one is exact, in JSON as well. */
const LARGEST = 999_999_999_999_999;

/** A whole number in decimal digits, at least `least`. */
export function wholeNumber(least = 0): z.ZodType<number, string> {
  const expected = `expected a whole number ${least === 0 ? `from 0 to ${LARGEST}` : `of at least ${least}`}`;
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .refine((n) => n >= least, expected)
    .refine((n) => n <= LARGEST, `expected a whole number of at most ${LARGEST}`);
}

/** Below, the ends of a 95 % interval would lie between the few most extreme resamples, or be no ends at all. */
const LEAST_RESAMPLES = 100;

/** `--resamples`, for the commands that bootstrap. */
export const resamplesFlag = flag(
  wholeNumber(LEAST_RESAMPLES).default(2000),
  `bootstrap resamples over graphs, at least ${LEAST_RESAMPLES}`,
  '<n>',
);

/** The engines, in the words of the help. Typed so that a new engine cannot be forgotten here. */
const ENGINES: Readonly<Record<EngineName, string>> = {
  onnxruntime: 'ONNX Runtime',
  'tfjs-gpu': 'TensorFlow on CUDA',
  'tfjs-node': 'TensorFlow on the CPU',
  cpu: 'plain JavaScript, slow',
};

const engineNames = Object.keys(ENGINES) as [EngineName, ...EngineName[]];

/** `--engine`, for the commands that run a model. */
export const engineFlag = flag(
  z.enum(engineNames, `expected one of ${engineNames.join(', ')}`).optional(),
  `engine to compute with: ${Object.entries(ENGINES)
    .map(([name, words]) => `${name} (${words})`)
    .join(', ')}; default: $COCONUT_LENS_ENGINE, else chosen`,
  '<name>',
);

/** `--max-new-tokens`, for the commands that let models speak. */
export const maxNewTokensFlag = flag(
  wholeNumber(1).optional(),
  'tokens that a model may say where its answer is text; default: 128 in English, as run.py of Coconut, 12 in symbols',
  '<n>',
);

/** Where the numbers of a readout go besides. */
export const tableFlags = {
  csv: flag(nonEmpty().optional(), 'also write every number to this file, and its provenance to <file>.json', '<file>'),
  arrow: flag(
    nonEmpty().optional(),
    'also write every number to this file, an Arrow table with its provenance',
    '<file>',
  ),
} as const;

/** Which items of a file are put to a model, and under which node numbers. */
export const itemFlags = {
  limit: flag(wholeNumber(1).optional(), 'only the first n items', '<n>'),
  permuteIds: flag(
    wholeNumber().optional(),
    'renumber the nodes of each graph at random, with this seed; as they are, numbers tell depths',
    '<seed>',
  ),
} as const;

/** `a,b` -> ['a', 'b']: paths of folders or files; in `a\,b` the comma is the name's own. */
export const paths = z
  .string()
  .min(1, EMPTY)
  .refine((text) => !/(?<!\\),/.test(text) || !existsSync(text), "is one path with a comma, which is written '\\,'")
  .transform((text) => text.split(/(?<!\\),/).map((path) => path.replaceAll('\\,', ',')))
  .refine((names) => names.every((name) => name !== ''), 'expected paths with commas between')
  .refine((names) => new Set(names).size === names.length, 'names a path twice');

/** The flags that every command has. */
export const commonFlags = {
  json: flag(z.boolean().default(false), 'print one JSON object on stdout instead of text'),
  quiet: flag(z.boolean().default(false), 'nothing on stderr but errors'),
  progress: flag(
    z.enum(['auto', 'plain', 'none'], 'expected auto, plain or none').default('auto'),
    'how long work is followed: auto (a bar on a terminal, elsewhere plain), plain (a line every 30 seconds), none',
    '<how>',
  ),
  debug: flag(z.boolean().default(false), 'show the stack of an unexpected error (also: DEBUG=1)'),
} as const;

export type FlagShape = Readonly<Record<string, z.ZodType>>;

/** `batchSize` -> `--batch-size` */
export function flagName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** What the help adds to a flag's description. */
function defaultText(schema: z.ZodType): string {
  const result = schema.safeParse(undefined);
  if (!result.success) return ' (required)';
  const value: unknown = result.data;
  return value === undefined || value === false
    ? ''
    : ` (default: ${typeof value === 'string' ? value : JSON.stringify(value)})`;
}

/** What the help says of one flag: `--limit <n>`, and its description with its default. The command-line page has the same. */
export function describeFlag(key: string, schema: z.ZodType): { readonly flags: string; readonly description: string } {
  const text = texts.get(schema);
  if (text === undefined) throw new Error(`flag ${flagName(key)} has no help text`);
  const { description, value } = text;
  return {
    flags: value === undefined ? flagName(key) : `${flagName(key)} ${value}`,
    description: `${description}${defaultText(schema)}`,
  };
}

/** Declares a schema's fields as flags of a command. */
export function addFlags(command: Command, shape: FlagShape): void {
  for (const [key, schema] of Object.entries(shape)) {
    const { flags, description } = describeFlag(key, schema);
    // Not mandatory for commander, which would complain of a missing flag before it suggests one for a misspelt flag.
    command.addOption(new Option(flags, description));
  }
}

/** Declares one field as a word of its own: `import <file-or-folder>`. */
export function addArgument(command: Command, schema: z.ZodType): void {
  const text = texts.get(schema);
  if (text?.value === undefined) throw new Error('a positional argument needs a help text with its value');
  command.argument(text.value, text.description);
}

/**
 * Validates what commander collected.
 *
 * @throws LensError of kind `usage`, naming the flag, the value and what was expected
 */
export function parseFlags<T>(schema: z.ZodType<T>, raw: Readonly<Record<string, unknown>>): T {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = String(issue.path[0]);
  const problem =
    raw[key] === undefined
      ? 'is missing'
      : issue.message === EMPTY
        ? EMPTY
        : `${issue.message} (${JSON.stringify(raw[key])})`;
  throw new LensError(flagName(key), problem, `see --help${suggestion(issue, raw[key])}`, 'usage');
}

/** For a value out of a closed set: the nearest of the set. Of a list, the value that is wrong. */
function suggestion(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code !== 'invalid_value' || typeof given !== 'string') return '';
  const [, index] = issue.path;
  const word = typeof index === 'number' ? (given.split(',').at(index) ?? '') : given;
  return didYouMean(word, issue.values.map(String));
}
