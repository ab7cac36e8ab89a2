import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gpt2TensorShapes, readGpt2, readGpt2Config, writeGpt2, type Gpt2Config } from '../../src/checkpoint/index.js';
import { LensError } from '../../src/errors.js';
import { safetensors, temporaryFolder } from './files.js';
import { coconut, folderWith, prefixed, randomTensors, tinyConfig, untiedConfig, without } from './tiny-gpt2.js';

describe('writing and reading a folder', () => {
  it.each<[string, Gpt2Config]>([
    ['tied', { ...tinyConfig, coconut }],
    ['untied', untiedConfig],
  ])('gives back the model (%s head)', async (_, config) => {
    const folder = join(temporaryFolder(), 'new', 'model');
    const tensors = randomTensors(config);
    const sha256 = await writeGpt2(folder, { config, tensors });
    const weights = await readGpt2(folder);
    expect(weights).toEqual({ config, tensors, sha256, warnings: [], dropped: [] });
    expect(await readGpt2Config(folder)).toEqual(config);

    const bytes = readFileSync(join(folder, 'model.safetensors'));
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'model.safetensors']);
  });

  it('uses the names and metadata of transformers', async () => {
    const folder = temporaryFolder();
    await writeGpt2(folder, { config: untiedConfig, tensors: randomTensors(untiedConfig) });
    const bytes = readFileSync(join(folder, 'model.safetensors'));
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + Number(bytes.readBigUInt64LE()))) as Record<
      string,
      unknown
    >;
    expect(header.__metadata__).toEqual({ format: 'pt' });
    expect(Object.keys(header)).toEqual(expect.arrayContaining(['lm_head.weight', 'transformer.h.1.mlp.c_fc.bias']));
  });

  it('keeps eleven digits of two in half precision, and refuses what that cannot hold', async () => {
    const folder = temporaryFolder();
    const tensors = randomTensors(tinyConfig);
    await writeGpt2(folder, { config: tinyConfig, tensors }, 'F16');
    for (const [name, { data }] of Object.entries((await readGpt2(folder)).tensors)) {
      const own = tensors[name].data;
      // Half of the last of eleven binary digits.
      expect(data.every((x, i) => Math.abs(x - own[i]) <= Math.max(Math.abs(own[i]) * 2 ** -11, 2 ** -25))).toBe(true);
    }
    const bias = { ...tensors['ln_f.bias'], data: tensors['ln_f.bias'].data.map((x, i) => (i === 1 ? -65520 : x)) };
    const large = { ...tensors, 'ln_f.bias': bias };
    await expect(writeGpt2(folder, { config: tinyConfig, tensors: large }, 'F16')).rejects.toThrow(
      'tensor ln_f.bias holds a value beyond half precision (-65520 at element 1); keep it in single precision',
    );
  });

  it('is reproducible byte for byte, whatever the order of the tensors', async () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    const tensors = randomTensors(tinyConfig);
    await writeGpt2(one, { config: { ...tinyConfig, coconut }, tensors });
    const turned = Object.fromEntries(Object.entries(tensors).toReversed());
    await writeGpt2(other, { config: { coconut, ...tinyConfig }, tensors: turned });
    for (const file of ['config.json', 'model.safetensors']) {
      expect(readFileSync(join(one, file))).toEqual(readFileSync(join(other, file)));
    }
  });

  it('writes nothing that it would not read', async () => {
    const folder = join(temporaryFolder(), 'model');
    const tensors = randomTensors(tinyConfig);
    const lacking = without(tensors, 'ln_f.bias');
    await expect(writeGpt2(folder, { config: tinyConfig, tensors: lacking })).rejects.toThrow(/missing: ln_f\.bias/);
    await expect(writeGpt2(folder, { config: untiedConfig, tensors })).rejects.toThrow(/missing: lm_head\.weight/);
    await expect(writeGpt2(folder, { config: tinyConfig, tensors: randomTensors(untiedConfig) })).rejects.toThrow(
      /unexpected: lm_head\.weight/,
    );
    const broken = { ...tensors, 'ln_f.bias': { shape: [4], data: Float32Array.of(0, 0, NaN, 0) } };
    await expect(writeGpt2(folder, { config: tinyConfig, tensors: broken })).rejects.toThrow(
      /tensor ln_f\.bias holds a value that is not finite \(NaN at element 2\)/,
    );
    await expect(writeGpt2(folder, { config: { ...tinyConfig, nHead: 3 }, tensors })).rejects.toThrow(/n_head/);
    expect(() => readdirSync(folder)).toThrow(/ENOENT/);
  });

  it('says so where the folder cannot be made', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(writeGpt2(file, { config: tinyConfig, tensors: randomTensors(tinyConfig) })).rejects.toThrow(
      /file: cannot be written \(EEXIST/,
    );
  });
});

describe('forms in which weights come', () => {
  it('with the prefix, without it, and with causal-mask buffers', async () => {
    const tensors = randomTensors(tinyConfig);
    const masks = {
      'h.0.attn.bias': { shape: [1, 1, 5, 5], data: new Float32Array(25) },
      'h.1.attn.masked_bias': { shape: [], data: Float32Array.of(-10000) },
    };
    for (const stored of [tensors, prefixed(tensors), { ...tensors, ...masks }, prefixed({ ...tensors, ...masks })]) {
      expect((await readGpt2(await folderWith(tinyConfig, stored))).tensors).toEqual(tensors);
    }
  });

  it('in bfloat16, with mask buffers of another type', async () => {
    const shapes = [...gpt2TensorShapes(tinyConfig)];
    const header: Record<string, unknown> = {};
    let begin = 0;
    for (const [name, shape] of shapes) {
      const end = begin + 2 * shape.reduce((a, b) => a * b, 1);
      header[name] = { dtype: 'BF16', shape, data_offsets: [begin, end] };
      begin = end;
    }
    header['h.0.attn.bias'] = { dtype: 'BOOL', shape: [1], data_offsets: [begin, begin + 1] };
    // Ones: 0x3f80, little-endian; then the mask's one byte.
    const data = Uint8Array.from({ length: begin + 1 }, (_, i) => (i === begin ? 1 : i % 2 === 0 ? 0x80 : 0x3f));
    const folder = await folderWith(tinyConfig, {});
    writeFileSync(join(folder, 'model.safetensors'), safetensors(header, data));
    const { tensors } = await readGpt2(folder);
    expect(
      Object.values(tensors)
        .flatMap((tensor) => [...tensor.data])
        .every((x) => x === 1),
    ).toBe(true);
    expect(Object.keys(tensors).sort()).toEqual(shapes.map(([name]) => name).sort());
  });

  it('tied, with a stored head: one that differs is the head, with a warning', async () => {
    const tensors = randomTensors(tinyConfig);
    const same = await readGpt2(await folderWith(tinyConfig, { ...tensors, 'lm_head.weight': tensors['wte.weight'] }));
    expect(same.tensors).toEqual(tensors);
    expect(same.warnings).toEqual([]);

    const other = randomTensors(untiedConfig, 2)['lm_head.weight'];
    const differing = await readGpt2(await folderWith(tinyConfig, { ...tensors, 'lm_head.weight': other }));
    expect(differing.tensors).toEqual({ ...tensors, 'lm_head.weight': other });
    expect(differing.config).toEqual(untiedConfig);
    expect(differing.warnings).toEqual([
      expect.stringMatching(/lm_head\.weight differs from wte\.weight, but tie_word_embeddings is true: the file's /),
    ]);
  });

  it('untied: the head is its own tensor', async () => {
    const tensors = randomTensors(untiedConfig);
    const read = await readGpt2(await folderWith(untiedConfig, prefixed(tensors)));
    expect(read.tensors['lm_head.weight']).toEqual(tensors['lm_head.weight']);
    expect(read.warnings).toEqual([]);
  });
});

describe('folders that are no model', () => {
  const model = async (): Promise<string> => folderWith(tinyConfig, randomTensors(tinyConfig));

  it('no folder, a file, an empty folder', async () => {
    const folder = temporaryFolder();
    await expect(readGpt2(join(folder, 'none'))).rejects.toThrow(
      /none: no such folder; pass a folder with config\.json and model\.safetensors$/,
    );
    const file = join(folder, 'model.safetensors');
    writeFileSync(file, '');
    await expect(readGpt2(file)).rejects.toThrow(/: not a folder; pass the folder that holds config\.json and /);
    await expect(readGpt2(folder)).rejects.toThrow(/: not a model folder \(no config\.json\); pass a folder with /);
  });

  it.each([
    ['model.safetensors.index.json', /index\.json: the index is not valid JSON in UTF-8 \(.+\); fetch or save/],
    ['pytorch_model.bin', /pytorch_model\.bin: not a file of weights \(neither safetensors nor torch\); pass /],
    ['pytorch_model.bin.index.json', /no weights .*; it has pytorch_model\.bin in parts: /],
    ['tokenizer.json', /no weights \(no model\.safetensors\); pass a folder with /],
  ])('no weights, but %s', async (name, message) => {
    const folder = await model();
    rmSync(join(folder, 'model.safetensors'));
    writeFileSync(join(folder, name), '');
    await expect(readGpt2(folder)).rejects.toThrow(message);
  });

  it('a config.json that is no JSON, has a key twice, or is a folder', async () => {
    const folder = await model();
    const config = join(folder, 'config.json');
    writeFileSync(config, '{"n_embd": 4');
    await expect(readGpt2(folder)).rejects.toThrow(
      /config\.json: the file is not valid JSON in UTF-8 \(.+\); save it again/,
    );
    writeFileSync(config, '{"n_embd": 4, "n_embd": 8}');
    await expect(readGpt2(folder)).rejects.toThrow(/config\.json: a key occurs twice .* \("n_embd"\)/);
    rmSync(config);
    mkdirSync(config);
    await expect(readGpt2(folder)).rejects.toThrow(/config\.json: cannot be read \(EISDIR/);
  });

  it('a config.json as other programs write it is read: a byte-order mark, numbers that only Python has', async () => {
    const folder = await model();
    const config = join(folder, 'config.json');
    const text = readFileSync(config, 'utf8');
    const odd = '"dropout": NaN, "limits": [Infinity, -Infinity], "text": "NaN, \\"Infinity",';
    writeFileSync(config, `\ufeff${text.replace('{', `{${odd}`)}`);
    expect((await readGpt2(folder)).config).toEqual(tinyConfig);
    writeFileSync(config, text.replace('"n_head": 2', '"n_head": NaN'));
    await expect(readGpt2(folder)).rejects.toThrow(/n_head: Invalid input: expected number, received null/);
    writeFileSync(config, text.replace('"n_head": 2', '"n_head": -Infinity'));
    await expect(readGpt2(folder)).rejects.toThrow(/n_head: /);
    writeFileSync(config, text.replace('"n_head": 2', '"n_head": Nan'));
    await expect(readGpt2(folder)).rejects.toThrow(
      /config\.json: the file is not valid JSON in UTF-8 \(.*\); save it again/,
    );
  });

  it('damaged bytes in either file are read or refused with a LensError', async () => {
    const folder = await model();
    const files = ['config.json', 'model.safetensors'].map((name) => join(folder, name));
    const original = files.map((path) => readFileSync(path));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, mask) => {
        const bytes = Buffer.from(original[which]);
        bytes[at % bytes.length] ^= mask;
        writeFileSync(files[which], bytes);
        const error: unknown = await readGpt2(folder).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        writeFileSync(files[which], original[which]);
        if (error !== undefined) expect(error).toBeInstanceOf(LensError);
      }),
      { numRuns: 300 },
    );
  });
});
