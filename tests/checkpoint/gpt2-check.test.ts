import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGpt2, type FloatTensor, type Gpt2Config } from '../../src/checkpoint/index.js';
import { LensError } from '../../src/errors.js';
import { safetensors } from './files.js';
import { folderWith, prefixed, randomTensors, tinyConfig, untiedConfig, without } from './tiny-gpt2.js';

describe('weights that do not fit the configuration', () => {
  async function refusal(config: Gpt2Config, tensors: Record<string, FloatTensor>): Promise<string> {
    const folder = await folderWith(config, tensors);
    const error: unknown = await readGpt2(folder).catch((reason: unknown) => reason);
    if (!(error instanceof LensError)) throw new Error('was not refused with a LensError', { cause: error });
    const subject = `${join(folder, 'model.safetensors')}: `;
    expect(error.message.startsWith(subject)).toBe(true);
    expect(error.message).not.toContain('\n');
    return error.message.slice(subject.length);
  }
  const tensors = randomTensors(tinyConfig);

  it('lists all that is missing, unexpected and misshapen in one message', async () => {
    const stored = {
      ...without(tensors, 'ln_f.bias', 'h.0.ln_1.weight', 'h.1.ln_1.weight'),
      'h.1.mlp.c_fc.bias': { shape: [2], data: new Float32Array(2) },
      'score.weight': { shape: [1], data: new Float32Array(1) },
      'a\nb': { shape: [1], data: new Float32Array(1) },
    };
    expect(await refusal(tinyConfig, stored)).toBe(
      'the weights do not match config.json (misshapen: h.1.mlp.c_fc.bias is [2], not [n_inner 6]; ' +
        'missing: h.0-1.ln_1.weight, ln_f.bias; unexpected: "a\\nb", score.weight); ' +
        'use the config.json that was saved with these weights',
    );
  });

  it('names the configuration value and the shape', async () => {
    expect(await refusal({ ...tinyConfig, vocabSize: 8 }, tensors)).toContain(
      '(misshapen: wte.weight is [7, 4], not [vocab_size 8, n_embd 4]);',
    );
    expect(await refusal({ ...tinyConfig, nPositions: 9 }, tensors)).toContain(
      '(misshapen: wpe.weight is [5, 4], not [n_positions 9, n_embd 4]);',
    );
    expect(await refusal({ ...tinyConfig, nEmbd: 6 }, tensors)).toContain(
      'h.0-1.attn.c_attn.weight is [4, 12], not [n_embd 6, 3 n_embd 18]',
    );
  });

  it('refuses a tensor with an axis too many', async () => {
    const wte = { ...tensors['wte.weight'], shape: [7, 4, 1] };
    expect(await refusal(tinyConfig, { ...tensors, 'wte.weight': wte })).toContain(
      '(misshapen: wte.weight is [7, 4, 1], not [vocab_size 7, n_embd 4]);',
    );
  });

  it('says when the number of layers differs', async () => {
    const deeper = await refusal({ ...tinyConfig, nLayer: 5 }, tensors);
    expect(deeper).toMatch(/\(n_layer is 5 but the weights have 2 layers; missing: h\.2-4\.ln_1\.weight, /);
    const flatter = await refusal({ ...tinyConfig, nLayer: 1 }, prefixed(tensors));
    expect(flatter).toMatch(/\(n_layer is 1 but the weights have 2 layers; unexpected: h\.1\.attn\.c_attn\.bias, /);
  });

  it('refuses an untied model without head, and a stored head of the wrong shape', async () => {
    expect(await refusal(untiedConfig, tensors)).toContain('(missing: lm_head.weight);');
    const head = { shape: [8, 4], data: new Float32Array(32) };
    expect(await refusal(tinyConfig, { ...tensors, 'lm_head.weight': head })).toContain(
      '(misshapen: lm_head.weight is [8, 4], not [vocab_size 7, n_embd 4]);',
    );
  });

  it('refuses a tensor that is there with and without the prefix', async () => {
    expect(await refusal(tinyConfig, { ...tensors, 'transformer.wte.weight': tensors['wte.weight'] })).toMatch(
      /^a tensor is there twice \("transformer\.wte\.weight" and "wte\.weight"\); /,
    );
  });

  it('refuses integers where floats are due', async () => {
    const header = { 'wte.weight': { dtype: 'I32', shape: [7, 4], data_offsets: [0, 112] } };
    const folder = await folderWith(tinyConfig, {});
    writeFileSync(join(folder, 'model.safetensors'), safetensors(header, new Uint8Array(112)));
    await expect(readGpt2(folder)).rejects.toThrow(/misshapen: wte\.weight holds I32, not floats; missing: /);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %s among the weights', async (value) => {
    const broken = { ...tensors, 'ln_f.bias': { shape: [4], data: Float32Array.of(0, 0, 0, value) } };
    expect(await refusal(tinyConfig, broken)).toBe(
      `tensor ln_f.bias holds a value that is not finite (${value} at element 3); ` +
        'the training run diverged or the file is damaged: use another checkpoint',
    );
  });
});
