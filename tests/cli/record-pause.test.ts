import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readGpt2, writeGpt2 } from '../../src/checkpoint/index.js';
import { cli, readJson, temporaryFolder, workbench } from './support.js';

it('a recording of a pause model says that its thoughts are not read', async () => {
  const { model, items } = await workbench(2);
  const folder = temporaryFolder();
  const { config, tensors } = await readGpt2(model);
  if (config.coconut === undefined) throw new Error('no coconut block');
  await writeGpt2(join(folder, 'pause'), {
    config: { ...config, coconut: { ...config.coconut, method: 'pause' } },
    tensors,
  });
  const warningsOf = async (from: string, name: string): Promise<unknown> => {
    const out = join(folder, name);
    expect((await cli(['record', '--model', from, '--items', items, '--out', out])).code).toBe(0);
    return (readJson(join(out, 'metadata.json')) as { warnings: unknown }).warnings;
  };
  expect(await warningsOf(join(folder, 'pause'), 'of pause')).toEqual([
    expect.stringContaining('reads a learned token'),
  ]);
  expect(await warningsOf(model, 'of thoughts')).toEqual([]);
});
