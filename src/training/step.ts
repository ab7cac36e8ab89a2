import type { Gpt2Parameters, PassConfig } from '../model/index.js';
import { ops, type ProgramFunction, type Tensor } from '../tensor/index.js';
import { adamwStep, type AdamWOptions } from './adamw.js';
import { coconutLoss, type TrainingBatch } from './coconut-loss.js';

/** What one optimiser step needs to know about the model and the schedule. */
export interface TrainingStepOptions {
  readonly config: PassConfig;
  /** k, the number of continuous thoughts. */
  readonly thoughts: number;
  readonly adamw?: AdamWOptions;
}

const batchOf = ({ prompt, suffix, labels }: Readonly<Record<string, Tensor>>): TrainingBatch => ({
  prompt,
  suffix,
  labels,
});

/** The inputs that start with `prefix:`, under the rest of their name. */
function group(inputs: Readonly<Record<string, Tensor>>, prefix: string): Record<string, Tensor> {
  const start = `${prefix}:`;
  const entries = Object.entries(inputs).filter(([name]) => name.startsWith(start));
  return Object.fromEntries(entries.map(([name, tensor]) => [name.slice(start.length), tensor]));
}

/**
 * A program that computes the loss and its gradients.
 *
 * Inputs `parameter:{name}`, `prompt`, `suffix`, `labels`; outputs `loss` and `gradient:{name}`.
 */
export function gradientProgram({ config, thoughts }: TrainingStepOptions): ProgramFunction {
  return (inputs) => {
    const { value, gradients } = lossAndGradients(inputs, config, thoughts);
    const named = Object.entries(gradients).map(([name, gradient]) => [`gradient:${name}`, gradient] as const);
    return { loss: value, ...Object.fromEntries(named) };
  };
}

/**
 * A program for one optimiser step.
 *
 * Inputs as in `gradientProgram`, and `first:{name}`, `second:{name}` (AdamW's moments), and the scalars
 * `learningRate`, `correction1`, `correction2` of `AdamWSchedule`; outputs `loss` and the new `parameter:{name}`,
 * `first:{name}`, `second:{name}`.
 */
export function trainingStep({ config, thoughts, adamw }: TrainingStepOptions): ProgramFunction {
  return (inputs) => {
    const { learningRate, correction1, correction2 } = inputs;
    const { value, gradients } = lossAndGradients(inputs, config, thoughts);
    const first = group(inputs, 'first');
    const second = group(inputs, 'second');
    const outputs: Record<string, Tensor> = { loss: value };
    for (const [name, parameter] of Object.entries(group(inputs, 'parameter'))) {
      const state = { parameter, first: first[name], second: second[name] };
      const next = adamwStep(state, gradients[name], { learningRate, correction1, correction2 }, adamw);
      outputs[`parameter:${name}`] = next.parameter;
      outputs[`first:${name}`] = next.first;
      outputs[`second:${name}`] = next.second;
    }
    return outputs;
  };
}

function lossAndGradients(
  inputs: Readonly<Record<string, Tensor>>,
  config: PassConfig,
  thoughts: number,
): ReturnType<typeof ops.valueAndGradients> {
  const batch = batchOf(inputs);
  const loss = (parameters: Gpt2Parameters): ReturnType<typeof coconutLoss> =>
    coconutLoss(parameters, config, batch, thoughts);
  return ops.valueAndGradients(loss, group(inputs, 'parameter'));
}
