import type { Observation } from './prediction.js';

/** How many graphs observations are of: what decides whether there are enough, as their questions are alike. */
export function graphsOf(observations: readonly Observation[]): number {
  return new Set(observations.map(({ graph }) => graph)).size;
}
