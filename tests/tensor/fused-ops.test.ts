import { describe, expect, it } from 'vitest';
import { compile, ops, useEngine, type HostTensor, type Scalar, type Tensor } from '../../src/tensor/index.js';
import { floats, normals, relativeDifference, signatureOf } from './host.js';

type Tensors = Record<string, Tensor>;

/** Value and gradients of a weighted sum of f's elements on one engine. */
async function onEngine(
  engine: 'cpu' | 'onnxruntime',
  f: (x: Tensors) => Tensor,
  inputs: Record<string, HostTensor>,
): Promise<Record<string, HostTensor>> {
  await useEngine(engine);
  const program = await compile((tensors) => {
    const weights = ops.reshape(ops.range(1, f(tensors).size + 1, 1, 'float32'), f(tensors).shape);
    const { gradients } = ops.valueAndGradients((x: Tensors) => ops.sum<Scalar>(ops.mul(f(x), weights)), tensors);
    const named = Object.entries(gradients).map(([name, gradient]) => [`d${name}`, gradient]);
    return { value: f(tensors), ...(Object.fromEntries(named) as Tensors) };
  }, signatureOf(inputs));
  const out = await program.run(inputs);
  program.dispose();
  return out;
}

const cases: Record<string, [(x: Tensors) => Tensor, Record<string, HostTensor>]> = {
  linear: [
    ({ x, w, b }) => ops.linear(x, w, b),
    { x: normals('x', [5, 4]), w: normals('w', [4, 3]), b: normals('b', [3]) },
  ],
  layerNorm: [
    ({ x, g, b }) => ops.layerNorm(x, g, b, 1e-5),
    { x: normals('x', [2, 3, 8], 3), g: normals('g', [8]), b: normals('b', [8]) },
  ],
  gelu: [({ x }) => ops.gelu(x), { x: floats([-8, -3, -1, -0.5, 0, 0.3, 1, 2, 6, 12]) }],
  'scaledMatMul a b': [
    ({ a, b }) => ops.scaledMatMul(a, b, { alpha: 0.3 }),
    { a: normals('a', [2, 3, 4]), b: normals('b', [2, 4, 5]) },
  ],
  'scaledMatMul a bT': [
    ({ a, b }) => ops.scaledMatMul(a, b, { alpha: 2, transposeB: true }),
    { a: normals('a', [2, 3, 4]), b: normals('b', [2, 5, 4]) },
  ],
  'scaledMatMul aT b': [
    ({ a, b }) => ops.scaledMatMul(a, b, { transposeA: true }),
    { a: normals('a', [2, 4, 3]), b: normals('b', [2, 4, 5]) },
  ],
  'scaledMatMul aT bT': [
    ({ a, b }) => ops.scaledMatMul(a, b, { transposeA: true, transposeB: true }),
    { a: normals('a', [2, 2, 4, 3]), b: normals('b', [2, 2, 5, 4]) },
  ],
  softmax: [({ x }) => ops.softmax(x, -1), { x: normals('x', [3, 7], 4) }],
  'embedding gradient': [
    ({ table }) => ops.gather(table, ops.tensor([2, 0, 2, 4], [4], 'int32')),
    { table: normals('t', [5, 3]) },
  ],
  'embedding gradient of a large vocabulary': [
    ({ table }) => ops.gather(table, ops.tensor([2, 1999, 2, 4], [4], 'int32')),
    { table: normals('t', [2000, 3]) },
  ],
};

describe('fused operations and their gradients equal the cpu engine', () => {
  // float32 on both sides: sums of up to a few dozen terms in another order, and a polynomial tanh, differ by a few
  // units of 6e-8; 5e-6 leaves no room for a wrong formula.
  it.each(Object.keys(cases))('%s', async (name) => {
    const [f, inputs] = cases[name];
    const reference = await onEngine('cpu', f, inputs);
    const actual = await onEngine('onnxruntime', f, inputs);
    expect(Object.keys(actual)).toEqual(Object.keys(reference));
    for (const [key, tensor] of Object.entries(actual)) {
      expect(tensor.shape).toEqual(reference[key].shape);
      expect(relativeDifference(tensor, reference[key]), key).toBeLessThan(5e-6);
    }
  });

  it('gelu is gelu_new', async () => {
    await useEngine('onnxruntime');
    const inputs = { x: floats([-1, 0, 1, 2]) };
    const program = await compile(({ x }) => ({ y: ops.gelu(x) }), signatureOf(inputs));
    const { y } = await program.run(inputs);
    // 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) in float64
    const expected = [-0.15880800939172324, 0, 0.8411919906082768, 1.954597694087775];
    y.data.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
  });

  it('layerNorm of (1, 2, 3, 4) by hand: mean 2.5, variance 1.25', async () => {
    await useEngine('onnxruntime');
    const inputs = { x: floats([1, 2, 3, 4], [1, 4]), g: floats([1, 1, 1, 2]), b: floats([0, 0, 0, 1]) };
    const program = await compile(({ x, g, b }) => ({ y: ops.layerNorm(x, g, b, 0) }), signatureOf(inputs));
    const { y } = await program.run(inputs);
    const s = Math.sqrt(1.25);
    [-1.5 / s, -0.5 / s, 0.5 / s, 3 / s + 1].forEach((value, i) => expect(y.data[i]).toBeCloseTo(value, 6));
  });
});
