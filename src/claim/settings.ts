import type { CrossFittedAlignment } from './alignment.js';

/** What a prediction is judged with. */
export interface JudgeSettings {
  /** How far the search is at each thought. */
  readonly alignment: CrossFittedAlignment;
}

/** Below so many graphs no verdict is given: intervals from fewer are too narrow to hang one on. */
export const LEAST_GRAPHS = 30;

/**
 * The one-sided level of the claim that all necessary tests support, and of the others together; of all of them it is at
 * most twice that. For one test alone p is below it exactly where the whole 95 % interval lies beyond the threshold.
 */
export const LEVEL = 0.025;

/** What T is, as `preference` of the intervention folder computes it. */
export const T_DEFINITION = '100 × the sigmoid of the logit difference between target and decoy';
