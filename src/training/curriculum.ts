import type { Random } from '../random.js';
import type { PhaseConfig, TrainingConfig } from './config.js';

/**
 * The stage that one question is taught at: the phase's, or with probability `uniform_prob` any of 0 .. the
 * question's steps, as in the official code.
 */
export function stageOf(
  random: Random,
  { thoughts }: Pick<TrainingConfig, 'thoughts'>,
  phase: PhaseConfig,
  steps: number,
): number {
  if (phase.uniformProb === 0 || random.uniform() >= phase.uniformProb) return phase.stage;
  return Math.min(random.integer(steps + 1), thoughts.stages);
}

/** The learning rate of step `step` (from 0) of a phase that has `steps`. */
export function learningRate({ learningRate: peak, warmup, decay }: PhaseConfig, step: number, steps: number): number {
  const rising = warmup === 0 ? 1 : Math.min(1, (step + 1) / warmup);
  const done = Math.max(0, step - warmup) / Math.max(1, steps - warmup);
  switch (decay) {
    case 'none':
      return peak * rising;
    case 'linear':
      return peak * rising * (1 - done);
    case 'cosine':
      return peak * rising * 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
