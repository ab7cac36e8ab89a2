import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TorchFile, type WeightsContent } from '../../../src/checkpoint/index.js';
import { describeTensors, expectedTensors, torchFixture } from './fixtures.js';

async function read(path: string, wanted?: (name: string) => boolean): Promise<WeightsContent> {
  const file = await TorchFile.open(path);
  try {
    return await file.readAll(wanted);
  } finally {
    await file.close();
  }
}

describe('files of torch.save', () => {
  it.each(Object.keys(expectedTensors))('%s: every value as torch has it', async (name) => {
    const { tensors, sha256 } = await read(torchFixture(name));
    // Exactly: float32 widened to JSON's doubles and back is the same number.
    expect(describeTensors(tensors)).toEqual(expectedTensors[name]);
    expect(sha256).toBe(
      createHash('sha256')
        .update(readFileSync(torchFixture(name)))
        .digest('hex'),
    );
  });

  it('has been compared on all it should be', () => {
    expect(Object.keys(expectedTensors)).toHaveLength(16);
    expect(Object.values(expectedTensors['dtypes.pt']).map(({ dtype }) => dtype)).toEqual(
      expect.arrayContaining(['F32', 'F16', 'BF16', 'I64', 'I32', 'U8', 'BOOL']),
    );
  });

  it('gives tied tensors one memory', async () => {
    const { tensors } = await read(torchFixture('tied.pt'));
    expect(tensors.get('lm_head.weight')?.data).toBe(tensors.get('wte.weight')?.data);
  });

  it('reads only what is wanted', async () => {
    const { tensors } = await read(torchFixture('dtypes.pt'), (name) => name === 'bf16');
    expect([...tensors.keys()]).toEqual(['bf16']);
  });

  it.each([
    ['ordered.pt', []],
    ['nested.pt', ['model_state_dict']],
    ['named.pt', ['policy']],
    // Beside devices, dtypes, sets, arguments, numbers and arrays of numpy, states of generators, other tensors.
    ['beside-2.pt', ['net']],
    ['beside-4.pt', ['net']],
    ['beside-named-2.pt', ['model']],
    ['beside-named-4.pt', ['model']],
    ['config.pt', ['model']],
  ])('%s: says where the state dict is', async (name, at) => {
    const file = await TorchFile.open(torchFixture(name));
    expect(file.wrappedIn).toEqual(at);
    await file.close();
  });
});

describe('files that are refused', () => {
  it.each([
    [
      'module.pt',
      /module\.pt: holds an object of torch\.nn\.modules\.container\.Sequential, not a state dict; save the /,
    ],
    ['hostile-os-system.pt', /it asks for "posix\.system", .* nothing was run/],
    ['hostile-eval.pt', /it asks for "__builtin__\.eval", .* nothing was run/],
    ['hostile-getattr.pt', /it asks for "__builtin__\.getattr", of a dict; nothing was run/],
    ['hostile-ordered-dict.pt', /an OrderedDict is built on a number/],
    [
      'double.pt',
      /holds tensors of a type this project does not read \("x": torch\.DoubleStorage\); convert them with \.float\(\)/,
    ],
    ['tensor.pt', /tensor\.pt: holds a tensor, not a state dict; save the state dict alone/],
    ['two.pt', /none of its entries, or more than one, is a state dict \("a", "b"\); save the state dict alone/],
    ['expected.json', /expected\.json: not a zip archive that can be read .*; the file was cut short or is damaged/],
  ])('%s', async (name, message) => {
    await expect(TorchFile.open(torchFixture(name))).rejects.toThrow(message);
    expect(existsSync('executed-by-pickle')).toBe(false);
  });
});
