/**
 * The one place that imports tfjs. The union package is imported, not tfjs-core: it registers the gradients, which
 * tfjs-core's Node build leaves out.
 */
import * as tf from '@tensorflow/tfjs';

// Without this, tfjs advertises its native packages on standard output at the first operation.
tf.env().set('IS_TEST', true);

export { tf };
export type { Tensor, Scalar, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
