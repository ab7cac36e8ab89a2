/**
 * The one place that imports tfjs. The union package is imported, not tfjs-core: it registers the gradients, which
 * tfjs-core's Node build leaves out.
 */
import * as tf from '@tensorflow/tfjs';

// Without this, tfjs advertises its native packages on standard error at the first operation. It changes nothing else
// that we use.
tf.enableProdMode();

export { tf };
export type { Tensor, Scalar, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
