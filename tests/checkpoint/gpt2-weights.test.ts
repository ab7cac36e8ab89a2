import { describe, expect, it } from 'vitest';
import { gpt2TensorShapes } from '../../src/checkpoint/index.js';
import { tinyConfig, untiedConfig } from './tiny-gpt2.js';

describe('gpt2TensorShapes', () => {
  it('lists the parameters of a two-layer model', () => {
    const layer = (i: number): [string, number[]][] => [
      [`h.${i}.ln_1.weight`, [4]],
      [`h.${i}.ln_1.bias`, [4]],
      [`h.${i}.attn.c_attn.weight`, [4, 12]],
      [`h.${i}.attn.c_attn.bias`, [12]],
      [`h.${i}.attn.c_proj.weight`, [4, 4]],
      [`h.${i}.attn.c_proj.bias`, [4]],
      [`h.${i}.ln_2.weight`, [4]],
      [`h.${i}.ln_2.bias`, [4]],
      [`h.${i}.mlp.c_fc.weight`, [4, 6]],
      [`h.${i}.mlp.c_fc.bias`, [6]],
      [`h.${i}.mlp.c_proj.weight`, [6, 4]],
      [`h.${i}.mlp.c_proj.bias`, [4]],
    ];
    const tied: [string, number[]][] = [
      ['wte.weight', [7, 4]],
      ['wpe.weight', [5, 4]],
      ...layer(0),
      ...layer(1),
      ['ln_f.weight', [4]],
      ['ln_f.bias', [4]],
    ];
    expect([...gpt2TensorShapes(tinyConfig)]).toEqual(tied);
    expect([...gpt2TensorShapes(untiedConfig)]).toEqual([...tied, ['lm_head.weight', [7, 4]]]);
  });

  it('counts the 124,439,808 parameters of GPT-2 small', () => {
    const small = {
      ...tinyConfig,
      vocabSize: 50257,
      nPositions: 1024,
      nEmbd: 768,
      nLayer: 12,
      nHead: 12,
      nInner: 3072,
    };
    const sizes = [...gpt2TensorShapes(small).values()].map((shape) => shape.reduce((a, b) => a * b, 1));
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(124_439_808);
  });
});
