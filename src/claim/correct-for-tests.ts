import { holm } from '../statistics/index.js';
import type { Finding, PredictionId, PredictionText } from './prediction.js';
import { LEVEL } from './settings.js';

/** What a prediction says and what its test found, after correction for the number of tests. */
export interface PredictionResult extends PredictionText, Finding {
  /**
   * Of the whole test: all criteria must hold, so the largest of their p (an intersection-union test). Null where there
   * is none.
   */
  readonly p: number | null;
  /** Of a necessary test the largest p of them all, where all are below the level; else Holm's, over the other tests that have a p. */
  readonly correctedP: number | null;
}

/**
 * Corrects for the number of tests. That all necessary predictions hold is one claim, refused unless each test alone is below
 * the level: an intersection-union test, which needs no correction. Where they all are, the others are corrected
 * among themselves (Holm 1979), else all are. A finding that supports and whose corrected p is not below the level
 * becomes undetermined. Contradictions rest on their intervals.
 *
 * @param necessary the predictions of that one claim
 */
export function correctForTests(
  found: readonly Omit<PredictionResult, 'p' | 'correctedP'>[],
  necessary: readonly PredictionId[],
): PredictionResult[] {
  const ps = found.map(({ criteria }) => {
    const there = criteria.map(({ p }) => p).filter((p) => p !== null);
    return there.length === 0 ? null : Math.max(...there);
  });
  const supporting = found.flatMap(({ id, verdict }, i) =>
    necessary.includes(id) && verdict === 'supports' ? [ps[i] ?? 1] : [],
  );
  const together = supporting.length < necessary.length ? 1 : Math.max(...supporting);
  const stand = found.map(({ id }) => together < LEVEL && necessary.includes(id));
  const others = holm(ps.map((p, i) => (stand[i] ? null : p)));
  const corrected = others.map((p, i) => (stand[i] ? together : p));
  return found.map((finding, i) => {
    const p = ps[i];
    const correctedP = corrected[i];
    const weak = finding.verdict === 'supports' && p !== null && correctedP !== null && correctedP >= LEVEL;
    return {
      ...finding,
      p,
      correctedP,
      ...(weak && {
        verdict: 'undetermined',
        reason: `corrected for the number of tests, p is ${correctedP.toFixed(3)}`,
        // Of a normal estimate ln p falls about as the number of items; what it must fall to is the level's share, or the level
        // where this is one of the necessary ones.
        growth: necessary.includes(finding.id) ? 1 : Math.log((LEVEL * p) / correctedP) / Math.log(p),
      }),
    };
  });
}
