import type { z } from 'zod';
import {
  calibrationSchema,
  calibrationVerdictsFigure,
  claimFigures,
  confusionFigure,
  readClaimResult,
} from '../claim/index.js';
import type { Figure } from '../drawing/index.js';
import { LensError } from '../errors.js';
import { parseJsonDocument } from '../json-text.js';
import { probeMatrixFigure, probeMatrixSchema } from '../probe/index.js';
import { parseJsonText } from '../read-json-file.js';
import { READOUTS, type Readout, type ReadoutName } from '../readout/index.js';
import { metricsSchema, trainingFigure } from '../training/index.js';

/** The figures of one result, by name; the first is what `export` draws if it is not told. */
export interface ResultFigures {
  /** What the file is: `claim`, `readout parallelism`, `training`. */
  readonly kind: string;
  readonly figures: ReadonlyMap<string, Figure>;
}

const WRITTEN =
  'give what claim --out, calibrate --out, readout --json, frontier --json or probe matrix --json wrote, or a metrics.jsonl';

/**
 * The figures of a result file.
 *
 * @param path for messages
 * @param text of the file
 * @throws LensError if it is no result, is damaged, or is one without figures
 */
export async function figuresOf(path: string, text: string): Promise<ResultFigures> {
  if (text.trim() === '') throw new LensError(path, 'is empty', WRITTEN);
  if (isMetrics(text)) return training(path, text);
  const value = parseJsonText(path, text);
  const kind = stringField(value, 'kind');
  switch (kind) {
    case 'claim':
      return { kind, figures: claimFigures(readClaimResult(path, value)) };
    case 'calibration': {
      const result = check(path, calibrationSchema, value);
      return named(kind, { confusion: confusionFigure(result), verdicts: calibrationVerdictsFigure(result) });
    }
    case 'frontier':
      return named(kind, await readoutFigures(path, kind, inner(value)));
    case 'probe-matrix': {
      const matrix = check(path, probeMatrixSchema, fieldOf(value, 'matrix'));
      return named(kind, { selectivity: probeMatrixFigure(matrix) });
    }
    case 'readout': {
      const readout = inner(value);
      const name = stringField(readout, 'kind') ?? 'without a name';
      return named(`readout ${name}`, await readoutFigures(path, name, readout));
    }
    case undefined:
    default:
      throw new LensError(path, `is no result that has figures (kind ${kind ?? 'is missing'})`, WRITTEN);
  }
}

function named(kind: string, figures: Readonly<Record<string, Figure>>): ResultFigures {
  return { kind, figures: new Map(Object.entries(figures)) };
}

async function readoutFigures(path: string, name: string, value: unknown): Promise<Readonly<Record<string, Figure>>> {
  if (!Object.hasOwn(READOUTS, name))
    throw new LensError(path, `has no figures (readout ${name})`, 'its numbers are in readout --csv');
  const { readout }: { readonly readout: Readout } = await READOUTS[name as ReadoutName]();
  return readout.figures(check(path, readout.schema, value));
}

/** Whether the first line is one of metrics.jsonl. */
function isMetrics(text: string): boolean {
  try {
    return metricsSchema.safeParse(parseJsonDocument(text.trimStart().split('\n')[0])).success;
  } catch {
    return false;
  }
}

function training(path: string, text: string): ResultFigures {
  const points = text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const where = `${path} line ${i + 1}`;
    return [check(where, metricsSchema, parseJsonText(where, line))];
  });
  return named('training', { training: trainingFigure(points) });
}

function check<T>(subject: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new LensError(
    subject,
    `is damaged (${path.length === 0 ? '' : `${path.join('.')}: `}${message})`,
    'make it again',
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function stringField(value: unknown, name: string): string | undefined {
  const found = fieldOf(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** The readout inside what a command wrote. */
function inner(value: unknown): unknown {
  return fieldOf(value, 'readout');
}
