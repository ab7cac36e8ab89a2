import type { Estimate } from '../statistics/index.js';
import type { Batch } from './batch.js';
import type { Settings } from './settings.js';

/** The falsification tests of the battery, by their numbers in docs/battery.md. */
export const PREDICTION_IDS = [
  'F1',
  'F2',
  'F3',
  'F4',
  'F5',
  'F6',
  'F7',
  'F8',
  'F9',
  'F10',
  'F11',
  'F12',
  'F13',
  'F14',
] as const;

export type PredictionId = (typeof PREDICTION_IDS)[number];

/** What a battery says of breadth-first search. `undetermined`: neither was shown. */
export const CONCLUSIONS = ['supports', 'contradicts', 'undetermined'] as const;

/**
 * What a test says of it. `undetermined`: it ran and neither side's threshold was passed, or there were too few items.
 * `notApplicable`: it could not be run on this model at all.
 */
export const VERDICTS = [...CONCLUSIONS, 'notApplicable'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** One number of a test. */
export interface Measure {
  readonly name: string;
  /** What was measured, in words. */
  readonly words: string;
  readonly estimate: Estimate;
  /** What the same number would be without the effect: chance, or what a reference gives. */
  readonly reference: number | null;
}

/** A measure that the verdict rests on. */
export interface Criterion extends Measure {
  /** Beyond it the measure speaks for breadth-first search... */
  readonly support: number;
  /** ...and beyond it, on the other side, against. */
  readonly contradict: number;
  /** Whether the search stays below its thresholds. */
  readonly ceiling: boolean;
  /** Two-sided, against `reference`, by sign flips over graphs; null where there is nothing to flip. */
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

/**
 * A prediction of breadth-first search that can fail: what it says, what falsifies it, and the test. Observing needs the
 * model and goes batch by batch; judging needs the observations alone and is a pure function.
 */
export interface Prediction<O extends Observation = Observation> {
  readonly id: PredictionId;
  readonly title: string;
  /** What a model that searches breadth-first in its thoughts must do. */
  readonly predicts: string;
  readonly falsifiedBy: string;
  /** What the test cannot show, whatever comes out. */
  readonly doesNotShow: string;
  /**
   * `search`: breadth-first search stands and falls with it. `control`: it compares with other models. `character`: it
   * tells kinds of search apart, and no outcome speaks against all of them.
   */
  readonly role: 'search' | 'control' | 'character';
  /** Why it cannot be run, undefined where it can. */
  inapplicable(subject: Subject): string | undefined;
  observe(batch: Batch): Promise<O[]>;
  judge(observations: readonly O[], settings: Settings, controls: readonly ControlObservations<O>[]): Finding;
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
