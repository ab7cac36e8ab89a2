import { describe, expect, it } from 'vitest';
import { embed, embedThoughts, logits, pass, type Gpt2Parameters } from '../../src/model/index.js';
import { compile, ops, useEngine, type HostTensor, type ProgramFunction, type Tensor } from '../../src/tensor/index.js';
import { crossEntropy, gradientProgram } from '../../src/training/index.js';
import { floats, relativeDifference, signatureOf } from '../tensor/host.js';
import { CONFIG, tinyBatch, tinyParameters } from './tiny-model.js';

type Engine = 'cpu' | 'onnxruntime';

async function run(
  engine: Engine,
  fn: ProgramFunction,
  inputs: Record<string, HostTensor>,
): Promise<Record<string, HostTensor>> {
  await useEngine(engine);
  const program = await compile(fn, signatureOf(inputs));
  const outputs = await program.run(inputs);
  program.dispose();
  return outputs;
}

/** The definition, without a cache: every thought costs a full forward pass over everything before it. */
function plainProgram(thoughts: number): ProgramFunction {
  return (inputs) => {
    const { prompt, suffix, labels } = inputs;
    const [batch, length] = prompt.shape;
    const suffixLength = suffix.shape[1] ?? 0;
    const at = (from: number, count: number): Tensor =>
      ops.tile(ops.reshape(ops.range(from, from + count, 1, 'int32'), [1, count]), [batch, 1]);
    const parameters = Object.fromEntries(
      Object.entries(inputs)
        .filter(([name]) => name.startsWith('parameter:'))
        .map(([name, tensor]) => [name.slice('parameter:'.length), tensor]),
    );
    const loss = (p: Gpt2Parameters): ReturnType<typeof crossEntropy> => {
      let x = embed(p, prompt, at(0, length));
      for (let c = 0; c < thoughts; c++) {
        const { hidden } = pass(p, CONFIG, x);
        const thought = ops.slice(hidden, [0, length + c - 1, 0], [batch, 1, -1]);
        x = ops.concat([x, embedThoughts(p, thought, at(length + c, 1))], 1);
      }
      x = ops.concat([x, embed(p, suffix, at(length + thoughts, suffixLength))], 1);
      const { hidden } = pass(p, CONFIG, x);
      return crossEntropy(logits(p, ops.slice(hidden, [0, length + thoughts, 0], [batch, suffixLength, -1])), labels);
    };
    const { value, gradients } = ops.valueAndGradients(loss, parameters);
    const named = Object.entries(gradients).map(([name, gradient]) => [`gradient:${name}`, gradient] as const);
    return { loss: value, ...Object.fromEntries(named) };
  };
}

function expectClose(actual: Record<string, HostTensor>, reference: Record<string, HostTensor>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(reference).sort());
  for (const [name, tensor] of Object.entries(actual)) {
    expect(tensor.shape).toEqual(reference[name].shape);
    expect(relativeDifference(tensor, reference[name]), name).toBeLessThan(1e-5);
  }
}

describe('coconutLoss', () => {
  const inputs = { ...tinyParameters('loss'), ...tinyBatch('loss', 3, 7, 3) };

  // The bound; float32 sums of at most a few dozen terms in another order stay an order of magnitude below it.
  it('has the gradients of the cpu engine on every parameter, 2 thoughts and 2 layers', async () => {
    const program = gradientProgram({ config: CONFIG, thoughts: 2 });
    expectClose(await run('onnxruntime', program, inputs), await run('cpu', program, inputs));
  });

  it.each([0, 1, 2, 4])('equals the plain computation without a cache, %i thoughts', async (thoughts) => {
    const actual = await run('onnxruntime', gradientProgram({ config: CONFIG, thoughts }), inputs);
    expectClose(actual, await run('onnxruntime', plainProgram(thoughts), inputs));
  });

  it('has the slope that a finite difference shows, through the thoughts too', async () => {
    const program = gradientProgram({ config: CONFIG, thoughts: 2 });
    const base = await run('onnxruntime', program, inputs);
    const name = 'h.0.attn.c_attn.weight';
    const step = 1e-2;
    // Along the gradient itself, so that the difference is well above rounding.
    const gradient = base[`gradient:${name}`].data;
    const norm = Math.hypot(...gradient);
    const moved = async (sign: number): Promise<number> => {
      const weight = inputs[`parameter:${name}`];
      const data = Float32Array.from(weight.data, (w, i) => w + (sign * step * gradient[i]) / norm);
      return (await run('onnxruntime', program, { ...inputs, [`parameter:${name}`]: { ...weight, data } }))['loss']
        .data[0];
    };
    const slope = ((await moved(1)) - (await moved(-1))) / (2 * step);
    // Central difference: error O(step^2) of the third derivative, 1e-4, and 1e-7 / step of rounding.
    expect(Math.abs(slope / norm - 1)).toBeLessThan(2e-3);
  });
});

describe('crossEntropy', () => {
  it('is the mean over labelled positions: -log softmax by hand', async () => {
    const inputs = {
      scores: floats([0, Math.log(3), 5, 5, 0, 0], [1, 3, 2]),
      labels: { data: Int32Array.of(1, -1, 0), shape: [1, 3], dtype: 'int32' as const },
    };
    const { loss } = await run('onnxruntime', ({ scores, labels }) => ({ loss: crossEntropy(scores, labels) }), inputs);
    // -log(3/4) and -log(1/2); the ignored middle position counts for nothing.
    expect(loss.data[0]).toBeCloseTo((Math.log(4 / 3) + Math.log(2)) / 2, 6);
  });

  it('of several labels of a position is the mean of theirs', async () => {
    const log = (...weights: number[]): number[] => weights.map(Math.log);
    const inputs = {
      scores: floats([...log(1, 2, 5), ...log(1, 1, 2), ...log(9, 9, 9)], [1, 3, 3]),
      labels: { data: Int32Array.of(0, 2, -1, 1, -1, -1, -1, -1, -1), shape: [1, 3, 3], dtype: 'int32' as const },
    };
    const { loss } = await run('onnxruntime', ({ scores, labels }) => ({ loss: crossEntropy(scores, labels) }), inputs);
    // The first position expects tokens 0 and 2 alike: (log 8 + log 8/5) / 2; the second token 1: log 4; the third none.
    expect(loss.data[0]).toBeCloseTo(((Math.log(8) + Math.log(8 / 5)) / 2 + Math.log(4)) / 2, 6);
  });

  it('is 0 where every label is ignored, and bears a logit of minus infinity elsewhere', async () => {
    const labels = (...data: number[]): HostTensor => ({ data: Int32Array.from(data), shape: [1, 2], dtype: 'int32' });
    const scores = floats([0, -Infinity, 0, 0], [1, 2, 2]);
    const program: ProgramFunction = (inputs) => ({ loss: crossEntropy(inputs['scores'], inputs['labels']) });
    expect((await run('onnxruntime', program, { scores, labels: labels(-1, -1) }))['loss'].data[0]).toBeCloseTo(0, 7);
    expect((await run('onnxruntime', program, { scores, labels: labels(0, -1) }))['loss'].data[0]).toBeCloseTo(0, 7);
  });
});

it('refuses a number of thoughts that is none', async () => {
  const inputs = { ...tinyParameters('loss'), ...tinyBatch('loss', 1, 3, 1) };
  await expect(run('onnxruntime', gradientProgram({ config: CONFIG, thoughts: 1.5 }), inputs)).rejects.toThrow(
    'number of thoughts: not a whole number (1.5)',
  );
});
