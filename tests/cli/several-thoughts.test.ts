import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readGpt2, writeGpt2 } from '../../src/checkpoint/index.js';
import { cli, temporaryFolder, workbench } from './support.js';

const bench = { model: '', two: '', items: '' };

beforeAll(async () => {
  const { folder, model, items } = await workbench(2);
  const { config, tensors } = await readGpt2(model);
  const { coconut } = config;
  if (coconut === undefined) throw new Error('no coconut block');
  const write = async (cThought: number): Promise<string> => {
    const path = join(folder, `c_thought ${cThought}`);
    await writeGpt2(path, { config: { ...config, coconut: { ...coconut, cThought } }, tensors });
    return path;
  };
  Object.assign(bench, { model: await write(1), two: await write(2), items });
});

const refusal = (): string =>
  `coconut-lens: ${bench.two}: has several thoughts for each step (c_thought 2), and thought c is read as depth c here; ` +
  'use evaluate or compare, or a model with one thought for each step\n';

it.each([
  ['record', (): string[] => ['record', '--out', join(temporaryFolder(), 'recording')]],
  ['readout', (): string[] => ['readout', 'interpolation']],
  ['claim', (): string[] => ['claim', '--tests', 'F4']],
])('%s refuses a model with several thoughts for each step', async (_, words) => {
  const { code, stdout, stderr } = await cli([...words(), '--model', bench.two, '--items', bench.items, '--quiet']);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: refusal() });
});

it('claim refuses one as a control', async () => {
  const words = ['claim', '--model', bench.model, '--controls', bench.two, '--items', bench.items, '--quiet'];
  expect(await cli(words)).toEqual({ code: 2, stdout: '', stderr: refusal() });
});

it.each([
  ['evaluate', (): string[] => ['evaluate', '--model', bench.two, '--items', bench.items]],
  ['compare', (): string[] => ['compare', '--models', `${bench.model},${bench.two}`, '--items', bench.items]],
])('%s reads no depths, and runs it', async (_, words) => {
  expect((await cli(words())).code).toBe(0);
});

it('one thought for each step is read', async () => {
  const out = join(temporaryFolder(), 'recording');
  expect((await cli(['record', '--model', bench.model, '--items', bench.items, '--out', out])).code).toBe(0);
});
