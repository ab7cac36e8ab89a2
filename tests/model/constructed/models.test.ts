import { afterAll, describe, expect, it } from 'vitest';
import { gpt2TensorShapes } from '../../../src/checkpoint/index.js';
import { createCoconut } from '../../../src/model/index.js';
import { symbolicPrompt } from '../../../src/tokenizer/index.js';
import { CONSTRUCTED, randomInit } from '../../../src/model/constructed/index.js';
import * as runs from './variant-runs.js';

describe('CONSTRUCTED', () => {
  it.each(Object.entries(CONSTRUCTED))('%s is a complete and finite GPT-2 that bears its name', (name, { build }) => {
    const { config, tensors } = build();
    // A search that visits a node a thought takes longer.
    const thoughts = name === 'depth-first' || name === 'one-by-one' ? 12 : 6;
    expect(config.coconut).toMatchObject({ constructed: name, method: 'constructed', thoughts, format: 'symbolic' });
    expect(Object.entries(tensors).map(([tensor, { shape }]) => [tensor, shape])).toEqual([
      ...gpt2TensorShapes(config),
    ]);
    for (const { data } of Object.values(tensors)) expect(data.every(Number.isFinite)).toBe(true);
  });

  it('holds models of these sizes', () => {
    const sizes = Object.entries(CONSTRUCTED).map(([name, { build }]) => {
      const { config, tensors } = build();
      const parameters = Object.values(tensors).reduce((sum, { data }) => sum + data.length, 0);
      return [name, config.nLayer, config.nEmbd, config.nInner, parameters];
    });
    expect(sizes).toEqual([
      ['bfs', 2, 384, 160, 1_547_072],
      ['frontier', 2, 512, 160, 2_586_944],
      ['greedy', 2, 512, 160, 2_586_944],
      ['degree', 3, 512, 160, 3_804_128],
      ['elimination', 5, 512, 192, 6_402_496],
      ['copy-through', 8, 512, 224, 10_414_848],
      ['head-start', 3, 448, 160, 2_984_608],
      ['stride', 3, 448, 160, 2_984_608],
      ['hidden-search', 2, 512, 160, 2_586_944],
      ['hidden-search-other-root', 5, 576, 224, 8_124_448],
      ['walk-counts', 3, 576, 448, 5_718_144],
      ['carried-answer', 7, 512, 288, 9_591_264],
      ['late-answer', 8, 512, 352, 11_464_448],
      ['late-answer-in-sight', 8, 512, 352, 11_464_448],
      ['constant-holder', 7, 448, 160, 6_786_080],
      ['unused-search', 3, 448, 160, 2_984_608],
      ['beam-2', 3, 448, 160, 2_984_608],
      ['beam-3', 4, 448, 160, 3_934_976],
      ['beam-lookahead', 8, 512, 160, 9_890_048],
      ['depth-first', 3, 512, 160, 3_804_128],
      ['hidden-path', 2, 512, 352, 2_980_544],
      ['replayed-search', 8, 512, 224, 10_414_848],
      ['backward', 2, 576, 288, 3_500_352],
      ['bidirectional', 2, 576, 352, 3_647_936],
      ['mixture-elimination', 5, 576, 320, 8_677_888],
      ['scratchpad', 3, 512, 160, 3_804_128],
      ['one-by-one', 2, 448, 160, 2_034_240],
      ['numbered-beam-3', 4, 448, 160, 3_934_976],
      ['guarded-replay', 11, 576, 224, 17_667_808],
    ]);
  });
});

describe('randomInit', () => {
  const model = createCoconut(randomInit({}, 'control'));
  afterAll(() => model.dispose());

  it('has the deviation asked for, gains 1 and biases 0', () => {
    for (const deviation of [0.02, 0.08]) {
      const { tensors } = randomInit({ deviation }, 3);
      const moments = (name: string): number[] => {
        const { data } = tensors[name];
        const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
        return [mean, Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length)];
      };
      // 49,152 and 65,536 numbers: the standard error of a deviation is 0.3 %.
      const [mean, found] = moments('h.0.attn.c_attn.weight');
      expect(Math.abs(mean)).toBeLessThan(0.02 * deviation);
      expect(found / deviation).toBeCloseTo(1, 1);
      expect(moments('h.1.mlp.c_proj.weight')[1] / deviation).toBeCloseTo(0.5, 2);
      expect(tensors['h.0.ln_1.weight'].data.every((x) => x === 1)).toBe(true);
      expect(tensors['h.0.mlp.c_fc.bias'].data.every((x) => x === 0)).toBe(true);
    }
  });

  it('depends on the seed alone, and has the same bytes everywhere', () => {
    expect(runs.weightsHash(randomInit({}, 1))).not.toBe(runs.weightsHash(randomInit({}, 2)));
    expect(runs.weightsHash(randomInit({}, 1))).toBe(
      '4b1d37a587ec973066e2318a429fcbac61d9692952ca630c864be9b7d0b55720',
    );
  });

  it('thinks six thoughts and knows nothing', async () => {
    const items = runs.permutedItems('control', 8);
    const run = await model.run(
      items.map((item) => symbolicPrompt(item)),
      { thoughts: 6, thoughtLogits: true },
    );
    expect(run.thoughtLogits?.shape).toEqual([8, 6, 40]);
    expect(run.thoughtLogits?.data.every(Number.isFinite)).toBe(true);
  });

  it('refuses heads that do not divide the width', () => {
    expect(() => randomInit({ width: 100, heads: 3 }, 1)).toThrow('width is 100, not a multiple of 3 heads');
  });
});
