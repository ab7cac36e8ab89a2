import type { Random } from '../../random.js';
import type { LatentInput } from '../coconut-loss.js';

/** What a method makes of one question: which steps it leaves out, and how many latent positions stand for them. */
export interface Plan {
  /** Leading language steps that are left out. */
  readonly removedSteps: number;
  /** Tokens that are left out beyond those steps. */
  readonly removedTokens: number;
  /** Latent positions. */
  readonly latents: number;
}

/** What a plan depends on. */
export interface PlanContext {
  /** The stage of the curriculum, 0 .. maxStage. */
  readonly stage: number;
  readonly maxStage: number;
  /** c: latent positions that replace one language step. */
  readonly thoughtsPerStep: number;
  /** Whether every question gets the latent positions of the stage, also those with fewer steps. */
  readonly padToMax: boolean;
  /** Language steps of the question. */
  readonly steps: number;
  readonly random: Random;
}

/** One way of teaching a model to answer: Coconut itself, or one of its controls. */
export interface Method {
  readonly name: string;
  /** What it is and where it is from, one sentence. */
  readonly summary: string;
  /** What stands at its latent positions; undefined for methods that have none. */
  readonly input: LatentInput | undefined;
  /** Whether it goes through the stages of a curriculum; without one every question is a last stage's. */
  readonly curriculum: boolean;
  /**
   * What is supervised. `path`: the steps that are left, then the answer. `frontier`: one token, any node that is one
   * step further than the latent positions, each with the same probability, or the answer after as many as there are steps.
   */
  readonly label: 'path' | 'frontier';
  plan(context: PlanContext): Plan;
}

/** Coconut's schedule (arXiv 2412.06769, section 3): stage s replaces the first s steps by s c latent positions. */
export function replaceSteps({ stage, steps, thoughtsPerStep, padToMax }: PlanContext): Plan {
  const removedSteps = Math.min(stage, steps);
  return { removedSteps, removedTokens: 0, latents: thoughtsPerStep * (padToMax ? stage : removedSteps) };
}

/** No steps and all latent positions from the beginning. */
export function replaceAll({ maxStage, steps, thoughtsPerStep, padToMax }: PlanContext): Plan {
  const latents = thoughtsPerStep * (padToMax ? maxStage : Math.min(maxStage, steps));
  return { removedSteps: steps, removedTokens: 0, latents };
}
