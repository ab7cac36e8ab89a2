import { beforeAll, describe, expect, it } from 'vitest';
import { MASKED } from '../../src/model/attention.js';
import { embed, embedThoughts, logits, pass, type PassContext } from '../../src/model/gpt2.js';
import { createRandom } from '../../src/random.js';
import { ops, runProgram, useEngine, type HostTensor, type Scalar, type Tensor } from '../../src/tensor/index.js';
import { ReferenceGpt2 } from './reference.js';
import { expectClose } from './support.js';
import { randomTensors, tinyConfig, type TinyConfig } from './tiny.js';

const SEEDS = [1, 2, 3];

const host = (tensors: ReturnType<typeof randomTensors>): Record<string, HostTensor> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data, dtype: 'float32' }]),
  );

const ids = (rows: readonly (readonly number[])[]): HostTensor => ({
  data: Int32Array.from(rows.flat()),
  shape: [rows.length, rows[0].length],
  dtype: 'int32',
});

const floats = (shape: number[], data: ArrayLike<number>): HostTensor => ({
  data: Float32Array.from(data),
  shape,
  dtype: 'float32',
});

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const sequence = (config: TinyConfig, length: number, seed: number): number[] => {
  const random = createRandom(`tokens ${seed}`);
  return upTo(length).map(() => random.integer(config.vocabSize));
};

describe.each(['cpu', 'onnxruntime'] as const)('pass on %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  it.each(SEEDS)('computes what GPT-2 is in plain float64 loops (seed %i)', async (seed) => {
    const config = tinyConfig({ nLayer: seed, tieWordEmbeddings: seed !== 2, nHead: seed === 3 ? 2 : 4, nInner: 40 });
    const tensors = randomTensors(config, seed);
    const reference = new ReferenceGpt2(config, tensors);
    const rows = [sequence(config, 7, seed), sequence(config, 7, seed + 10)];
    const out = await runProgram(
      ({ ids, positions, ...parameters }) => {
        const { hidden } = pass(parameters, config, embed(parameters, ids, positions));
        return { hidden, logits: logits(parameters, hidden) };
      },
      { ...host(tensors), ids: ids(rows), positions: ids([upTo(7), upTo(7)]) },
    );
    const expected = rows.map((row) => reference.hidden(row.map((id) => reference.row('wte.weight', id))));
    expect(out['hidden'].shape).toEqual([2, 7, config.nEmbd]);
    expectClose(out['hidden'].data, expected.flat(2));
    expect(out['logits'].shape).toEqual([2, 7, config.vocabSize]);
    expectClose(
      out['logits'].data,
      expected.flat().flatMap((hidden) => reference.logits(hidden)),
    );
  });

  it('adds the position embedding to a thought, as to a token', async () => {
    const config = tinyConfig({ nLayer: 1 });
    const tensors = randomTensors(config, 4);
    const out = await runProgram(
      ({ thought, positions, ...parameters }) => ({ x: embedThoughts(parameters, thought, positions) }),
      { ...host(tensors), thought: floats([1, 1, 16], upTo(16)), positions: ids([[5]]) },
    );
    const position = new ReferenceGpt2(config, tensors).row('wpe.weight', 5);
    expectClose(
      out['x'].data,
      position.map((value, i) => value + i),
      1e-7,
    );
  });

  it.each(SEEDS)(
    "reads the same at the last position with readPositions 'last' as with 'all' (seed %i)",
    async (seed) => {
      const config = tinyConfig({ nLayer: seed });
      const rows = [sequence(config, 6, seed), sequence(config, 6, seed + 20)];
      // The first row starts with padding: both masks are at work.
      const mask = floats([2, 6], [MASKED, MASKED, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      const out = await runProgram(
        ({ ids, positions, mask, ...parameters }) => {
          const x = embed(parameters, ids, positions);
          const all = pass(parameters, config, x, { past: [], mask }, { readPositions: 'all' });
          const last = pass(parameters, config, x, { past: [], mask }, { readPositions: 'last' });
          const top = config.nLayer - 1;
          return {
            all: ops.slice(all.hidden, [0, 5, 0], [2, 1, 16]),
            last: last.hidden,
            allKeys: all.keys[top],
            lastKeys: last.keys[top],
            allValues: all.values[top],
            lastValues: last.values[top],
          };
        },
        { ...host(randomTensors(config, seed)), ids: ids(rows), positions: ids([upTo(6), upTo(6)]), mask },
      );
      expect(out['last'].shape).toEqual([2, 1, 16]);
      expectClose(out['last'].data, out['all'].data);
      expect(out['lastKeys'].shape).toEqual([2, 4, 6, 4]);
      expectClose(out['lastKeys'].data, out['allKeys'].data);
      expectClose(out['lastValues'].data, out['allValues'].data);
    },
  );

  it.each(SEEDS)('gives the same over cached segments as in one go (seed %i)', async (seed) => {
    const config = tinyConfig({ nLayer: 2 });
    const rows = [sequence(config, 9, seed), sequence(config, 9, seed + 30)];
    const out = await runProgram(
      ({ ids, positions, ...parameters }) => {
        const x = embed(parameters, ids, positions);
        const part = (from: number, size: number, context: PassContext): ReturnType<typeof pass> =>
          pass(parameters, config, ops.slice(x, [0, from, 0], [2, size, 16]), context);
        const first = part(0, 4, { past: [] });
        // A slot without meaning beside the first segment: masked, it must not matter.
        const padded = ([key]: readonly Tensor[]): Tensor => ops.concat([key, ops.fill([2, 4, 1, 4], 50)], 2);
        const mask = ops.tensor([0, 0, 0, 0, MASKED, 0, 0, 0, 0, MASKED], [2, 5]);
        const past = [
          { keys: first.keys.map((key) => padded([key])), values: first.values.map((value) => padded([value])), mask },
        ];
        const second = part(4, 1, { past });
        const third = part(5, 4, { past: [...past, { keys: second.keys, values: second.values }] });
        return {
          whole: pass(parameters, config, x).hidden,
          parts: ops.concat([first.hidden, second.hidden, third.hidden], 1),
        };
      },
      { ...host(randomTensors(config, seed)), ids: ids(rows), positions: ids([upTo(9), upTo(9)]) },
    );
    expectClose(out['parts'].data, out['whole'].data);
  });

  it('attends to one shared prefix from several continuations as if each had its own copy', async () => {
    const config = tinyConfig({ nLayer: 2 });
    const prefixes = [sequence(config, 5, 1), sequence(config, 5, 2)];
    const continuations = upTo(6).map((i) => sequence(config, 3, 40 + i));
    const out = await runProgram(
      ({ prefixes, continuations, ...parameters }) => {
        const positions = (rows: number, from: number, count: number): Tensor =>
          ops.tile(ops.reshape(ops.range(from, from + count, 1, 'int32'), [1, count]), [rows, 1]);
        const prefix = pass(parameters, config, embed(parameters, prefixes, positions(2, 0, 5)));
        const mask = ops.tensor([MASKED, 0, 0, 0, 0, 0, 0, 0, 0, 0], [2, 5]);
        const x = embed(parameters, continuations, positions(6, 5, 3));
        const repeat = (tensor: Tensor): Tensor => {
          const [rows, ...rest] = tensor.shape;
          const tiled = ops.tile(ops.expandDims(tensor, 1), [1, 3, ...rest.map(() => 1)]);
          return ops.reshape(tiled, [rows * 3, ...rest]);
        };
        const copied = { keys: prefix.keys.map(repeat), values: prefix.values.map(repeat), mask: repeat(mask) };
        return {
          shared: pass(parameters, config, x, { past: [{ keys: prefix.keys, values: prefix.values, mask }] }).hidden,
          copied: pass(parameters, config, x, { past: [copied] }).hidden,
        };
      },
      { ...host(randomTensors(config, 5)), prefixes: ids(prefixes), continuations: ids(continuations) },
    );
    expectClose(out['shared'].data, out['copied'].data);
  });

  it.each(SEEDS)('has the gradient of the float64 loops, thoughts and cache included (seed %i)', async (seed) => {
    const config = tinyConfig({ nLayer: 2, nPositions: 12 });
    const tensors = randomTensors(config, seed);
    const prompt = sequence(config, 5, seed);
    const random = createRandom(`direction ${seed}`);
    const weight = upTo(config.nEmbd).map(() => random.normal());
    const direction = Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data }]) => [
        name,
        { shape, data: data.map(() => random.normal()) },
      ]),
    );
    const out = await runProgram(
      ({ ids, ...parameters }) => {
        const at = (from: number, count: number): Tensor =>
          ops.reshape(ops.range(from, from + count, 1, 'int32'), [1, count]);
        const { value, gradients } = ops.valueAndGradients((p) => {
          const prefix = pass(p, config, embed(p, ids, at(0, 5)), { past: [] }, { readPositions: 'last' });
          const past = [{ keys: prefix.keys, values: prefix.values }];
          const second = pass(p, config, embedThoughts(p, prefix.hidden, at(5, 1)), { past });
          const more = [...past, { keys: second.keys, values: second.values }];
          const third = pass(p, config, embedThoughts(p, second.hidden, at(6, 1)), { past: more });
          return ops.sum<Scalar>(ops.mul(third.hidden, ops.tensor(weight, [1, 1, config.nEmbd])));
        }, parameters);
        return { value, ...Object.fromEntries(Object.entries(gradients).map(([name, g]) => [`d ${name}`, g])) };
      },
      { ...host(tensors), ids: ids([prompt]) },
    );
    const along = (step: number): number => {
      const moved = Object.fromEntries(
        Object.entries(tensors).map(([name, { shape, data }]) => [
          name,
          { shape, data: Float64Array.from(data, (x, i) => x + step * direction[name].data[i]) },
        ]),
      );
      const { embeddings } = new ReferenceGpt2(config, moved).thoughts(prompt, 2);
      const hidden = new ReferenceGpt2(config, moved).hidden(embeddings);
      return hidden[6].reduce((sum, x, i) => sum + x * weight[i], 0);
    };
    expectClose(out['value'].data, [along(0)]);
    const slope = Object.keys(tensors).reduce(
      (sum, name) => sum + direction[name].data.reduce((s, x, i) => s + out[`d ${name}`].data[i] * x, 0),
      0,
    );
    // Central differences in float64 with step h err by h^2 times the third derivative: about 1e-6 here.
    const h = 1e-5;
    expectClose([slope], [(along(h) - along(-h)) / (2 * h)], 1e-3);
  });

  it('names a parameter that is missing', async () => {
    const config = tinyConfig({ nLayer: 1 });
    const tensors = host(randomTensors(config, 1));
    const others = Object.fromEntries(Object.entries(tensors).filter(([name]) => name !== 'h.0.mlp.c_fc.bias'));
    await expect(
      runProgram(({ ids, ...parameters }) => ({ x: pass(parameters, config, embed(parameters, ids, ids)).hidden }), {
        ...others,
        ids: ids([[1, 2]]),
      }),
    ).rejects.toThrow(/h\.0\.mlp\.c_fc\.bias/);
  });
});
