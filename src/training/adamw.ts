import { ops, type Tensor } from '../tensor/index.js';

/** AdamW's constants (Loshchilov & Hutter 2019, algorithm 2); the defaults are PyTorch's. */
export interface AdamWOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
}

/** What changes from step to step, as int-free scalars so that one compiled program serves every step. */
export interface AdamWSchedule {
  /** Learning rate of this step. */
  readonly learningRate: Tensor;
  /** 1 - beta1^t for step t = 1, 2, ... */
  readonly correction1: Tensor;
  /** 1 - beta2^t */
  readonly correction2: Tensor;
}

/** A parameter with its running moments. */
export interface AdamWState {
  readonly parameter: Tensor;
  readonly first: Tensor;
  readonly second: Tensor;
}

/**
 * One AdamW step for one parameter: decoupled decay, then the bias-corrected update, epsilon outside the root as in
 * PyTorch.
 */
export function adamwStep(
  { parameter, first, second }: AdamWState,
  gradient: Tensor,
  { learningRate, correction1, correction2 }: AdamWSchedule,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 }: AdamWOptions = {},
): AdamWState {
  const m = ops.add(ops.mul(first, beta1), ops.mul(gradient, 1 - beta1));
  const v = ops.add(ops.mul(second, beta2), ops.mul(ops.square(gradient), 1 - beta2));
  const denominator = ops.add(ops.div(ops.sqrt(v), ops.sqrt(correction2)), epsilon);
  const update = ops.mul(ops.div(m, denominator), ops.div(learningRate, correction1));
  const kept = ops.mul(parameter, ops.sub(1, ops.mul(learningRate, weightDecay)));
  return { parameter: ops.sub(kept, update), first: m, second: v };
}
