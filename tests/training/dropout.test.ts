import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gpt2TensorShapes } from '../../src/checkpoint/index.js';
import { identityTap, passActivationNames } from '../../src/model/index.js';
import { compile, ops, runProgram, useEngine, type HostTensor, type ProgramFunction } from '../../src/tensor/index.js';
import {
  coconutLoss,
  gradientProgram,
  initialState,
  initialWeights,
  modelConfigOf,
  parseTrainingConfig,
  PRESETS,
  Trainer,
  type TrainingState,
} from '../../src/training/index.js';
import { createRandom } from '../../src/random.js';
import { dropoutKeys } from '../../src/training/dropout-mask.js';
import { dropoutTaps } from '../../src/training/dropout.js';
import { readState, writeState } from '../../src/training/state.js';
import { batchOf, group } from '../../src/training/step.js';
import { floats, relativeDifference, signatureOf } from '../tensor/host.js';
import { CONFIG, tinyBatch, tinyParameters } from './tiny-model.js';

type Tensors = Record<string, HostTensor>;

const batch: Tensors = { ...tinyParameters('dropout'), ...tinyBatch('dropout', 3, 7, 3) };
const keysOf = (step: number): HostTensor => dropoutKeys('test', { phase: 0, step, part: 0 });

async function run(engine: 'cpu' | 'onnxruntime', fn: ProgramFunction, ...steps: Tensors[]): Promise<Tensors[]> {
  await useEngine(engine);
  const program = await compile(fn, signatureOf(steps[0]));
  const outputs: Tensors[] = [];
  for (const inputs of steps) outputs.push(await program.run(inputs));
  program.dispose();
  return outputs;
}

describe('dropoutTaps', () => {
  it("drops at GPT-2's four sites and nowhere else", async () => {
    await useEngine('cpu');
    const names = passActivationNames({ nLayer: 2 });
    const touched: string[] = [];
    await runProgram(
      ({ keys, x }) => {
        const tap = dropoutTaps(keys, 0.5)('prompt');
        for (const name of names) if (tap(name, x) !== x) touched.push(name);
        return { x };
      },
      { keys: keysOf(0), x: floats([1, 2], [1, 2]) },
    );
    expect(touched).toEqual([
      'blocks.0.hook_resid_pre',
      'blocks.0.attn.hook_pattern',
      'blocks.0.hook_attn_out',
      'blocks.0.hook_mlp_out',
      'blocks.1.attn.hook_pattern',
      'blocks.1.hook_attn_out',
      'blocks.1.hook_mlp_out',
    ]);
  });

  it('has masks of their own for every pass and site', async () => {
    const sites = ['prompt', 'latent 0', 'latent 1'].flatMap((pass) =>
      ['blocks.0.hook_attn_out', 'blocks.0.hook_mlp_out', 'blocks.1.hook_mlp_out'].map((name) => ({ pass, name })),
    );
    const program: ProgramFunction = ({ keys }) => {
      const tapOf = dropoutTaps(keys, 0.5);
      return Object.fromEntries(sites.map(({ pass, name }, i) => [`${i}`, tapOf(pass)(name, ops.ones([4, 16]))]));
    };
    const [masks] = await run('onnxruntime', program, { keys: keysOf(0) });
    expect(new Set(Object.values(masks).map(({ data }) => data.join())).size).toBe(sites.length);
  });
});

describe('coconutLoss with dropout', () => {
  it.each([
    [0, ['prompt', 'suffix']],
    [3, ['prompt', 'latent 0', 'latent 1', 'suffix']],
  ])('drops in every pass, %i thoughts', async (thoughts, passes) => {
    await useEngine('cpu');
    const seen: string[] = [];
    await runProgram((inputs) => {
      const tapOf = (pass: string): typeof identityTap => {
        seen.push(pass);
        return identityTap;
      };
      return { loss: coconutLoss(group(inputs, 'parameter'), CONFIG, batchOf(inputs), { thoughts }, tapOf) };
    }, batch);
    expect(seen).toEqual(passes);
  });

  // The bound of the test without dropout: sums of a few dozen float32 terms in another order.
  it('has the same loss and gradients on the cpu engine and on onnxruntime', async () => {
    const program = gradientProgram({ config: CONFIG, thoughts: 3, dropout: 0.3 });
    const inputs = { ...batch, dropoutKeys: keysOf(0) };
    const [reference] = await run('cpu', program, inputs);
    const [actual] = await run('onnxruntime', program, inputs);
    for (const [name, tensor] of Object.entries(reference))
      expect(relativeDifference(actual[name], tensor), name).toBeLessThan(1e-5);
  });

  it('has, over many masks, about the loss of the model without dropout', async () => {
    const lossOf =
      (rate: number): ProgramFunction =>
      (inputs) => {
        const taps = rate === 0 ? undefined : dropoutTaps(inputs['dropoutKeys'], rate);
        return { loss: coconutLoss(group(inputs, 'parameter'), CONFIG, batchOf(inputs), { thoughts: 2 }, taps) };
      };
    const [{ loss: plain }] = await run('onnxruntime', lossOf(0), batch);
    const steps = Array.from({ length: 400 }, (_, step) => ({ ...batch, dropoutKeys: keysOf(step) }));
    const losses = (await run('onnxruntime', lossOf(0.02), ...steps)).map(({ loss }) => loss.data[0]);
    const mean = losses.reduce((a, b) => a + b, 0) / losses.length;
    const deviation = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / losses.length);
    // The masks do something, and the mean of 400 losses is within four of its standard errors.
    expect(deviation).toBeGreaterThan(0.01);
    expect(Math.abs(mean - plain.data[0])).toBeLessThan((4 * deviation) / Math.sqrt(losses.length));
  });

  it('of rate 0 is the program without: no keys, the same bytes', async () => {
    const [plain] = await run('onnxruntime', gradientProgram({ config: CONFIG, thoughts: 2 }), batch);
    const [none] = await run('onnxruntime', gradientProgram({ config: CONFIG, thoughts: 2, dropout: 0 }), batch);
    expect(none).toEqual(plain);
  });
});

describe('a training with dropout', () => {
  const graphs = { nodes: 7, minNodes: 4, minDepth: 1, maxDepth: 3, questions: 'one' } as const;
  const settings = {
    method: 'coconut',
    model: { layers: 2, heads: 2, width: 16, positions: 80, deviation: 0.1 },
    thoughts: { stages: 2 },
    phases: [
      { name: 'recall', task: 'recall', graphs, batchGraphs: 2, batchQuestions: 2, steps: 2, learningRate: 1e-2 },
      { name: 'questions', stage: 2, graphs, batchGraphs: 2, steps: 3, learningRate: 1e-2 },
    ],
  };
  const config = parseTrainingConfig('test', { ...settings, dropout: 0.2 });
  const gpt2 = modelConfigOf(config);
  const begin = (): TrainingState =>
    initialState(initialWeights(createRandom('weights'), gpt2, { deviation: 0.1, previousTokenHeads: 0 }));

  async function train(state: TrainingState, steps: number, seed = 1, own = config): Promise<TrainingState> {
    await useEngine('onnxruntime');
    const trainer = new Trainer(own, gpt2, {}, seed, state);
    for (let i = 0; i < steps; i++) await trainer.step();
    trainer.dispose();
    return trainer.state;
  }

  it('goes on from any checkpoint to the bytes of an uninterrupted one', async () => {
    const whole = await train(begin(), 5);
    const folder = mkdtempSync(join(tmpdir(), 'coconut-lens-'));
    try {
      for (const steps of [1, 3]) {
        const path = join(folder, `after-${steps}.safetensors`);
        await writeState(path, { ...(await train(begin(), steps)), losses: [] }, 'run');
        const resumed = await train(await readState(path, gpt2TensorShapes(gpt2), 'run'), 5 - steps);
        expect(resumed).toEqual(whole);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('depends on the seed, and differs from one without', async () => {
    const one = await train(begin(), 1);
    // Batches are the same for these two: only masks differ.
    const without = await train(begin(), 1, 1, parseTrainingConfig('test', settings));
    expect(without.parameters).not.toEqual(one.parameters);
    expect(await train(begin(), 1)).toEqual(one);
    expect((await train(begin(), 1, 2)).parameters).not.toEqual(one.parameters);
  });

  it('has a rate that masks can have', () => {
    expect(() => parseTrainingConfig('test', { ...settings, dropout: 0.95 })).toThrow('dropout');
    expect(() => parseTrainingConfig('test', { ...settings, dropout: 1e-5 })).toThrow('dropout');
    expect(parseTrainingConfig('test', { ...settings, dropout: 0 }).dropout).toBe(0);
  });

  it('is what the published presets have', () => {
    const rates = Object.entries(PRESETS).map(([name, preset]) => [name, parseTrainingConfig(name, preset).dropout]);
    expect(Object.fromEntries(rates)).toEqual({ 'gpt2-prosqa': 0.1, 'superposition-2l': 0.1 });
  });
});
