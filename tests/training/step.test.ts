import { beforeAll, describe, expect, it } from 'vitest';
import { useEngine, type HostTensor } from '../../src/tensor/index.js';
import { trainingStep, updateProgram, type UpdateOptions } from '../../src/training/index.js';
import { floats, relativeDifference } from '../tensor/host.js';
import { runOnce } from './plain-loss.js';
import { CONFIG, tinyBatch, tinyParameters } from './tiny-model.js';

beforeAll(async () => {
  await useEngine('onnxruntime');
});

const scalar = (value: number): HostTensor => floats([value], []);
/** Step 1 with a learning rate of 0.1 and PyTorch's betas. */
const SCHEDULE = { learningRate: scalar(0.1), correction1: scalar(0.1), correction2: scalar(0.001) };

/** One update of a matrix and a vector from moments of 0. */
function update(options: UpdateOptions, share = 1): Promise<Record<string, HostTensor>> {
  const matrix = floats([1, 2, 3, 4], [2, 2]);
  const vector = floats([5, 6]);
  const zeros = { matrix: floats([0, 0, 0, 0], [2, 2]), vector: floats([0, 0]) };
  return runOnce(updateProgram(options), {
    'parameter:matrix': matrix,
    'parameter:vector': vector,
    // Norm 13: 3^2 + 4^2 + 12^2 = 13^2.
    'gradient:matrix': floats([3, 0, 0, -4], [2, 2]),
    'gradient:vector': floats([12, 0]),
    'first:matrix': zeros.matrix,
    'first:vector': zeros.vector,
    'second:matrix': zeros.matrix,
    'second:vector': zeros.vector,
    share: scalar(share),
    ...SCHEDULE,
  });
}

function expectNumbers(actual: HostTensor, expected: readonly number[]): void {
  // float32 has seven digits.
  expected.forEach((x, i) => expect(actual.data[i]).toBeCloseTo(x, 5));
}

describe('updateProgram', () => {
  it('gives the norm of all gradients together, and moments of them as they are where nothing is clipped', async () => {
    for (const options of [{}, { maxNorm: 13.5 }]) {
      const { norm, ...rest } = await update(options);
      expect(norm.data[0]).toBeCloseTo(13, 5);
      expectNumbers(rest['first:matrix'], [0.3, 0, 0, -0.4]);
      expectNumbers(rest['first:vector'], [1.2, 0]);
      expectNumbers(rest['second:vector'], [0.144, 0]);
    }
  });

  it('shortens them to the greatest norm, all by the same factor', async () => {
    const { norm, ...rest } = await update({ maxNorm: 6.5 });
    expect(norm.data[0]).toBeCloseTo(13, 5);
    expectNumbers(rest['first:matrix'], [0.15, 0, 0, -0.2]);
    expectNumbers(rest['first:vector'], [0.6, 0]);
    expectNumbers(rest['second:matrix'], [0.00225, 0, 0, 0.004]);
  });

  it('multiplies sums by their share before anything else', async () => {
    const { norm, ...rest } = await update({ maxNorm: 6.5 }, 0.25);
    expect(norm.data[0]).toBeCloseTo(3.25, 5);
    expectNumbers(rest['first:vector'], [0.3, 0]);
  });

  it('lets all parameters decay, or matrices alone', async () => {
    // The first update is the sign of the gradient times the learning rate; where it is 0 there is decay alone.
    const adamw = { weightDecay: 0.5 };
    const all = await update({ adamw });
    expectNumbers(all['parameter:matrix'], [0.95 - 0.1, 1.9, 2.85, 3.8 + 0.1]);
    expectNumbers(all['parameter:vector'], [4.75 - 0.1, 5.7]);
    const matrices = await update({ adamw, decay: 'matrices' });
    expectNumbers(matrices['parameter:matrix'], [0.95 - 0.1, 1.9, 2.85, 3.8 + 0.1]);
    expectNumbers(matrices['parameter:vector'], [5 - 0.1, 6]);
  });
});

it('trainingStep updates as updateProgram does with the same gradients', async () => {
  const parameters = tinyParameters('step');
  const batch = tinyBatch('step', 2, 5, 3);
  const moments = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { shape, data }]) =>
      ['first', 'second'].map((kind) => [
        name.replace('parameter', kind),
        { shape, data: new Float32Array(data.length), dtype: 'float32' as const },
      ]),
    ),
  );
  const options = {
    config: CONFIG,
    thoughts: 1,
    maxNorm: 0.1,
    decay: 'matrices',
    adamw: { weightDecay: 0.1 },
  } as const;
  const step = await runOnce(trainingStep(options), { ...parameters, ...moments, ...batch, ...SCHEDULE });
  // The first moments are a tenth of the clipped gradients: given back as gradients, they need no clipping.
  const gradients = Object.entries(step)
    .filter(([name]) => name.startsWith('first:'))
    .map(([name, tensor]) => [name.replace('first', 'gradient'), tensor] as const);
  const again = await runOnce(updateProgram({ ...options, maxNorm: undefined }), {
    ...parameters,
    ...moments,
    ...Object.fromEntries(gradients),
    share: scalar(10),
    ...SCHEDULE,
  });
  expect(again['norm'].data[0]).toBeCloseTo(0.1, 5);
  expect(step['norm'].data[0]).toBeGreaterThan(0.2);
  for (const name of Object.keys(again).filter((one) => one !== 'norm' && !one.endsWith('c_attn.bias'))) {
    // Rounding of the gradient; an update's sign hangs on it where a gradient is 0 but for rounding, as that of the
    // keys' bias is, which no softmax sees.
    expect(relativeDifference(again[name], step[name]), name).toBeLessThan(1e-5);
  }
});
