import { tf, type Scalar, type Tensor } from './tfjs.js';

/**
 * Value and gradients of a scalar function of named tensors.
 *
 * @param f maps the tensors to a scalar loss
 * @param at where to differentiate; every tensor must influence the loss
 * @returns the loss, and for each name a gradient of that tensor's shape
 */
export function valueAndGradients<K extends string>(
  f: (x: Record<K, Tensor>) => Scalar,
  at: Record<K, Tensor>,
): { value: Scalar; gradients: Record<K, Tensor> } {
  const names = Object.keys(at) as K[];
  const name = (tensors: Tensor[]): Record<K, Tensor> =>
    Object.fromEntries(names.map((key, i) => [key, tensors[i]])) as Record<K, Tensor>;
  const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => f(name(tensors)))(names.map((key) => at[key]));
  return { value, gradients: name(grads) };
}
