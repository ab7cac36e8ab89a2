import { brierDecomposition, brierSkill, DEFAULT_BINS, type BrierDecomposition } from '../../statistics/index.js';
import { sigmoid, softplus } from '../fits/losses.js';
import type { Scored } from './scored.js';

/** Whether a probe's probabilities are what they say. */
export interface Calibration {
  /** Labelled observations. */
  readonly n: number;
  /** Share of ones. */
  readonly baseRate: number;
  readonly brier: BrierDecomposition;
  /** 1 - Brier score / that of the base rate: 0 for a probe that knows nothing else. */
  readonly skill: number;
  /** Mean, in bits. */
  readonly logLoss: number;
}

/**
 * Calibration of out-of-fold logits as probabilities. NaN of nothing; `skill` NaN where all labels are alike.
 *
 * @param bins of the reliability curve, default 10
 */
export function calibration(
  { scores, labels }: Pick<Scored, 'scores' | 'labels'>,
  bins: number = DEFAULT_BINS,
): Calibration {
  const kept: number[] = [];
  for (let i = 0; i < scores.length; i++) if (labels[i] === 0 || labels[i] === 1) kept.push(i);
  const n = kept.length;
  const forecasts = Float64Array.from(kept, (i) => sigmoid(scores[i]));
  const outcomes = kept.map((i) => labels[i] === 1);
  const baseRate = outcomes.filter(Boolean).length / n;
  const loss = kept.reduce((sum, i) => sum + softplus(labels[i] === 1 ? -scores[i] : scores[i]), 0);
  return {
    n,
    baseRate,
    brier: brierDecomposition(forecasts, outcomes, bins),
    skill: brierSkill(
      forecasts,
      outcomes,
      outcomes.map(() => baseRate),
    ),
    logLoss: loss / n / Math.LN2,
  };
}
