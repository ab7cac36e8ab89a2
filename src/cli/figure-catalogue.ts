import type { z } from 'zod';
import {
  calibrationVerdictsFigure,
  claimForest,
  confusionFigure,
  findingForest,
  findingMatrix,
  readClaimResult,
} from '../claim/index.js';
import type { Figure } from '../drawing/index.js';
import { probeMatrixFigure } from '../probe/index.js';
import {
  edgeAttentionFigure,
  edgeAttentionHistogram,
  entityBeliefFigure,
  frontierFigure,
  heightFigure,
  innerProductsFigure,
  innerProductsHistogram,
  interpolationFigure,
  logitLensFigure,
  logitLensMassFigure,
  parallelismFigure,
  questionPriorFigure,
  treeFigure,
  treeItemFigure,
  type HistogramOptions,
} from '../readout/index.js';
import { trainingFigure } from '../training/index.js';
import { LensError } from '../errors.js';
import {
  calibrationSchema,
  edgeAttentionSchema,
  entityBeliefSchema,
  frontierSchema,
  heightSchema,
  innerProductsSchema,
  interpolationSchema,
  logitLensSchema,
  metricsSchema,
  parallelismSchema,
  probeMatrixSchema,
  questionPriorSchema,
  treeSchema,
} from './figure-schemas.js';
import { parseJsonText } from './read-json-file.js';

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
export function figuresOf(path: string, text: string): ResultFigures {
  if (text.trim() === '') throw new LensError(path, 'is empty', WRITTEN);
  if (isMetrics(text)) return training(path, text);
  const value = parseJsonText(path, text);
  const kind = stringField(value, 'kind');
  switch (kind) {
    case 'claim':
      return { kind, figures: claimFigures(path, value) };
    case 'calibration': {
      const result = check(path, calibrationSchema, value);
      return named(kind, { confusion: confusionFigure(result), verdicts: calibrationVerdictsFigure(result) });
    }
    case 'frontier':
      return named(kind, { frontier: frontierFigure(check(path, frontierSchema, inner(value))) });
    case 'probe-matrix': {
      const matrix = check(path, probeMatrixSchema, fieldOf(value, 'matrix'));
      return named(kind, { selectivity: probeMatrixFigure(matrix) });
    }
    case 'readout':
      return readoutFigures(path, inner(value));
    case undefined:
    default:
      throw new LensError(path, `is no result that has figures (kind ${kind ?? 'is missing'})`, WRITTEN);
  }
}

function named(kind: string, figures: Readonly<Record<string, Figure>>): ResultFigures {
  return { kind, figures: new Map(Object.entries(figures)) };
}

function readoutFigures(path: string, readout: unknown): ResultFigures {
  const name = stringField(readout, 'kind') ?? 'without a name';
  const kind = `readout ${name}`;
  switch (name) {
    case 'parallelism': {
      const found = check(path, parallelismSchema, readout);
      return named(kind, {
        parallelism: parallelismFigure(found),
        'parallelism-normalised': parallelismFigure(found, { scale: 'normalised' }),
      });
    }
    case 'height':
      return named(kind, { height: heightFigure(check(path, heightSchema, readout)) });
    case 'interpolation':
      return named(kind, { interpolation: interpolationFigure(check(path, interpolationSchema, readout)) });
    case 'inner-products': {
      const found = check(path, innerProductsSchema, readout);
      return named(kind, {
        [name]: innerProductsFigure(found),
        ...(found.binEdges !== undefined && histograms(name, found, innerProductsHistogram)),
      });
    }
    case 'edge-attention': {
      const found = check(path, edgeAttentionSchema, readout);
      return named(kind, {
        [name]: edgeAttentionFigure(found),
        ...(found.binEdges !== undefined && histograms(name, found, edgeAttentionHistogram)),
      });
    }
    case 'tree': {
      const found = check(path, treeSchema, readout);
      return named(kind, {
        tree: treeFigure(found),
        ...(found.trees.length > 0 && { 'tree-item': treeItemFigure(found) }),
      });
    }
    case 'entity-belief':
      return named(kind, { 'entity-belief': entityBeliefFigure(check(path, entityBeliefSchema, readout)) });
    case 'question-prior':
      return named(kind, { 'question-prior': questionPriorFigure(check(path, questionPriorSchema, readout)) });
    case 'logit-lens': {
      const found = check(path, logitLensSchema, readout);
      return named(kind, {
        'logit-lens': logitLensFigure(found),
        'logit-lens-gap': logitLensFigure(found, { id: 'logit-lens-gap', quantity: 'logitGap' }),
        'logit-lens-mass': logitLensMassFigure(found),
      });
    }
    default:
      throw new LensError(path, `has no figures (readout ${name})`, 'its numbers are in readout --csv');
  }
}

/** By the disjoint classes, and by the groups of the papers. */
function histograms<Readout>(
  name: string,
  found: Readout,
  figure: (readout: Readout, options: HistogramOptions) => Figure,
): Readonly<Record<string, Figure>> {
  const [own, published] = [`${name}-histogram`, `${name}-histogram-published`];
  return { [own]: figure(found, { id: own }), [published]: figure(found, { id: published, grouping: 'published' }) };
}

function claimFigures(path: string, value: unknown): Map<string, Figure> {
  const result = readClaimResult(path, value);
  const figures = new Map([['forest', claimForest(result)]]);
  for (const finding of result.findings) {
    if (finding.criteria.length > 0) figures.set(`criteria-${finding.id}`, findingForest(finding));
    const matrix = findingMatrix(finding);
    if (matrix !== undefined) figures.set(`matrix-${finding.id}`, matrix);
  }
  return figures;
}

/** Whether the first line is one of metrics.jsonl. */
function isMetrics(text: string): boolean {
  try {
    return metricsSchema.safeParse(JSON.parse(text.trimStart().split('\n')[0])).success;
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
