import type { CriterionSpec, MeasureSpec } from './judge.js';
import { LEAST_GRAPHS } from './settings.js';

/** One of several numbers of the same kind, each of some items only. */
export interface Group {
  /** How many graphs it is estimated from. */
  readonly graphs: number;
  readonly spec: CriterionSpec;
}

/**
 * Of numbers of the same kind: those that have graphs enough are criteria, the first in any case; the others are measures, so
 * that what only a few items tell decides nothing.
 */
export function splitByGraphs(groups: readonly Group[]): { criteria: CriterionSpec[]; measures: MeasureSpec[] } {
  const isCriterion = ({ graphs }: Group, i: number): boolean => i === 0 || graphs >= LEAST_GRAPHS;
  return {
    criteria: groups.filter(isCriterion).map(({ spec }) => spec),
    measures: groups.filter((group, i) => group.graphs > 0 && !isCriterion(group, i)).map(({ spec }) => spec),
  };
}
