import { describe, expect, it } from 'vitest';
import { gpt2TensorShapes } from '../../src/checkpoint/index.js';
import { createCoconut } from '../../src/model/index.js';
import { useEngine } from '../../src/tensor/index.js';
import { initialWeights } from '../../src/training/index.js';
import { createRandom } from '../../src/random.js';
import { tinyConfig } from '../model/tiny.js';

const config = tinyConfig({ nEmbd: 64, nHead: 4, nInner: 256, vocabSize: 40, nPositions: 64 });
const draw = (seed: number, previousTokenHeads: number) =>
  initialWeights(createRandom(seed), config, { deviation: 0.11, previousTokenHeads });

/** Standard deviation about 0. */
const spread = (data: ArrayLike<number>): number =>
  Math.sqrt(Array.from(data).reduce((sum, x) => sum + x * x, 0) / data.length);

describe('initialWeights', () => {
  it('has every tensor of the configuration, in its shape, the same for the same seed', () => {
    const tensors = draw(1, 2);
    expect(Object.entries(tensors).map(([name, { shape }]) => [name, shape])).toEqual(
      [...gpt2TensorShapes(config)].map(([name, shape]) => [name, [...shape]]),
    );
    expect(draw(1, 2)).toEqual(tensors);
    expect(draw(2, 2)['wte.weight'].data).not.toEqual(tensors['wte.weight'].data);
  });

  it('draws with the deviation asked for, less where a projection goes back into the residual stream', () => {
    const tensors = draw(1, 0);
    // The sample deviation of n normals is off by 1 / sqrt(2 n) of itself, below 2 % here; four times that.
    const near = (name: string, expected: number): void =>
      expect(Math.abs(spread(tensors[name].data) / expected - 1), name).toBeLessThan(0.08);
    for (const name of ['wte.weight', 'wpe.weight', 'h.0.attn.c_attn.weight', 'h.1.mlp.c_fc.weight']) near(name, 0.11);
    for (const name of ['h.0.attn.c_proj.weight', 'h.1.mlp.c_proj.weight']) near(name, 0.11 / 2);
    for (const [name, { data, shape }] of Object.entries(tensors)) {
      if (shape.length === 1) expect(new Set(data), name).toEqual(new Set([name.endsWith('.weight') ? 1 : 0]));
    }
  });

  it('lets heads of the first layer attend to the one or two positions before, and leaves the rest as it was', async () => {
    await useEngine('onnxruntime');
    const [plain, shifted] = [draw(3, 0), draw(3, 2)];
    const changed = Object.keys(plain).filter((name) => plain[name].data.some((x, i) => x !== shifted[name].data[i]));
    expect(changed.sort()).toEqual(['h.0.attn.c_attn.weight', 'wpe.weight']);
    // Positions keep the size of the other embeddings.
    expect(Math.abs(spread(shifted['wpe.weight'].data) / 0.11 - 1)).toBeLessThan(0.08);
    const tensors = Object.fromEntries(
      Object.entries(shifted).map(([name, { data, shape }]) => [name, { data: data as Float32Array, shape }]),
    );
    const model = createCoconut({ config, tensors });
    const random = createRandom('ids');
    const length = 60;
    const prompt = Array.from({ length }, () => random.integer(40));
    const name = 'pass.0.blocks.0.attn.hook_pattern';
    const { activations } = await model.runWithTrace([prompt], { thoughts: 0, activations: [name] });
    model.dispose();
    const { data, shape } = activations.get(name) ?? { data: [], shape: [] };
    expect(shape).toEqual([1, 4, length, length]);
    const seen = (head: number, query: number, key: number): number => data[(head * length + query) * length + key];
    const queries = Array.from({ length: length - 4 }, (_, i) => i + 4);
    /** A head's mean attention to the position so many before its own. */
    const mean = (head: number, before: number): number =>
      queries.reduce((sum, query) => sum + seen(head, query, query - before), 0) / queries.length;
    /** How often no position is attended to more than that one. */
    const highest = (head: number, before: number): number =>
      queries.filter((query) => {
        const own = seen(head, query, query - before);
        return Array.from({ length: query + 1 }, (_, key) => seen(head, query, key)).every((other) => other <= own);
      }).length / queries.length;
    for (const head of [0, 1]) {
      expect(mean(head, head + 1), `head ${head}`).toBeGreaterThan(0.8);
      expect(highest(head, head + 1), `head ${head}`).toBeGreaterThan(0.95);
    }
    for (const head of [2, 3]) {
      expect(mean(head, 1), `head ${head}`).toBeLessThan(0.2);
      expect(highest(head, 1), `head ${head}`).toBeLessThan(0.5);
    }
  });

  it('refuses more such heads than there are', () => {
    expect(() => draw(1, 5)).toThrow('previousTokenHeads is 5, but there are 4 heads');
  });
});
