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

/** The stages that `stageOf` may give a question of so many steps. */
export function stagesOf(
  { thoughts }: Pick<TrainingConfig, 'thoughts'>,
  phase: Pick<PhaseConfig, 'stage' | 'uniformProb'>,
  steps: number,
): number[] {
  const mixed = Array.from({ length: Math.min(steps, thoughts.stages) + 1 }, (_, stage) => stage);
  return phase.uniformProb === 0 ? [phase.stage] : [...new Set([phase.stage, ...mixed])];
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
