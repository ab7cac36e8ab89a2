import { describe, expect, it } from 'vitest';
import { drawBatteryItems } from '../../src/claim/index.js';
import { CONSTRUCTED, createCoconut, createLeanCoconut, withNoise, type CoconutRun } from '../../src/model/index.js';
import { withoutSilentParts } from '../../src/model/silent-parts.js';
import { SYMBOLIC_TOKENS, symbolicWording } from '../../src/tokenizer/index.js';

const PROMPTS = drawBatteryItems(12, 6, { nodes: 14, maxDepth: 4 }).map((item) => symbolicWording.prompt(item));
const weights = CONSTRUCTED['late-answer'].build();

describe('withoutSilentParts', () => {
  it('keeps in each layer the heads that write, which are few in a model built by hand', () => {
    const { nHead, nEmbd, nLayer } = weights.config;
    const { tensors } = withoutSilentParts(weights);
    const heads = Array.from({ length: nLayer }, (_, layer) => {
      const rows = tensors[`h.${layer}.attn.c_proj.weight`].shape[0];
      expect(tensors[`h.${layer}.attn.c_attn.weight`].shape).toEqual([nEmbd, 3 * rows]);
      expect(tensors[`h.${layer}.attn.c_attn.bias`].shape).toEqual([3 * rows]);
      return rows / (nEmbd / nHead);
    });
    expect(nHead).toBe(8);
    expect(heads).toEqual([2, 3, 1, 1, 1, 1, 1, 6]);
  });

  it('keeps the neurons that write', () => {
    const { nEmbd, nLayer } = weights.config;
    const { tensors } = withoutSilentParts(weights);
    const neurons = Array.from({ length: nLayer }, (_, layer) => {
      const [rows] = tensors[`h.${layer}.mlp.c_proj.weight`].shape;
      expect(tensors[`h.${layer}.mlp.c_fc.weight`].shape).toEqual([nEmbd, rows]);
      expect(tensors[`h.${layer}.mlp.c_fc.bias`].shape).toEqual([rows]);
      return rows;
    });
    // Of 352; the first layer has none.
    expect(neurons).toEqual([1, 124, 186, 186, 186, 186, 124, 342]);
  });

  it('keeps one head where none writes', () => {
    const { config, tensors } = weights;
    const silent = { ...tensors, 'h.0.attn.c_proj.weight': zeros(tensors['h.0.attn.c_proj.weight'].shape) };
    const { shape } = withoutSilentParts({ config, tensors: silent }).tensors['h.0.attn.c_proj.weight'];
    expect(shape).toEqual([config.nEmbd / config.nHead, config.nEmbd]);
  });

  it('leaves a layer alone whose parts all write', () => {
    const noisy = withNoise(CONSTRUCTED.bfs.build(), 0.1, 1);
    const { tensors } = withoutSilentParts(noisy);
    for (const [name, tensor] of Object.entries(noisy.tensors))
      if (!name.startsWith('h.0.mlp')) expect(tensors[name], name).toBe(tensor);
  });
});

describe('createLeanCoconut', () => {
  it('thinks and answers as the whole model does', async () => {
    const [whole, lean] = [createCoconut(weights), createLeanCoconut(weights)];
    const suffix = [SYMBOLIC_TOKENS['[A]']];
    const runs = await Promise.all([whole, lean].map((model) => model.run(PROMPTS, { thoughts: 4 })));
    // Patched and read on as well: from the cache, which has other heads.
    const again = await Promise.all(runs.map((run) => run.rethink({ thoughts: 4, from: 2, rows: [4, 1] })));
    const numbers = async (run: CoconutRun): Promise<number[]> => [
      ...run.thoughts.data,
      ...(await run.nextTokenLogits(4, suffix)).data,
      ...(await run.nextTokenLogits(2, suffix)).data,
    ];
    for (const pair of [runs, again]) {
      const [expected, found] = await Promise.all(pair.map(numbers));
      expect(found).toHaveLength(expected.length);
      // Logits are as large as 30.
      found.forEach((x, i) => expect(Math.abs(x - expected[i])).toBeLessThan(2e-3));
    }
    whole.dispose();
    lean.dispose();
  });

  it('has the weights as they were given', () => {
    expect(createLeanCoconut(weights).weights).toBe(weights);
  });
});

type Tensor = (typeof weights)['tensors'][string];

function zeros(shape: readonly number[]): Tensor {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) };
}
