import { apply, applyAll, float, int, staticScalar, type Value } from '../graph.js';
import { kernel } from './register.js';

/** tanh's argument in gelu_new is c x (1 + 0.044715 x^2) with c = sqrt(2/pi). */
const C = Math.sqrt(2 / Math.PI);

const scalar = (value: number): Value => staticScalar(value, 'float32');
const mul = (a: Value, b: Value): Value => apply('Mul', [a, b], 'float32', a.shape);
const add = (a: Value, b: Value): Value => apply('Add', [a, b], 'float32', a.shape);
const sub = (a: Value, b: Value): Value => apply('Sub', [a, b], 'float32', a.shape);

/**
 * Derivative of gelu_new times dy. With s = sigmoid(2u), u = c x (1 + 0.044715 x^2), gelu(x) = x s and
 * gelu'(x) = s + 2 x s (1 - s) u', u' = c (1 + 3 * 0.044715 x^2).
 */
function geluGradient(x: Value, dy: Value): Value {
  const squared = mul(x, x);
  const s = apply('Sigmoid', [mul(x, add(mul(squared, scalar(2 * C * 0.044715)), scalar(2 * C)))], 'float32', x.shape);
  const xs = mul(x, s);
  const slope = mul(sub(xs, mul(xs, s)), add(mul(squared, scalar(6 * C * 0.044715)), scalar(2 * C)));
  return mul(dy, add(s, slope));
}

export function registerFused(): void {
  kernel<{ epsilon: number }>('LayerNorm', ({ x, gain, bias }, { epsilon }) => {
    const type = 'float32';
    const moments = { type, shape: [...x.shape.slice(0, -1), 1] } as const;
    return applyAll('LayerNormalization', [x, gain, bias], [{ type, shape: x.shape }, moments, moments], {
      axis: int(-1),
      epsilon: float(epsilon),
    });
  });
  kernel('Gelu', ({ x }) => apply('FastGelu', [x], 'float32', x.shape, {}, 'com.microsoft'));
  kernel('GeluGradient', ({ x, dy }) => geluGradient(x, dy));
}
