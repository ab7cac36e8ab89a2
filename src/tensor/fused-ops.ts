import { tf, type Tensor, type Tensor2D } from './tfjs.js';

/**
 * x w + b over rows.
 *
 * @param x [rows, in]
 * @param w [in, out] (GPT-2's Conv1D orientation)
 * @param b [out]
 * @returns [rows, out]
 */
export function linear(x: Tensor, w: Tensor, b: Tensor): Tensor {
  return tf.add(tf.matMul(x as Tensor2D, w as Tensor2D), b);
}

/**
 * alpha * op(a) op(b) over the last two axes, batch axes equal.
 *
 * @param a [..., m, k], or [..., k, m] with `transposeA`
 * @param b [..., k, n], or [..., n, k] with `transposeB`
 * @returns [..., m, n]
 */
export function scaledMatMul(
  a: Tensor,
  b: Tensor,
  options: { alpha?: number; transposeA?: boolean; transposeB?: boolean } = {},
): Tensor {
  const { alpha = 1, transposeA = false, transposeB = false } = options;
  const product = tf.matMul(a, b, transposeA, transposeB);
  return alpha === 1 ? product : tf.mul(product, alpha);
}

/**
 * LayerNorm over the last axis: (x - mean) / sqrt(variance + epsilon) * gain + bias, the variance being the biased
 * one (divided by n), as in GPT-2.
 *
 * @param x [..., d]
 * @param gain [d]
 * @param bias [d]
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, epsilon))), gain), bias);
}

/** GPT-2's activation ("gelu_new"): x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), element by element. */
export function gelu(x: Tensor): Tensor {
  const inner = tf.mul(x, tf.add(tf.mul(tf.square(x), Math.sqrt(2 / Math.PI) * 0.044715), Math.sqrt(2 / Math.PI)));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}
