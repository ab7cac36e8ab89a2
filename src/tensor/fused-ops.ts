import { tf, type Tensor } from './tfjs.js';

type Inputs = Readonly<Record<string, Tensor>>;

/** tfjs's type does not say that the kernel may be missing. */
const hasKernel = (name: string): boolean =>
  (tf.getKernel(name, tf.getBackend()) as ReturnType<typeof tf.getKernel> | undefined) !== undefined;

/** Runs an engine's own kernel for a fused operation where it has one, else the composition of tfjs operations. */
function fused(name: string, inputs: Inputs, attributes: object, compose: () => Tensor[]): Tensor[] {
  if (!hasKernel(name)) return compose();
  const result: Tensor | Tensor[] = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap);
  return Array.isArray(result) ? result : [result];
}

/** tf.customGrad with the types its callback really has. */
function withGradient(
  inputs: Tensor[],
  f: (
    inputs: Tensor[],
    save: (tensors: Tensor[]) => void,
  ) => { value: Tensor; gradient: (dy: Tensor, saved: Tensor[]) => Tensor[] },
): Tensor {
  const op = tf.customGrad((...args: unknown[]) => {
    const { value, gradient } = f(args.slice(0, -1) as Tensor[], args[args.length - 1] as (tensors: Tensor[]) => void);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => gradient(dy, saved) };
  });
  return op(...inputs);
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
  const product = (x: Tensor, y: Tensor, tx: boolean, ty: boolean): Tensor =>
    fused('ScaledMatMul', { a: x, b: y }, { alpha, transposeA: tx, transposeB: ty }, () => {
      const unscaled = tf.matMul(x, y, tx, ty);
      return [alpha === 1 ? unscaled : tf.mul(unscaled, alpha)];
    })[0];
  return withGradient([a, b], ([x, y], save) => {
    save([x, y]);
    return {
      value: product(x, y, transposeA, transposeB),
      gradient: (dy, [sx, sy]) => [
        transposeA ? product(sy, dy, transposeB, true) : product(dy, sy, false, !transposeB),
        transposeB ? product(dy, sx, true, transposeA) : product(sx, dy, !transposeA, false),
      ],
    };
  });
}

/** x itself, through which no gradient flows. */
export function stopGradient(x: Tensor): Tensor {
  return withGradient([x], ([input]) => ({ value: tf.clone(input), gradient: (dy) => [tf.zerosLike(dy)] }));
}

/** Sum over the rows of x [rows, columns]. */
function columnSums(x: Tensor): Tensor {
  if (!hasKernel('ColumnSums')) return tf.sum(x, 0);
  return tf.engine().runKernel('ColumnSums', { x, ones: tf.ones([1, x.shape[0]]) });
}

/**
 * x w + b over rows.
 *
 * @param x [rows, in]
 * @param w [in, out] (GPT-2's Conv1D orientation)
 * @param b [out]
 * @returns [rows, out]
 */
export function linear(x: Tensor, w: Tensor, b: Tensor): Tensor {
  return withGradient([x, w, b], ([rows, weight, bias], save) => {
    save([rows, weight]);
    const [value] = fused('Linear', { x: rows, w: weight, b: bias }, {}, () => [tf.add(tf.matMul(rows, weight), bias)]);
    return {
      value,
      gradient: (dy, [sx, sw]) => [tf.matMul(dy, sw, false, true), tf.matMul(sx, dy, true, false), columnSums(dy)],
    };
  });
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
  const flat = tf.reshape(x, [-1, x.shape[x.shape.length - 1]]);
  return tf.reshape(layerNormRows(flat, gain, bias, epsilon), x.shape);
}

function layerNormRows(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Tensor {
  return withGradient([x, gain, bias], ([input, scale, shift], save) => {
    const [value, mean, inverseDeviation] = fused(
      'LayerNorm',
      { x: input, gain: scale, bias: shift },
      { epsilon },
      () => {
        const centre = tf.mean(input, -1, true);
        const centred = tf.sub(input, centre);
        const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
        return [tf.add(tf.mul(tf.mul(centred, inverse), scale), shift), centre, inverse];
      },
    );
    save([input, scale, mean, inverseDeviation]);
    return {
      value,
      gradient: (dy, [sx, sg, centre, inverse]) => {
        const normalized = tf.mul(tf.sub(sx, centre), inverse);
        const dn = tf.mul(dy, sg);
        const along = tf.mul(normalized, tf.mean(tf.mul(dn, normalized), -1, true));
        const dx = tf.mul(tf.sub(tf.sub(dn, tf.mean(dn, -1, true)), along), inverse);
        return [dx, columnSums(tf.mul(dy, normalized)), columnSums(dy)];
      },
    };
  });
}

/** GPT-2's activation ("gelu_new"): x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), element by element. */
export function gelu(x: Tensor): Tensor {
  const c = Math.sqrt(2 / Math.PI);
  return withGradient([x], ([input], save) => {
    save([input]);
    const [value] = fused('Gelu', { x: input }, {}, () => {
      const inner = tf.mul(input, tf.add(tf.mul(tf.square(input), c * 0.044715), c));
      return [tf.mul(tf.mul(input, 0.5), tf.add(tf.tanh(inner), 1))];
    });
    return {
      value,
      gradient: (dy, [sx]) =>
        fused('GeluGradient', { x: sx, dy }, {}, () => {
          const squared = tf.square(sx);
          const t = tf.tanh(tf.mul(sx, tf.add(tf.mul(squared, c * 0.044715), c)));
          const slope = tf.mul(tf.mul(sx, tf.sub(1, tf.square(t))), tf.add(tf.mul(squared, 3 * c * 0.044715), c));
          return [tf.mul(dy, tf.mul(tf.add(tf.add(t, 1), slope), 0.5))];
        }),
    };
  });
}
