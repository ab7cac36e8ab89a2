import type { BootstrapOptions } from '../statistics/index.js';
import { degreeRows, headScores, idPrior } from './baselines.js';
import type { BaselineRecording } from './baseline-recording.js';
import { crossFit, type CrossFit } from './cross-fit.js';
import type { NodeEmbedding } from './cross-fit-nodes.js';
import { ABSENT } from './fits/losses.js';
import { nodeLabels } from './labels.js';
import { calibration } from './measures/calibration.js';
import { nodeCodelength } from './measures/codelength.js';
import { estimateMeasure } from './measures/selectivity.js';
import type { ProbeData } from './probe-data.js';
import {
  RECORDING_BASELINE,
  type BaselineName,
  type CalibrationSummary,
  type FitSummary,
  type LeftOut,
  type LengthSummary,
  type ProbeAtThought,
} from './probe-result.js';
import { cellsOf, compareNodeScores, type Scored } from './score-tables.js';
import type { NodeProbe } from './spec.js';
import type { ThoughtFits } from './thought-fits.js';

/** How probes are fitted and how their scores are estimated. */
export interface ProbeOptions extends BootstrapOptions {
  /** Default 5. */
  readonly folds?: number | undefined;
  /** Default `DEFAULT_PENALTIES`. */
  readonly penalties?: readonly number[] | undefined;
  /**
   * For node probes: the embedding of each node id, in the order of `ProbeData.columns`. With it one matrix serves all
   * ids; without, each id has weights of its own.
   */
  readonly embedding?: NodeEmbedding | undefined;
  /** Also the description length of the labels by an online code, of node and class probes; costs as much again. */
  readonly codelength?: boolean | undefined;
  /** Other models' thoughts about the same items (`checkBeside`), as further baselines. */
  readonly baselineRecordings?: readonly BaselineRecording[] | undefined;
  /** Looked at before each fit of an item probe; fits of node probes are their pool's. */
  readonly signal?: AbortSignal | undefined;
}

/** A node probe at thought c, asked about step c. */
export async function runNodeProbe(
  spec: NodeProbe,
  data: ProbeData,
  fits: ThoughtFits,
  thought: number,
  options: ProbeOptions,
): Promise<ProbeAtThought | LeftOut> {
  const labels = nodeLabels(spec, 'task', data, thought);
  const controls = nodeLabels(spec, 'control', data, thought);
  const lacking = singleClass(labels, 'label') ?? singleClass(controls, 'control');
  if (lacking !== undefined) return { thought, reason: lacking };
  const baselineRecordings = options.baselineRecordings ?? [];
  const [task, control, first, others] = await Promise.all([
    fits.nodes(thought, labels),
    fits.nodes(thought, controls),
    thought > 1 ? fits.nodes(1, labels) : undefined,
    Promise.all(baselineRecordings.map((other) => other.fits.nodes(thought, labels))),
  ]);
  const baselines: (Scored<Int8Array> & { readonly name: BaselineName })[] = [
    { name: 'idPrior', labels, scores: idPrior(labels, task.folds, data.columns.size) },
    { name: 'degrees', labels, scores: await degreeScores(data, labels, options) },
    { name: 'head', labels, scores: headScores(data, thought) },
  ];
  if (first !== undefined) baselines.push({ name: 'firstThought', labels, scores: first.scores });
  baselineRecordings.forEach(({ name }, i) =>
    baselines.push({ name: `${RECORDING_BASELINE}${name}`, labels, scores: others[i].scores }),
  );
  const own = { name: 'task', labels, scores: task.scores };
  const compared = compareNodeScores(
    data,
    [own, { name: 'control', labels: controls, scores: control.scores }, ...baselines],
    [['task', 'control'], ...baselines.map(({ name }) => ['task', name] as const)],
    options,
  );
  const asked = labels.filter((label) => label !== ABSENT);
  const cells = cellsOf(data, labels, task.scores);
  const lengthOf = async (own: Int8Array): Promise<LengthSummary> => {
    const { embedding, seed } = options;
    const variant = embedding === undefined ? 'perNode' : 'bilinear';
    const task = { nodes: data.columns.size, variant, embedding } as const;
    const { bits, uniformBits, compression } = await nodeCodelength(data.designs[thought - 1], own, data.graphs, {
      seed,
      ...task,
    });
    return { bits, uniformBits, compression };
  };
  return {
    thought,
    labels: asked.length,
    base: asked.reduce((a, b) => a + b, 0) / asked.length,
    chance: 0.5,
    score: compared.of('task'),
    control: compared.of('control'),
    selectivity: compared.difference('task', 'control'),
    baselines: baselines.map(({ name }) => ({
      name,
      score: compared.of(name),
      beaten: compared.difference('task', name),
    })),
    pooledAuc: estimateMeasure('pooled', cells, data.graphCount, options),
    withinNodeAuc: estimateMeasure('withinNode', cells, data.graphCount, options),
    calibration: summariseCalibration(cells),
    codelength:
      options.codelength === true ? { task: await lengthOf(labels), control: await lengthOf(controls) } : null,
    fit: summaryOf(task),
    controlFit: summaryOf(control),
  };
}

/** What a probe of what can be counted scores, [items * columns]; NaN where nothing is asked. */
async function degreeScores(
  data: ProbeData,
  labels: Int8Array,
  { folds, seed, penalties }: ProbeOptions,
): Promise<Float64Array> {
  const { design, labels: own, groups, cells } = degreeRows(data, labels);
  const { scores } = await crossFit(design, own, groups, { classes: 2, folds, seed, penalties });
  const table = new Float64Array(labels.length).fill(Number.NaN);
  cells.forEach((cell, row) => (table[cell] = scores[row]));
  return table;
}

/** Why labels cannot be fitted, undefined where they can. */
export function singleClass(labels: Int8Array, field: string): string | undefined {
  if (!labels.includes(1)) return `${field}: true of no node`;
  return labels.includes(0) ? undefined : `${field}: false of no node`;
}

function summariseCalibration(cells: ReturnType<typeof cellsOf>): CalibrationSummary {
  const { brier, skill, logLoss } = calibration(cells);
  return { brier: brier.score, skill: Number.isFinite(skill) ? skill : null, logLoss };
}

/** How the fits of a cross-fit went. */
export function summaryOf({ fits, inner }: CrossFit): FitSummary {
  return {
    penalties: fits.map(({ penalty }) => penalty),
    unconverged: inner.unconverged + fits.filter(({ converged }) => !converged).length,
    fits: inner.fits + fits.length,
  };
}
