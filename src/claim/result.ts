import { z } from 'zod';
import { LensError } from '../errors.js';
import type { BatteryResult } from './battery.js';
import { CONCLUSIONS, EVIDENCE, ROLES, VERDICTS } from './prediction.js';
import { PREDICTIONS } from './predictions/index.js';
import { RULE_NAMES } from './verdict.js';

/** The version of the results that are written. Older ones are brought up to it when they are read. */
export const CLAIM_VERSION = 5;

const estimate = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative(),
  clusters: z.int().nonnegative(),
});

const measure = z.strictObject({
  name: z.string(),
  description: z.string(),
  estimate,
  reference: z.number().nullable(),
});

const criterion = measure.extend({
  direction: z.enum(['above', 'below']),
  support: z.number(),
  /** Null where failing contradicts nothing. Since version 5. */
  contradict: z.number().nullable(),
  p: z.number().nullable(),
  verdict: z.enum(CONCLUSIONS),
});

/** Of any battery: a result says itself what its predictions were. */
const id = z.templateLiteral(['F', z.int()]);

const finding = z.strictObject({
  id,
  /** The prediction as it stood when the result was made. Since version 2. */
  title: z.string(),
  predicts: z.string(),
  falsifiedBy: z.string(),
  doesNotShow: z.string(),
  role: z.enum(ROLES),
  /** What the test looked at. Since version 4. */
  evidence: z.enum(EVIDENCE),
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  criteria: z.array(criterion),
  measures: z.array(measure),
  growth: z.number().nullable(),
  p: z.number().nullable(),
  correctedP: z.number().nullable(),
});

const searchKind = z.strictObject({
  memory: z.enum(['cumulative', 'frontier', 'unclear']),
  alignment: z.strictObject({ stride: z.number(), offset: z.number(), lastSteps: z.int() }).nullable(),
  /** Null in results of versions before 4; in version 4 the least that one test leaves, since then what all leave together. */
  share: estimate.nullable(),
  widerThan: z.int().nullable(),
  readByHead: z.boolean().nullable(),
});

const conclusion = z.strictObject({
  verdict: z.enum(CONCLUSIONS),
  rule: z.enum(RULE_NAMES),
  because: z.array(id),
  kind: searchKind.nullable(),
  itemsNeeded: z.number().nullable(),
  sentence: z.string(),
});

/** A battery's result as `claim --json` and `claim --out` write it. Provenance is carried, not interpreted. */
export const claimResultSchema = z.looseObject({
  kind: z.literal('claim'),
  version: z.literal(CLAIM_VERSION),
  wording: z.enum(['symbolic', 'english']),
  thoughts: z.int().nonnegative(),
  sample: z.strictObject({ description: z.string(), items: z.int(), graphs: z.int() }),
  controls: z.array(z.looseObject({ name: z.string() })),
  settings: z.strictObject({ seed: z.int(), batchSize: z.int() }),
  competence: criterion,
  findings: z.array(finding),
  conclusion,
});

/** What `claim` found, with its provenance, as it is written and read. */
export type ClaimResult = z.infer<typeof claimResultSchema>;

/**
 * Reads a result of `claim`, of this version or an older one.
 *
 * @param subject the file, for messages
 * @throws LensError if it is none, or was written by a newer version of this program
 */
export function readClaimResult(subject: string, value: unknown): ClaimResult {
  const head = z.looseObject({ kind: z.literal('claim'), version: z.int().min(1) }).safeParse(value);
  if (!head.success)
    throw new LensError(
      subject,
      'is no result of claim (no kind "claim" with a version)',
      'give what claim --out wrote',
    );
  const { version } = head.data;
  if (version > CLAIM_VERSION)
    throw new LensError(
      subject,
      `was written by a newer coconut-lens (version ${version} of the result; this one knows ${CLAIM_VERSION})`,
      'update coconut-lens',
    );
  const upgraded = UPGRADES.slice(version - 1).reduce<Fields>((old, upgrade) => upgrade(old), head.data);
  const parsed = claimResultSchema.safeParse(upgraded);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new LensError(subject, `is damaged (${problems.join('; ')})`, 'run claim again');
}

type Fields = Readonly<Record<string, unknown>>;

/** What makes a result of version i + 1 one of version i + 2. Damage is left as it is, for the schema to find. */
const UPGRADES: readonly ((old: Fields) => Fields)[] = [toVersion2, toVersion3, toVersion4, toVersion5];

/** Version 1 did not say what its predictions were; they are the ones of today. */
function toVersion2(old: Fields): Fields {
  const findings = eachOf(old['findings'], (finding) => {
    const known = PREDICTIONS.find(({ id }) => id === finding['id']);
    if (known === undefined) return finding;
    const { title, predicts, falsifiedBy, doesNotShow } = known;
    return { title, predicts, falsifiedBy, doesNotShow, ...finding };
  });
  return { ...old, version: 2, findings };
}

/** Version 2 had other names: `words` for a description, `ceiling` for a direction, `asked` for the sample. */
function toVersion3({ asked, ...old }: Fields): Fields {
  const findings = eachOf(old['findings'], (finding) => ({
    ...finding,
    criteria: eachOf(finding['criteria'], renamed),
    measures: eachOf(finding['measures'], renamed),
  }));
  return {
    ...old,
    version: 3,
    sample: fieldsOf(asked, renamed),
    competence: fieldsOf(old['competence'], renamed),
    findings,
  };
}

/** Version 3 had resamples and sign flips, and of the kind of search what the thoughts keep. */
function toVersion4(old: Fields): Fields {
  const findings = eachOf(old['findings'], (finding) => {
    const known = PREDICTIONS.find(({ id }) => id === finding['id']);
    return { evidence: known?.evidence ?? 'behaviour', ...finding, growth: null };
  });
  return {
    ...old,
    version: 4,
    findings,
    settings: fieldsOf(old['settings'], ({ seed, batchSize }) => ({ seed, batchSize })),
    conclusion: fieldsOf(old['conclusion'], ({ memory, ...rest }) => ({
      ...rest,
      kind:
        memory === null || memory === undefined
          ? null
          : { memory, alignment: null, share: null, widerThan: null, readByHead: true },
      itemsNeeded: null,
    })),
  };
}

/** Version 4 had no criterion that contradicts nothing. */
function toVersion5(old: Fields): Fields {
  return { ...old, version: 5 };
}

function renamed({ words, ceiling, ...rest }: Fields): Fields {
  const direction = ceiling === true ? 'below' : 'above';
  return { ...rest, description: words, ...(ceiling !== undefined && { direction }) };
}

function fieldsOf(value: unknown, change: (fields: Fields) => Fields): unknown {
  return typeof value === 'object' && value !== null ? change(value as Fields) : value;
}

function eachOf(value: unknown, change: (fields: Fields) => Fields): unknown {
  return Array.isArray(value) ? value.map((one: unknown) => fieldsOf(one, change)) : value;
}

/** The part of a result that the battery itself gives. */
export type ClaimFindings = Pick<ClaimResult, 'competence' | 'findings' | 'conclusion'>;

const claimFindingsSchema = z.strictObject(
  claimResultSchema.pick({ competence: true, findings: true, conclusion: true }).shape,
);

/** A battery's result in the form of the schema. */
export function claimFindings(result: BatteryResult): ClaimFindings {
  return claimFindingsSchema.parse(result);
}
