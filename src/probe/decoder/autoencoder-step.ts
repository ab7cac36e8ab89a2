import { ops, type ProgramFunction, type Scalar, type Tensor } from '../../tensor/index.js';

/** The parameters of a sparse autoencoder. */
export const PARAMETERS = ['encoder', 'encoderBias', 'decoder', 'decoderBias'] as const;
export type ParameterName = (typeof PARAMETERS)[number];

/** Adam's constants (Kingma and Ba 2015). */
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * What each feature would be active by: (x - decoderBias) encoder + encoderBias.
 *
 * Inputs `x` [batch, columns], `encoder` [columns, features], `encoderBias` [features], `decoderBias` [columns]; output
 * `activations` [batch, features], before any is left out.
 */
export const activationProgram: ProgramFunction = (inputs) => ({ activations: activations(inputs) });

function activations({ x, encoder, encoderBias, decoderBias }: Readonly<Record<string, Tensor>>): Tensor {
  return ops.add(ops.matMul(ops.sub(x, decoderBias), encoder), encoderBias);
}

/**
 * One step of Adam on the mean squared error of reconstruction from the active features, after which the decoder's rows
 * have length 1 again.
 *
 * Inputs `x` [batch, columns]; `mask` [batch, features], 1 where a feature is active; `parameter:{name}`, `first:{name}`,
 * `second:{name}`; scalars `learningRate`, and `correction1`, `correction2` (1 - beta^t). Outputs `loss` and the new
 * parameters and moments under the same names.
 */
export const stepProgram: ProgramFunction = (inputs) => {
  const { x, mask, learningRate, correction1, correction2 } = inputs;
  const at = Object.fromEntries(PARAMETERS.map((name) => [name, inputs[`parameter:${name}`]]));
  const { value, gradients } = ops.valueAndGradients((parameters: Record<string, Tensor>): Scalar => {
    const active = ops.mul(activations({ x, ...parameters }), mask);
    const made = ops.add(ops.matMul(active, parameters['decoder']), parameters['decoderBias']);
    return ops.mul(ops.mean(ops.square(ops.sub(made, x))), x.shape[1] ?? 1);
  }, at);
  const outputs: Record<string, Tensor> = { loss: value };
  for (const name of PARAMETERS) {
    const first = ops.add(ops.mul(inputs[`first:${name}`], BETA1), ops.mul(gradients[name], 1 - BETA1));
    const squared = ops.mul(ops.square(gradients[name]), 1 - BETA2);
    const second = ops.add(ops.mul(inputs[`second:${name}`], BETA2), squared);
    const root = ops.add(ops.sqrt(ops.div(second, correction2)), EPSILON);
    const moved = ops.sub(at[name], ops.mul(learningRate, ops.div(ops.div(first, correction1), root)));
    outputs[`parameter:${name}`] = name === 'decoder' ? unitLength(moved) : moved;
    outputs[`first:${name}`] = first;
    outputs[`second:${name}`] = second;
  }
  return outputs;
};

/** Rows divided by their lengths. */
function unitLength(rows: Tensor): Tensor {
  return ops.div(rows, ops.sqrt(ops.sum(ops.square(rows), 1, true)));
}

export const adamCorrections = (step: number): [number, number] => [1 - BETA1 ** step, 1 - BETA2 ** step];
