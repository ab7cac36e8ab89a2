import type { PredictionId } from '../../src/claim/index.js';

/** A criterion whose number can lie at its threshold. */
export interface NullCriterion {
  readonly test: PredictionId;
  /** What a perfect search shows of every item. */
  readonly perfect: number;
  /** The share of ones, drawn item by item, that lies exactly at the threshold. */
  readonly atThreshold: number;
  /** Whether a search has more of it than the threshold, or less. */
  readonly direction: 'above' | 'below';
}

/**
 * One of each kind of a test's criteria. Those of F15 and F16 with 2 steps or more to go, F9's with a deeper decoy, and F15's found
 * one step short and F15's and F17's of other beams have the same law as the one that is here.
 */
export const NULL_CRITERIA = {
  /** Half of the excess over chance. */
  ablatedRight: { test: 'F1', perfect: 0.5, atThreshold: 0.75, direction: 'below' },
  swapFound: { test: 'F6', perfect: 1, atThreshold: 0.85, direction: 'above' },
  changedBefore: { test: 'F6', perfect: 0, atThreshold: 0.25, direction: 'below' },
  /** .7 of the excess. */
  orphanedRight: { test: 'F9', perfect: 1, atThreshold: 0.85, direction: 'above' },
  cutNamed: { test: 'F9', perfect: 0.5, atThreshold: 0.65, direction: 'below' },
  scrubbedKept: { test: 'F15', perfect: 1, atThreshold: 0.85, direction: 'above' },
  foundTooEarly: { test: 'F15', perfect: 0.5, atThreshold: 0.65, direction: 'below' },
  foundWithout: { test: 'F15', perfect: 0.5, atThreshold: 0.65, direction: 'below' },
  /** Of four nodes a beam of three holds the one that is needed in two of three cases: it keeps 5/6 of its answers, a search all. */
  beamKept: { test: 'F15', perfect: 1, atThreshold: 11 / 12, direction: 'above' },
  propagated: { test: 'F16', perfect: 1, atThreshold: 0.85, direction: 'above' },
  /** Of a beam that finds the target in three of four orders. */
  blindBeamRight: { test: 'F17', perfect: 1, atThreshold: 0.875, direction: 'above' },
} as const satisfies Readonly<Record<string, NullCriterion>>;

export type NullName = keyof typeof NULL_CRITERIA;

/** All of them. */
export const NULL_NAMES = Object.keys(NULL_CRITERIA) as readonly NullName[];
