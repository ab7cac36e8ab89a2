import { beforeAll, describe, expect, it } from 'vitest';
import { compile, useEngine, type HostTensor } from '../../src/tensor/index.js';
import { muonStep, orthogonalized, updateProgram } from '../../src/training/index.js';
import { floats, signatureOf } from '../tensor/host.js';
import { runOnce } from './plain-loss.js';

beforeAll(async () => {
  await useEngine('onnxruntime');
});

/** What five iterations make of a singular value, in double precision. */
function pulled(singular: number): number {
  let s = singular;
  for (let i = 0; i < 5; i++) s = 3.4445 * s - 4.775 * s ** 3 + 2.0315 * s ** 5;
  return s;
}

async function orthogonalizedOf(matrix: HostTensor): Promise<number[]> {
  const inputs = { matrix };
  const program = await compile(({ matrix }) => ({ value: orthogonalized(matrix) }), signatureOf(inputs));
  return [...(await program.run(inputs))['value'].data];
}

function expectNumbers(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  // float32 through five polynomials.
  expected.forEach((x, i) => expect(actual[i]).toBeCloseTo(x, 4));
}

describe('orthogonalized', () => {
  it('keeps singular vectors and pulls singular values towards 1', async () => {
    // Norm 5: singular values .6 and .8.
    expectNumbers(await orthogonalizedOf(floats([3, 0, 0, -4], [2, 2])), [pulled(0.6), 0, 0, -pulled(0.8)]);
    // The same in a basis turned by 3-4-5: R diag R'.
    const [c, s] = [0.6, 0.8];
    const turned = (a: number, b: number): number[] => [
      c * c * a + s * s * b,
      c * s * (a - b),
      c * s * (a - b),
      s * s * a + c * c * b,
    ];
    expectNumbers(await orthogonalizedOf(floats(turned(3, -4), [2, 2])), turned(pulled(0.6), -pulled(0.8)));
    for (const singular of [0.02, 0.1, 0.6, 1]) expect(Math.abs(pulled(singular) - 0.95)).toBeLessThan(0.3);
  });

  it('takes matrices of any form', async () => {
    expectNumbers(await orthogonalizedOf(floats([3, 0, 0, 0, 4, 0], [2, 3])), [pulled(0.6), 0, 0, 0, pulled(0.8), 0]);
    expectNumbers(await orthogonalizedOf(floats([3, 0, 0, 4, 0, 0], [3, 2])), [pulled(0.6), 0, 0, pulled(0.8), 0, 0]);
  });
});

describe('muonStep', () => {
  it('two steps by hand: Nesterov, decay, and updates of .2 sqrt(larger side)', async () => {
    const inputs = (p: number[], m: number[], g: number[]): Record<string, HostTensor> => ({
      p: floats(p, [2, 2]),
      m: floats(m, [2, 2]),
      g: floats(g, [2, 2]),
      rate: floats([0.1], []),
    });
    const program = await compile(
      ({ p, m, g, rate }) => {
        const next = muonStep({ parameter: p, first: m }, g, rate);
        return { p: next.parameter, m: next.first };
      },
      signatureOf(inputs([0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0])),
    );
    const size = 0.1 * 0.2 * Math.sqrt(2);
    const one = await program.run(inputs([1, 1, 1, 1], [0, 0, 0, 0], [3, 0, 0, 4]));
    expectNumbers(one['m'].data, [0.15, 0, 0, 0.2]);
    expectNumbers(one['p'].data, [0.999 - size * pulled(0.6), 0.999, 0.999, 0.999 - size * pulled(0.8)]);
    // m = .95 (.15, .2) + .05 (0, -8) = (.1425, -.21); ahead = .95 m + .05 g = (.135375, -.5995).
    const two = await program.run(inputs([0, 0, 0, 0], [0.15, 0, 0, 0.2], [0, 0, 0, -8]));
    expectNumbers(two['m'].data, [0.1425, 0, 0, -0.21]);
    const norm = Math.hypot(0.135375, 0.5995);
    expectNumbers(two['p'].data, [-size * pulled(0.135375 / norm), 0, 0, size * pulled(0.5995 / norm)]);
  });
});

it('updateProgram: with matrices muon, the layers of a model alone; all else is by AdamW as it was', async () => {
  const names = { 'h.0.mlp.c_fc.weight': [2, 2], 'h.0.mlp.c_fc.bias': [2], 'wte.weight': [2, 2] } as const;
  const inputs: Record<string, HostTensor> = {
    share: floats([1], []),
    learningRate: floats([0.1], []),
    correction1: floats([0.1], []),
    correction2: floats([0.001], []),
  };
  for (const [name, shape] of Object.entries(names)) {
    const n = shape.reduce((a, b) => a * b, 1);
    inputs[`parameter:${name}`] = floats(new Array<number>(n).fill(1), [...shape]);
    inputs[`gradient:${name}`] = floats(n === 4 ? [3, 0, 0, 4] : [1, 2], [...shape]);
    for (const moment of ['first', 'second'])
      inputs[`${moment}:${name}`] = floats(new Array<number>(n).fill(0), [...shape]);
  }
  const adamw = await runOnce(updateProgram({}), inputs);
  const muon = await runOnce(updateProgram({ matrices: 'muon' }), inputs);
  const differ = Object.keys(adamw).filter((name) => adamw[name].data.some((x, i) => x !== muon[name].data[i]));
  const [matrix] = Object.keys(names);
  expect(differ.sort()).toEqual([`first:${matrix}`, `parameter:${matrix}`, `second:${matrix}`]);
  expect([...muon[`second:${matrix}`].data]).toEqual([0, 0, 0, 0]);
});
