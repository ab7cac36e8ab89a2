/**
 * The one place that imports tfjs. The union package is imported, not tfjs-core: it registers the gradients, which
 * tfjs-core's Node build leaves out.
 */
import * as tf from '@tensorflow/tfjs';
import { LensError } from '../errors.js';

// Without this, tfjs advertises its native packages on standard error at the first operation. It changes nothing else
// that we use.
tf.enableProdMode();

export { tf };
export type { Tensor, Scalar, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';

/**
 * The outputs of a program under handles of their own: disposing of those leaves a tensor alone that was captured, or
 * kept.
 *
 * @throws LensError if the function returned no tensors, as an asynchronous one does
 */
export function cloned(tensors: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  if (tensors instanceof Promise || Object.keys(tensors).length === 0)
    throw new LensError(
      'program',
      'returns no tensors',
      'write it as a synchronous function that returns named tensors',
    );
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]));
}
