import type { ReadoutHead } from '../readout/index.js';
import type { Estimate } from '../statistics/index.js';
import type { ProbeReading, ProbeSpec } from './spec.js';

/**
 * What a probe's score is. Node probes: the AUC of each item, averaged over the items of a graph, then over graphs. Class
 * probes: the share right. Number probes: R2, 1 - squared error / squared deviation from the mean.
 */
export type ProbeMetric = 'aucWithinGraph' | 'accuracy' | 'r2';

/** Something that a probe must beat, on the same rows. */
export interface Baseline {
  readonly name: BaselineName;
  readonly score: Estimate;
  /** The probe's score less this, over the same resamples. */
  readonly beaten: Estimate;
}

/**
 * `idPrior`: how often the label held for this node id in the other folds. `degrees`: a probe of in- and out-degree and of
 * being named in the question. `head`: the LM head's own logit, nothing fitted. `firstThought`: the same labels read out
 * of thought 1, the state after the question alone. `graphSize`: a probe of the numbers of nodes, edges and the root's
 * successors. `beside:` and a model: the same labels read out of that model's thoughts.
 *
 * @useDeclaredType
 */
export type BaselineName =
  'idPrior' | 'degrees' | 'head' | 'firstThought' | 'graphSize' | `${typeof RECORDING_BASELINE}${string}`;

export const RECORDING_BASELINE = 'recording:';

/** How the fits went. */
export interface FitSummary {
  /** By fold. */
  readonly penalties: readonly number[];
  /** Fits that stopped before the gradient was small, of how many. */
  readonly unconverged: number;
  readonly fits: number;
}

/** Whether out-of-fold probabilities are what they say. */
export interface CalibrationSummary {
  readonly brier: number;
  /** 1 - Brier score / that of the base rate; null where all labels are alike. */
  readonly skill: number | null;
  /** Mean, in bits. */
  readonly logLoss: number;
}

/** How many bits labels take by an online code (Voita and Titov, arXiv 2003.12298). */
export interface LengthSummary {
  readonly bits: number;
  readonly uniformBits: number;
  /** uniformBits / bits: about 1 for labels that cannot be learnt. */
  readonly compression: number;
}

/** A probe at one thought. */
export interface ProbeAtThought {
  /** c; null where all thoughts are one fit. */
  readonly thought: number | null;
  /** Labels: node-in-graph pairs, or items. */
  readonly labels: number;
  /** Share of positive labels (node), of the commonest class (class); the labels' standard deviation (number). */
  readonly base: number;
  /** What a probe that learnt nothing scores: .5, the share of the commonest class, 0. */
  readonly chance: number;
  readonly score: Estimate;
  readonly control: Estimate;
  /** score - control, over the same resamples (Hewitt and Liang, arXiv 1909.03368). */
  readonly selectivity: Estimate;
  readonly baselines: readonly Baseline[];
  /** Node probes: all graphs ranked together. A shift between graphs or between node ids moves it. */
  readonly pooledAuc: Estimate | null;
  /** Node probes: the AUC over the graphs that have a node id, averaged over ids. No prior of the ids can lift it. */
  readonly withinNodeAuc: Estimate | null;
  /** Node probes. */
  readonly calibration: CalibrationSummary | null;
  /** Where it was asked for, of node and class probes. */
  readonly codelength: { readonly task: LengthSummary; readonly control: LengthSummary } | null;
  readonly fit: FitSummary;
  readonly controlFit: FitSummary;
}

/** A thought at which a probe cannot be fitted. */
export interface LeftOut {
  readonly thought: number | null;
  /** Which of the two tasks, and what it lacks. */
  readonly reason: string;
}

/** A probe over a recording. JSON-serialisable. */
export interface ProbeResult extends ReadoutHead<'probe'> {
  readonly probe: string;
  readonly question: string;
  readonly probeKind: ProbeSpec['kind'];
  readonly metric: ProbeMetric;
  readonly controlTask: string;
  /** What is read; null for the thought itself. */
  readonly reads: ProbeReading | null;
  readonly folds: number;
  /** The penalties that were chosen from, inside. */
  readonly penaltyPath: readonly number[];
  readonly perThought: readonly ProbeAtThought[];
  readonly leftOut: readonly LeftOut[];
}

export const METRIC_OF = { node: 'aucWithinGraph', class: 'accuracy', number: 'r2' } as const satisfies Record<
  ProbeSpec['kind'],
  ProbeMetric
>;

export const METRIC_WORDS: Readonly<Record<ProbeMetric, string>> = {
  aucWithinGraph: 'AUC within graph',
  accuracy: 'accuracy',
  r2: 'R2',
};
