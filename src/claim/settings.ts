import type { BootstrapOptions } from '../statistics/index.js';
import type { CrossFittedAlignment } from './alignment.js';

/** What all statistics of a battery are made with. */
export interface Settings extends Required<Pick<BootstrapOptions, 'seed' | 'resamples'>> {
  /** Sign flips of every test. */
  readonly flips: number;
}

/** What a prediction is judged with. */
export interface JudgeSettings extends Settings {
  /** How far the search is at each thought. */
  readonly alignment: CrossFittedAlignment;
}

/** Below so many graphs no verdict is given: intervals from fewer are too narrow to hang one on. */
export const LEAST_GRAPHS = 30;

/** The family-wise level of the verdicts that support. */
export const LEVEL = 0.05;

/** Sign flips of every test: p is never below 1 / (flips + 1). */
export const FLIPS = 4000;

/** What T is, as `preference` of the intervention folder computes it. */
export const T_DEFINITION = '100 × the sigmoid of the logit difference between target and decoy';
