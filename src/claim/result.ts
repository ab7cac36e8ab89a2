import { z } from 'zod';
import { LensError } from '../errors.js';
import type { BatteryResult } from './battery.js';
import { CONCLUSIONS, PREDICTION_IDS, VERDICTS, type Prediction } from './prediction.js';
import { PREDICTIONS } from './predictions/index.js';
import { RULE_NAMES } from './verdict.js';

/** The version of the results that are written. Older ones are brought up to it when they are read. */
export const CLAIM_VERSION = 2;

const estimate = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative(),
  clusters: z.int().nonnegative(),
});

const measure = z.strictObject({
  name: z.string(),
  words: z.string(),
  estimate,
  reference: z.number().nullable(),
});

const criterion = measure.extend({
  support: z.number(),
  contradict: z.number(),
  ceiling: z.boolean(),
  p: z.number().nullable(),
  verdict: z.enum(CONCLUSIONS),
});

const id = z.enum(PREDICTION_IDS);

const finding = z.strictObject({
  id,
  /** The prediction as it stood when the result was made. Since version 2. */
  title: z.string(),
  predicts: z.string(),
  falsifiedBy: z.string(),
  doesNotShow: z.string(),
  role: z.enum(['search', 'control', 'character']),
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  criteria: z.array(criterion),
  measures: z.array(measure),
  p: z.number().nullable(),
  correctedP: z.number().nullable(),
});

const conclusion = z.strictObject({
  verdict: z.enum(CONCLUSIONS),
  rule: z.enum(RULE_NAMES),
  because: z.array(id),
  memory: z.enum(['cumulative', 'frontier', 'unclear']).nullable(),
  sentence: z.string(),
});

/** A battery's result as `claim --json` and `claim --out` write it. Provenance is carried, not interpreted. */
export const claimResultSchema = z.looseObject({
  kind: z.literal('claim'),
  version: z.literal(CLAIM_VERSION),
  wording: z.enum(['symbolic', 'english']),
  thoughts: z.int().nonnegative(),
  controls: z.array(z.looseObject({ name: z.string() })),
  settings: z.strictObject({ seed: z.int(), resamples: z.int(), flips: z.int(), batchSize: z.int() }),
  competence: criterion,
  findings: z.array(finding),
  conclusion,
});

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
  const parsed = claimResultSchema.safeParse(version === 1 ? fromVersion1(head.data) : head.data);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new LensError(subject, `is damaged (${problems.join('; ')})`, 'run claim again');
}

/** Version 1 did not say what its predictions were; they are the ones of today. */
function fromVersion1(value: Readonly<Record<string, unknown>>): unknown {
  const { findings } = value;
  const withWords = (one: unknown): unknown => {
    const prediction = PREDICTIONS.find((known) => known.id === (one as { id?: unknown } | null)?.id);
    return prediction === undefined ? one : { ...wordsOf(prediction), ...(one as object) };
  };
  return { ...value, version: 2, findings: Array.isArray(findings) ? findings.map(withWords) : findings };
}

function wordsOf({ title, predicts, falsifiedBy, doesNotShow }: Prediction): Record<string, string> {
  return { title, predicts, falsifiedBy, doesNotShow };
}

/** The part of a result that the battery itself gives. */
export type ClaimFindings = Pick<ClaimResult, 'competence' | 'findings' | 'conclusion'>;

/** A battery's result in the form of the schema. */
export function claimFindings({ competence, findings, conclusion }: BatteryResult): ClaimFindings {
  const said = findings.map((finding) => {
    const prediction = PREDICTIONS.find(({ id: own }) => own === finding.id);
    return { ...(prediction !== undefined && wordsOf(prediction)), ...finding };
  });
  return z.strictObject(claimResultSchema.pick({ competence: true, findings: true, conclusion: true }).shape).parse({
    competence,
    findings: said,
    conclusion,
  });
}
