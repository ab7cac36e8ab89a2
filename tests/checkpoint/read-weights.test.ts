import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGpt2, readWeights, writeGpt2, writeSafetensors, type FloatTensor } from '../../src/checkpoint/index.js';
import { temporaryFile, temporaryFolder } from './files.js';
import { folderWith, prefixed, randomTensors, tinyConfig, untiedConfig, without } from './tiny-gpt2.js';
import { torchFixture } from './torch/fixtures.js';

type Tensors = Record<string, FloatTensor>;

const tensors = randomTensors(tinyConfig);

function renamed(given: Tensors, prefix: string): Tensors {
  return Object.fromEntries(Object.entries(given).map(([name, tensor]) => [prefix + name, tensor]));
}

async function stored(given: Tensors): Promise<string> {
  const path = join(temporaryFolder(), 'checkpoint_1');
  await writeSafetensors(path, new Map(Object.entries(given)));
  return path;
}

describe('names that checkpoints carry', () => {
  it.each<[string, Tensors]>([
    ['plain', tensors],
    ['transformers', prefixed(tensors)],
    ['DistributedDataParallel', renamed(prefixed(tensors), 'module.')],
    ['torch.compile', renamed(prefixed(tensors), '_orig_mod.')],
    ['the Coconut module', renamed(prefixed(tensors), 'base_causallm.')],
    [
      'the Coconut module in DistributedDataParallel, with its second embedding',
      {
        ...renamed(prefixed(tensors), 'module.base_causallm.'),
        'module.embedding.weight': tensors['wte.weight'],
        'module.base_causallm.lm_head.weight': tensors['wte.weight'],
        'module.base_causallm.transformer.h.0.attn.bias': { shape: [1, 1], data: Float32Array.of(1) },
      },
    ],
    ['the Coconut module around a compiled model', renamed(prefixed(tensors), 'base_causallm._orig_mod.')],
    ['the Coconut module around DistributedDataParallel', renamed(prefixed(tensors), 'base_causallm.module.')],
    ['a Lightning module with the Coconut module', renamed(prefixed(tensors), 'model.base_causallm.')],
    ['several at once', renamed(prefixed(tensors), 'module._orig_mod.model.base_causallm.module._forward_module.')],
    [
      'FSDP and activation checkpointing, around every block and layer',
      Object.fromEntries(
        Object.entries(prefixed(tensors)).map(([name, tensor]) => [
          `_fsdp_wrapped_module.base_causallm.${name.replace(/h\.(\d)\./, 'h.$1._fsdp_wrapped_module._checkpoint_wrapped_module.').replace('mlp.', 'mlp._fpw_module.')}`,
          tensor,
        ]),
      ),
    ],
  ])('%s', async (_, given) => {
    const read = await readWeights(await stored(given), tinyConfig);
    expect(read.tensors).toEqual(tensors);
    // Byte for byte what the same model without a wrapper is written as.
    const [from, out] = [temporaryFolder(), temporaryFolder()];
    expect(await writeGpt2(out, read)).toBe(await writeGpt2(from, { config: tinyConfig, tensors }));
  });

  it('leaves out auxiliary decoders and the copy of the embedding, and names them', async () => {
    const helper = randomTensors(untiedConfig, 9);
    const odd = { shape: [1], data: Float32Array.of(1) };
    const given = {
      ...renamed(prefixed(tensors), 'base_causallm.'),
      ...renamed(prefixed(helper), 'expainable_llm.'),
      ...renamed(helper, 'module.decoder.'),
      'pj_in.weight': odd,
      'pj_out.U.weight': odd,
      'embedding.weight': tensors['wte.weight'],
    };
    const names = Object.keys(helper).length;
    const read = await readWeights(await stored(given), tinyConfig);
    expect(read.tensors).toEqual(tensors);
    expect(read.dropped.map(({ prefix, tensors: n }) => [prefix, n])).toEqual(
      expect.arrayContaining([
        ['expainable_llm.', names],
        ['decoder.', names],
        ['pj_in.', 1],
        ['pj_out.', 1],
        ['embedding.weight', 1],
      ]),
    );
    const opened = await readGpt2(await folderWith(tinyConfig, given));
    expect(opened.tensors).toEqual(tensors);
    expect(opened.warnings).toContainEqual(
      expect.stringMatching(/: expainable_llm\.\* left out \(\d+ tensors\): an auxiliary decoder/),
    );
  });

  it('leaves out what it is asked to', async () => {
    const teacher = { ...prefixed(tensors), ...renamed(prefixed(randomTensors(tinyConfig, 4)), 'model.teacher.') };
    const path = await stored(teacher);
    await expect(readWeights(path, tinyConfig)).rejects.toThrow(/unexpected: teacher\.h\.0\..*import --drop/);
    for (const prefix of ['model.teacher', 'teacher.']) {
      const read = await readWeights(path, tinyConfig, { drop: [prefix] });
      expect(read.tensors).toEqual(tensors);
      expect(read.dropped).toEqual([{ prefix, tensors: Object.keys(tensors).length, reason: 'asked for' }]);
    }
    await expect(readWeights(path, tinyConfig, { drop: ['teach'] })).rejects.toThrow(
      /no tensor's name begins with "teach"/,
    );
    const two = await stored({ ...prefixed(tensors), ...renamed(prefixed(tensors), 'module.') });
    await expect(readWeights(two, tinyConfig)).rejects.toThrow(/a tensor is there twice .*import --drop <prefix>/);
    expect((await readWeights(two, tinyConfig, { drop: ['module.'] })).tensors).toEqual(tensors);
  });

  it('a file of auxiliary decoders alone is no model', async () => {
    const path = await stored(renamed(prefixed(tensors), 'expainable_llm.'));
    await expect(readWeights(path)).rejects.toThrow(/no matrix wte\.weight among \d+ names: "expainable_llm\./);
  });

  it('refuses a second embedding that is another', async () => {
    const other = randomTensors(tinyConfig, 2)['wte.weight'];
    const module = renamed(prefixed(tensors), 'base_causallm.');
    const differing = await stored({ ...module, 'embedding.weight': other });
    await expect(readWeights(differing, tinyConfig)).rejects.toThrow(/"embedding\.weight" differs from wte\.weight/);
    const misshapen = await stored({ ...module, 'embedding.weight': { shape: [1], data: Float32Array.of(1) } });
    await expect(readWeights(misshapen, tinyConfig)).rejects.toThrow(
      /"embedding\.weight" is F32 \[1\] but wte\.weight/,
    );
    const stray = await readWeights(
      await stored({ ...tensors, 'embedding.weight': tensors['wte.weight'] }),
      tinyConfig,
    );
    expect(stray.tensors).toEqual(tensors);
    expect(stray.dropped).toEqual([{ prefix: 'embedding.weight', tensors: 1, reason: 'a copy of wte.weight' }]);
  });

  it('lists everything that is missing, unexpected or misshapen at once', async () => {
    const path = await stored({
      ...without(tensors, 'ln_f.bias', 'h.1.ln_1.weight'),
      'h.0.ln_2.bias': { shape: [3], data: new Float32Array(3) },
      extra: { shape: [1], data: new Float32Array(1) },
    });
    await expect(readWeights(path, tinyConfig)).rejects.toThrow(
      /misshapen: h\.0\.ln_2\.bias is \[3\].*missing: h\.1\.ln_1\.weight, ln_f\.bias; unexpected: extra/,
    );
  });
});

describe('a configuration read off shapes', () => {
  const wide = { ...tinyConfig, nEmbd: 128, nHead: 2 };

  it('a stored head is tied exactly when it equals the embedding', async () => {
    const own = randomTensors(wide);
    const same = await readWeights(await stored({ ...own, 'lm_head.weight': own['wte.weight'] }));
    expect(same.config).toEqual({ ...wide, assumed: same.config.assumed });
    expect(Object.keys(same.config.assumed ?? {})).toContain('n_head');
    expect(same.tensors).toEqual(own);
    const untied = randomTensors({ ...wide, tieWordEmbeddings: false });
    const other = await readWeights(await stored(untied));
    expect(other.config.tieWordEmbeddings).toBe(false);
    expect(other.tensors).toEqual(untied);
    expect(other.assumed.map(({ name }) => name)).toContain('n_head');
  });

  it('blames no config.json that was not there', async () => {
    await expect(readWeights(await stored(without(randomTensors(wide), 'ln_f.bias')))).rejects.toThrow(
      /checkpoint_1: the tensors are not those of one GPT-2 \(missing: ln_f\.bias\); save the state dict/,
    );
    await expect(readWeights(torchFixture('ordered.pt'))).rejects.toThrow(
      /ordered\.pt: not the tensors of a GPT-2 \(no matrix wte\.weight among 4 names: "0\.weight", .*\); save/,
    );
  });
});

describe('files that hold no weights', () => {
  it.each([
    [
      torchFixture('legacy.pt'),
      /legacy\.pt: in the format of torch before 1\.6.*; .*torch\.save\(torch\.load\(f\), f\)$/,
    ],
    [torchFixture('none.pt'), /none\.pt: no such file; check the path/],
  ])('%s', async (path, message) => {
    await expect(readWeights(path)).rejects.toThrow(message);
  });

  it.each([
    ['version https://git-lfs.github.com/spec/v1\n', /a pointer of Git LFS, not the file itself; fetch the file/],
    [Buffer.of(0x80, 2, 0x7d, 0x2e), /a pickle, but not one that torch\.save wrote/],
    ['hello', /neither safetensors nor torch\); pass a safetensors file/],
    ['', /not a file of weights/],
  ])('%j', async (content, message) => {
    await expect(readWeights(temporaryFile(content, 'weights'))).rejects.toThrow(message);
  });
});

describe('safetensors in several files', () => {
  async function sharded(map: (right: WeightMap) => unknown): Promise<string> {
    const folder = temporaryFolder();
    const [one, two] = [Object.entries(tensors).slice(0, 9), Object.entries(tensors).slice(9)];
    await writeSafetensors(join(folder, 'a.safetensors'), new Map(one));
    await writeSafetensors(join(folder, 'b.safetensors'), new Map(two));
    const right = [...one.map(([name]) => [name, 'a.safetensors']), ...two.map(([name]) => [name, 'b.safetensors'])];
    const text = map(Object.fromEntries(right) as WeightMap);
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(text));
    return folder;
  }
  type WeightMap = Record<string, string>;

  it('gives what one file would', async () => {
    const folder = await sharded((right: WeightMap) => ({ metadata: { total_size: 1 }, weight_map: right }));
    const { tensors: read, origin, sha256 } = await readWeights(folder, tinyConfig);
    expect(read).toEqual(tensors);
    expect(origin.format).toBe('sharded safetensors');
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await readWeights(folder, tinyConfig)).sha256).toBe(sha256);
  });

  it.each<[string, (right: WeightMap) => unknown, RegExp]>([
    [
      'a path',
      (right: WeightMap) => ({ weight_map: { ...right, x: '../a.safetensors' } }),
      /puts tensor "x" in what is no/,
    ],
    [
      'an absolute path',
      () => ({ weight_map: { x: '/etc/a.safetensors' } }),
      /puts tensor "x" in what is no safetensors file/,
    ],
    [
      'a number',
      () => ({ weight_map: { x: 1 } }),
      /puts tensor "x" in what is no safetensors file of this folder \("1"\)/,
    ],
    ['no map', () => ({}), /not an index of safetensors files \(weight_map: expected an object\)/],
    ['an empty map', () => ({ weight_map: {} }), /weight_map names no tensor/],
    ['an absent file', () => ({ weight_map: { x: 'c.safetensors' } }), /c\.safetensors: no such file/],
    [
      'tensors elsewhere',
      (right: WeightMap) => ({ weight_map: { ...right, 'ln_f.bias': 'a.safetensors', x: 'b.safetensors' } }),
      /do not belong together \(a\.safetensors lacks "ln_f\.bias"; b\.safetensors lacks "x"; b\.safetensors has "ln_f\.bias"/,
    ],
  ])('refuses an index with %s', async (_, map, message) => {
    const folder = await sharded(map);
    await expect(readWeights(folder, tinyConfig)).rejects.toThrow(message);
  });
});

it('a head that config.json says is untied is kept', async () => {
  const untied = randomTensors(untiedConfig);
  expect((await readWeights(await stored(untied), untiedConfig)).tensors).toEqual(untied);
});

it('a head that differs from the embedding is kept, though config.json says that it is tied', async () => {
  const untied = randomTensors(untiedConfig);
  const read = await readWeights(await stored(prefixed(untied)), tinyConfig);
  expect(read.tensors).toEqual(untied);
  expect(read.config.tieWordEmbeddings).toBe(false);
  expect(read.inferred).toContainEqual({
    name: 'tie_word_embeddings',
    value: 'false',
    evidence: 'lm_head.weight differs from wte.weight',
  });
  expect(read.warnings).toEqual([expect.stringMatching(/the file's lm_head\.weight is used; check that/)]);
});
