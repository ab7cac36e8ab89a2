import type { Estimate } from '../statistics/index.js';
import type { Batch } from './batch.js';
import type { JudgeSettings } from './settings.js';
import type { Threshold, Thresholds } from './thresholds.js';

/** The number of a prediction in docs/battery.md: `F1`. */
export type PredictionId = `F${number}`;

/** What a battery says of breadth-first search. `undetermined`: neither was shown. */
export const CONCLUSIONS = ['supports', 'contradicts', 'undetermined'] as const;

/**
 * What a test says of it. `undetermined`: it ran and neither side's threshold was passed, or there were too few items.
 * `notApplicable`: it could not be run on this model at all.
 */
export const VERDICTS = [...CONCLUSIONS, 'notApplicable'] as const;

/**
 * What a test says of breadth-first search.
 *
 * @useDeclaredType
 */
export type Verdict = (typeof VERDICTS)[number];

/** What a verdict is called. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  supports: 'supports',
  contradicts: 'contradicts',
  undetermined: 'undetermined',
  notApplicable: 'not applicable',
};

/** What a prediction's outcome can decide. */
export const ROLES = ['search', 'control', 'character'] as const;

/**
 * What a prediction is for: see `Prediction.role`.
 *
 * @useDeclaredType
 */
export type Role = (typeof ROLES)[number];

/** The same in words. */
export const ROLE_DESCRIPTIONS: Readonly<Record<Role, string>> = {
  search: 'breadth-first search stands and falls with it',
  control: 'compares with control models; contradicts no search as such',
  character: 'tells kinds of search apart; contradicts no search as such',
};

/** What a test looks at: see `Evidence`. */
export const EVIDENCE = ['intervention', 'behaviour', 'readout'] as const;

/**
 * What a test looks at.
 *
 * - `intervention`: it changes thoughts and looks at what the model answers; no direction of reading is assumed
 * - `behaviour`: it changes the question, or the number of thoughts, and looks at what the model answers
 * - `readout`: it looks at what the LM head reads of the thoughts. These tests are one piece of evidence, and a search need
 *   not show itself there: failing them contradicts only where an intervention fails
 *
 * @useDeclaredType
 */
export type Evidence = (typeof EVIDENCE)[number];

/** One number of a test. */
export interface Measure {
  readonly name: string;
  /** What was measured. */
  readonly description: string;
  readonly estimate: Estimate;
  /** What the same number would be without the effect: chance, or what a reference gives. */
  readonly reference: number | null;
}

/** A measure that the verdict rests on, with its {@link Threshold}. */
export interface Criterion extends Measure, Omit<Threshold, 'why'> {
  /** One-sided, against "the support threshold is not passed"; null where there is no interval. */
  readonly p: number | null;
  readonly verdict: Exclude<Verdict, 'notApplicable'>;
}

/** What one prediction's test found. */
export interface Finding {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly reason: string;
  /** What the verdict rests on: all must support; one that contradicts decides. */
  readonly criteria: readonly Criterion[];
  /** Everything else that was measured. */
  readonly measures: readonly Measure[];
  /**
   * Where it is undetermined for want of items: by what factor more would do, if estimates stayed as they are. Null where it is
   * decided, or where more would not help.
   */
  readonly growth: number | null;
}

/** A control model's observations of the same prediction, on the same items. */
export interface ControlObservations<O> {
  readonly name: string;
  readonly observations: readonly O[];
}

/** What an observation must say of its item: its graph is the unit of all statistics. */
export interface Observation {
  readonly graph: string;
}

/** What a prediction says, as every result carries it. */
export interface PredictionText {
  readonly id: PredictionId;
  readonly title: string;
  /** What a model that searches breadth-first in its thoughts must do. */
  readonly predicts: string;
  readonly falsifiedBy: string;
  /** What the test cannot show, whatever comes out. */
  readonly doesNotShow: string;
  readonly role: Role;
  readonly evidence: Evidence;
}

/**
 * A prediction of breadth-first search that can fail: what it says, what falsifies it, and the test. Observing needs the
 * model and goes batch by batch; judging needs the observations alone and is a pure function.
 */
export interface Prediction<O extends Observation = Observation> extends PredictionText {
  /** Whether breadth-first search is supported only if this prediction is. */
  readonly necessary?: boolean;
  /** Those of its criteria, by name. */
  readonly thresholds: Thresholds;
  /** Where measures make up a matrix: how it is read out of their names and drawn. */
  readonly matrix?: MeasureMatrix;
  /** Why it cannot be run, undefined where it can. */
  inapplicable(subject: Subject): string | undefined;
  /**
   * Runs the model on a batch.
   *
   * @returns what the judgement needs, for every item that the prediction says something of
   */
  observe(batch: Batch): Promise<O[]>;
  /**
   * Judges all observations.
   *
   * @param settings the alignment of thoughts with layers
   * @param controls the control models' observations, in their order; none if the battery runs without
   */
  judge(observations: readonly O[], settings: JudgeSettings, controls: readonly ControlObservations<O>[]): Finding;
}

/** A matrix of measures. A result has names of measures only, so rows and columns are read from these. */
export interface MeasureMatrix {
  /** With two groups, numbers: of the row and of the column. */
  readonly pattern: RegExp;
  /** Whether the first group is the column. */
  readonly columnFirst: boolean;
  readonly title: string;
  readonly rowName: string;
  readonly columnName: string;
  /** The distance from the reference that has the full colour. */
  readonly extent: number;
  readonly note: string;
}

/** What decides whether a test can be run. */
export interface Subject {
  readonly wording: 'symbolic' | 'english';
  /** k */
  readonly thoughts: number;
  readonly controls: number;
}

/** Ties the types of a prediction's observations together. */
export function definePrediction<O extends Observation>(prediction: Prediction<O>): Prediction<O> {
  return prediction;
}
