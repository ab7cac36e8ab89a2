import { expect, it } from 'vitest';
import { compile, useEngine, type HostTensor } from '../../src/tensor/index.js';
import { adamwStep } from '../../src/training/index.js';
import { floats, signatureOf } from '../tensor/host.js';

it('adamwStep: two steps by hand, decay decoupled from the moments', async () => {
  await useEngine('onnxruntime');
  const scalar = (value: number): HostTensor => floats([value], []);
  const inputs = (t: number, p: number, m: number, v: number, g: number): Record<string, HostTensor> => ({
    p: floats([p]),
    m: floats([m]),
    v: floats([v]),
    g: floats([g]),
    learningRate: scalar(0.1),
    correction1: scalar(1 - 0.9 ** t),
    correction2: scalar(1 - 0.999 ** t),
  });
  const program = await compile(
    ({ p, m, v, g, ...schedule }) => {
      const { learningRate, correction1, correction2 } = schedule;
      const next = adamwStep({ parameter: p, first: m, second: v }, g, { learningRate, correction1, correction2 });
      return { p: next.parameter, m: next.first, v: next.second };
    },
    signatureOf(inputs(1, 0, 0, 0, 0)),
  );
  // Step 1: m = .05, v = .00025, both corrected to .5 and .25: p = 1 (1 - .1 * .01) - .1 * .5 / .5 = .899
  const one = await program.run(inputs(1, 1, 0, 0, 0.5));
  expect(one['m'].data[0]).toBeCloseTo(0.05, 7);
  expect(one['v'].data[0]).toBeCloseTo(0.00025, 9);
  expect(one['p'].data[0]).toBeCloseTo(0.899, 6);
  // Step 2, g = -1: m = .045 - .1 = -.055, v = .00024975 + .001 = .00124975;
  // mhat = -.055 / .19, vhat = .00124975 / .001999; p = .899 * .999 + .1 * (.055 / .19) / sqrt(vhat)
  const two = await program.run(inputs(2, one['p'].data[0], one['m'].data[0], one['v'].data[0], -1));
  expect(two['p'].data[0]).toBeCloseTo(0.899 * 0.999 + (0.1 * (0.055 / 0.19)) / Math.sqrt(0.00124975 / 0.001999), 6);
});
