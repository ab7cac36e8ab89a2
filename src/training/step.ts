import type { Gpt2Parameters, PassConfig } from '../model/index.js';
import { ops, type ProgramFunction, type Scalar, type Tensor } from '../tensor/index.js';
import { adamwStep, type AdamWOptions } from './adamw.js';
import { dropoutTaps } from './dropout.js';
import { muonStep } from './muon.js';
import { coconutLoss, type LatentOptions, type TrainingBatch } from './coconut-loss.js';

/** What a gradient needs to know about the model and the schedule. */
export interface GradientOptions extends LatentOptions {
  readonly config: PassConfig;
  /** The share of activations that is dropped, see `dropoutTaps`. Default 0. */
  readonly dropout?: number | undefined;
}

/** How gradients become new parameters. */
export interface UpdateOptions {
  readonly adamw?: AdamWOptions | undefined;
  /** What the layers' matrices are updated by; all else is by AdamW. Default `adamw`. */
  readonly matrices?: 'adamw' | 'muon' | undefined;
  /** The greatest norm of all gradients together; longer ones are shortened to it. Absent: none are. */
  readonly maxNorm?: number | undefined;
  /** `all` parameters decay, or the `matrices` alone: not biases and LayerNorm gains. Default `all`, as in PyTorch. */
  readonly decay?: 'all' | 'matrices' | undefined;
}

export type TrainingStepOptions = GradientOptions & UpdateOptions;

type Tensors = Readonly<Record<string, Tensor>>;

/** The inputs of a program that are a batch's. */
export function batchOf(inputs: Tensors): TrainingBatch {
  const { prompt, suffix, labels } = inputs;
  const optional = (name: keyof TrainingBatch): Tensor | undefined =>
    Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  return {
    prompt,
    suffix,
    labels,
    promptPositions: optional('promptPositions'),
    promptMask: optional('promptMask'),
    start: optional('start'),
    opening: optional('opening'),
    counts: optional('counts'),
  };
}

/** The inputs that start with `prefix:`, under the rest of their name. */
export function group(inputs: Tensors, prefix: string): Record<string, Tensor> {
  const start = `${prefix}:`;
  const entries = Object.entries(inputs).filter(([name]) => name.startsWith(start));
  return Object.fromEntries(entries.map(([name, tensor]) => [name.slice(start.length), tensor]));
}

const prefixed = (prefix: string, tensors: Tensors): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}:${name}`, tensor]));

/**
 * A program that computes the loss and its gradients.
 *
 * Inputs `parameter:{name}`, the parts of a `TrainingBatch` under their names and, with dropout, `dropoutKeys`; outputs
 * `loss` and `gradient:{name}`.
 */
export function gradientProgram(options: GradientOptions): ProgramFunction {
  return (inputs) => {
    const { value, gradients } = lossAndGradients(inputs, options);
    return { loss: value, ...prefixed('gradient', gradients) };
  };
}

/**
 * A program that applies gradients computed elsewhere, the sum over several batches.
 *
 * Inputs `parameter:{name}`, `gradient:{name}`, `first:{name}`, `second:{name}`, `share` (by which the gradients are
 * multiplied: one over the number of labels, where each batch's were multiplied by its own) and the scalars of `AdamWSchedule`; outputs as `trainingStep`, but for
 * the loss.
 */
export function updateProgram(options: UpdateOptions): ProgramFunction {
  return (inputs) => {
    const sums = Object.entries(group(inputs, 'gradient'));
    const gradients = Object.fromEntries(sums.map(([name, sum]) => [name, ops.mul(sum, inputs['share'])]));
    return update(inputs, gradients, options);
  };
}

/**
 * A program for one optimiser step.
 *
 * Inputs as in `gradientProgram`, and `first:{name}`, `second:{name}` (AdamW's moments), and the scalars
 * `learningRate`, `correction1`, `correction2` of `AdamWSchedule`; outputs `loss`, `norm` (of all gradients together,
 * before clipping) and the new `parameter:{name}`, `first:{name}`, `second:{name}`.
 */
export function trainingStep(options: TrainingStepOptions): ProgramFunction {
  return (inputs) => {
    const { value, gradients } = lossAndGradients(inputs, options);
    return { loss: value, ...update(inputs, gradients, options) };
  };
}

function update(inputs: Tensors, gradients: Tensors, options: UpdateOptions): Record<string, Tensor> {
  const { learningRate, correction1, correction2 } = inputs;
  const { adamw = {}, matrices = 'adamw', maxNorm, decay = 'all' } = options;
  const squares = Object.values(gradients).map((gradient) => ops.sum(ops.square(gradient)));
  const norm = ops.sqrt(ops.addN(squares));
  // PyTorch's clip_grad_norm_, its constant included.
  const scale = maxNorm === undefined ? undefined : ops.minimum(ops.div(maxNorm, ops.add(norm, 1e-6)), 1);
  const first = group(inputs, 'first');
  const second = group(inputs, 'second');
  const schedule = { learningRate, correction1, correction2 };
  const outputs: Record<string, Tensor> = { norm };
  for (const [name, parameter] of Object.entries(group(inputs, 'parameter'))) {
    const gradient = scale === undefined ? gradients[name] : ops.mul(gradients[name], scale);
    const state = { parameter, first: first[name], second: second[name] };
    const own = decay === 'matrices' && parameter.shape.length < 2 ? { ...adamw, weightDecay: 0 } : adamw;
    const next =
      matrices === 'muon' && isLayerMatrix(name, parameter)
        ? { ...muonStep(state, gradient, learningRate, { weightDecay: own.weightDecay }), second: state.second }
        : adamwStep(state, gradient, schedule, own);
    outputs[`parameter:${name}`] = next.parameter;
    outputs[`first:${name}`] = next.first;
    outputs[`second:${name}`] = next.second;
  }
  return outputs;
}

/** Embeddings and the LM head are matrices too, but their rows are looked up, not multiplied. */
function isLayerMatrix(name: string, { shape }: Tensor): boolean {
  return name.startsWith('h.') && shape.length === 2;
}

function lossAndGradients(
  inputs: Tensors,
  { config, dropout = 0, ...latent }: GradientOptions,
): ReturnType<typeof ops.valueAndGradients> {
  const batch = batchOf(inputs);
  const taps = dropout === 0 ? undefined : dropoutTaps(inputs['dropoutKeys'], dropout);
  const loss = (parameters: Gpt2Parameters): Scalar => coconutLoss(parameters, config, batch, latent, taps);
  return ops.valueAndGradients(loss, group(inputs, 'parameter'));
}
