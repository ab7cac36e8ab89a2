import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGpt2, readWeights, writeSafetensors, type FloatTensor } from '../../src/checkpoint/index.js';
import { temporaryFolder } from './files.js';
import { folderWith, prefixed, randomTensors, tinyConfig } from './tiny-gpt2.js';

const tensors = randomTensors(tinyConfig);
const one: FloatTensor = { shape: [1], data: Float32Array.of(1) };

async function stored(given: Readonly<Record<string, FloatTensor>>): Promise<string> {
  const path = join(temporaryFolder(), 'ckpt.pt');
  await writeSafetensors(path, new Map(Object.entries(given)));
  return path;
}

describe('layouts that are no GPT-2 of Hugging Face', () => {
  it("nanoGPT's", async () => {
    const turned = Object.entries(prefixed(tensors)).map(([name, tensor]): [string, FloatTensor] => [
      `_orig_mod.${name}`,
      /c_\w+\.weight$/.test(name) ? { ...tensor, shape: tensor.shape.toReversed() } : tensor,
    ]);
    const given = Object.fromEntries(turned.filter(([name]) => !name.endsWith('.bias')));
    const message = /has nanoGPT's layout, .*; train with transformers' GPT2LMHeadModel.*transpose attn\.c_attn/;
    await expect(readWeights(await stored(given))).rejects.toThrow(message);
    await expect(readWeights(await stored(given), tinyConfig)).rejects.toThrow(message);
    await expect(readGpt2(await folderWith(tinyConfig, given))).rejects.toThrow(message);
  });

  it.each([
    ['codi.base_model.model.transformer.h.0.attn.c_attn.lora_A.default.weight', /holds a LoRA adapter .*merge it/],
    ['base_model.model.transformer.h.0.attn.c_attn.lora_B.weight', /holds a LoRA adapter .*merge_and_unload/],
    ['base_causallm.model.embed_tokens.weight', /holds a model built like Llama .*; only models built like GPT-2/],
    ['gpt_neox.embed_in.weight', /holds a GPT-NeoX/],
  ])('%s', async (name, message) => {
    await expect(readWeights(await stored({ [name]: one }))).rejects.toThrow(message);
  });
});

describe('folders without a model of their own', () => {
  it.each(['adapter_config.json', 'adapter_model.bin'])('an adapter: %s', async (file) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, file), '{}');
    for (const read of [readWeights, readGpt2])
      await expect(read(folder)).rejects.toThrow(/holds a LoRA adapter \(PEFT\), not a model of its own; merge/);
  });

  it('a run of facebookresearch/coconut, and one of the Trainer of transformers', async () => {
    const folder = temporaryFolder();
    for (const epoch of [2, 10, 9]) writeFileSync(join(folder, `checkpoint_${epoch}`), '');
    for (const read of [readWeights, readGpt2])
      await expect(read(folder)).rejects.toThrow(
        /the folder of a training run, with 3 checkpoints \(the last: checkpoint_10\) and no model; .*import .*\/checkpoint_10 --out/,
      );
    const trainer = temporaryFolder();
    mkdirSync(join(trainer, 'checkpoint-500'));
    await expect(readWeights(trainer)).rejects.toThrow(/with one checkpoint \(checkpoint-500\) and no model; /);
  });
});
