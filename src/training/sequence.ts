import { LensError } from '../errors.js';
import { IGNORED } from './coconut-loss.js';
import type { Method, Plan } from './methods/index.js';
import type { TrainingExample } from './training-example.js';

/** The token that a position should predict, or several, each as often, or `IGNORED`. */
export type Label = number | readonly number[];

/** One training sequence: prompt, opening, latent positions, suffix. */
export interface TrainingSequence {
  readonly opening: readonly number[];
  readonly latents: number;
  readonly suffix: readonly number[];
  /** [1 + latents + suffix], of the prompt's last position, each latent position and each position of the suffix. */
  readonly labels: readonly Label[];
}

/** What is supervised beside what a method says. */
export interface SequenceOptions {
  /**
   * Whether every latent position predicts the step that it replaces, where the method's label there is a single token:
   * what mixing in all earlier stages would supervise, in the same pass.
   */
  readonly everyThought?: boolean | undefined;
  /** c: latent positions that replace one step. Default 1. */
  readonly thoughtsPerStep?: number | undefined;
}

/**
 * The sequence that a method makes of a question.
 *
 * @throws LensError if the method needs steps, or nodes that are single tokens, and the question has none
 */
export function trainingSequence(
  script: TrainingExample,
  method: Method,
  plan: Plan,
  { everyThought = false, thoughtsPerStep = 1 }: SequenceOptions = {},
): TrainingSequence {
  const next =
    method.label === 'frontier'
      ? frontierLabels(script, method)
      : (c: number): Label | undefined => script.steps.at(c)?.[0];
  const rest = script.steps.slice(plan.removedSteps).flat().slice(plan.removedTokens);
  // One node is all that a frontier label says; there is no path to go on with.
  const text =
    method.label === 'frontier' && plan.removedSteps < script.steps.length ? [] : [...rest, ...script.answer];
  const spoken = [...script.marker, ...text];
  const labels = new Array<Label>(1 + plan.latents + Math.max(0, spoken.length - 1)).fill(IGNORED);
  text.forEach((token, i) => (labels[plan.latents + script.marker.length + i] = token));
  const single = script.marker.length === 0;
  if (method.label === 'frontier' && text.length === 0) labels[plan.latents] = next(plan.removedSteps) ?? IGNORED;
  if (everyThought && single) {
    // Stage s would predict step s after its s * c latent positions.
    for (let s = 0; s < script.steps.length && s * thoughtsPerStep < plan.latents; s++)
      labels[s * thoughtsPerStep] = next(s) ?? IGNORED;
  }
  return { opening: script.opening, latents: plan.latents, suffix: spoken.slice(0, -1), labels };
}

/** Every node at depth c + 1, for c below the number of steps. */
function frontierLabels(script: TrainingExample, method: Method): (c: number) => Label | undefined {
  const layers = script.layers?.();
  if (layers === undefined) {
    throw new LensError(
      `method ${method.name}`,
      'labels a thought with a single token, and nodes have several in English',
      'use the symbolic wording',
      'usage',
    );
  }
  return (c) => (c < script.steps.length ? layers[c + 1] : undefined);
}
