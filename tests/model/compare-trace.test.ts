import { describe, expect, it } from 'vitest';
import { activationNames, largestDisagreement, quantityOfRow, quantitySites } from '../../src/model/index.js';
import { floats } from '../tensor/host.js';
import { expectClose, randomPrompts, tiny } from './support.js';

describe('largestDisagreement', () => {
  it('allows the tolerance times the largest magnitude of a vector, or times 1', () => {
    const reference = floats([0.5, 0, 200, 0], [2, 2]);
    const ours = floats([0.5, 0.02, 200, 1], [2, 2]);
    // 0.02 of 0.01 x 1 is more than 1 of 0.01 x 200.
    const { index, difference, allowed, ...values } = largestDisagreement(ours, reference, 0.01);
    expect(index).toEqual([0, 1]);
    expect(allowed).toBe(0.01);
    expect(difference).toBeCloseTo(0.02, 7);
    expect(values).toEqual({ ours: Math.fround(0.02), reference: 0 });
    expect(largestDisagreement(ours, reference, 0.001).allowed).toBe(0.001);
    expect(largestDisagreement(floats([0.5, 0, 200, 1], [2, 2]), reference, 0.01)).toMatchObject({
      index: [1, 1],
      difference: 1,
      allowed: 2,
    });
  });

  it('counts along every axis', () => {
    const reference = floats(new Array<number>(24).fill(0), [2, 3, 4]);
    const ours = floats(new Array<number>(24).fill(0), [2, 3, 4]);
    ours.data[1 * 12 + 2 * 4 + 3] = 1;
    expect(largestDisagreement(ours, reference, 0.1).index).toEqual([1, 2, 3]);
  });

  it('takes masked scores for equal, however masked, and for no magnitude', () => {
    const masked = floats([1, -2e30, -1e30], [3]);
    expect(largestDisagreement(masked, floats([1, -Infinity, -Infinity], [3]), 0.1).difference).toBe(0);
    expect(largestDisagreement(masked, floats([1.5, -Infinity, -Infinity], [3]), 0.1)).toMatchObject({
      index: [0],
      allowed: Math.fround(1.5) * 0.1,
    });
    expect(largestDisagreement(masked, floats([1, 0, -Infinity], [3]), 0.1)).toMatchObject({
      index: [1],
      difference: Infinity,
    });
  });

  it.each([
    [NaN, 0],
    [0, NaN],
    [NaN, NaN],
    [Infinity, 0],
    [0, Infinity],
  ])('never lets %d pass for %d', (a, b) => {
    expect(largestDisagreement(floats([0, a], [2]), floats([0, b], [2]), 1).difference).toBe(Infinity);
  });
});

describe('quantitySites', () => {
  it('has every activation in the order of computation, and logits after the hidden state that they are read off', () => {
    const names = [...quantitySites({ nLayer: 1 }, 2).entries()].sort(([, a], [, b]) => a.order - b.order);
    const logits = names.filter(([name]) => name.endsWith('logits')).map(([name]) => name);
    expect(logits).toEqual(['thoughts.1.logits', 'thoughts.2.logits', 'logits']);
    expect(names.map(([name]) => name).filter((name) => !name.endsWith('logits'))).toEqual(
      activationNames({ nLayer: 1 }, 3),
    );
    const order = names.map(([name]) => name);
    expect(order.indexOf('thoughts.1.logits')).toBe(order.indexOf('thoughts.1') + 1);
    expect(order.at(-1)).toBe('logits');
  });

  it('gives pass and layer', () => {
    const sites = quantitySites({ nLayer: 3 }, 2);
    expect(sites.get('pass.1.blocks.2.hook_mlp_out')).toMatchObject({ pass: 1, layer: 2 });
    expect(sites.get('thoughts.2.logits')).toMatchObject({ pass: 1, layer: null });
    expect(sites.get('logits')).toMatchObject({ pass: 2, layer: null });
  });

  it('orders runs of different lengths alike', () => {
    const short = quantitySites({ nLayer: 2 }, 1);
    const long = quantitySites({ nLayer: 2 }, 4);
    for (const [name, site] of short) if (name !== 'logits') expect(long.get(name)).toEqual(site);
    const last = short.get('logits')?.order ?? NaN;
    expect(last).toBeGreaterThan(long.get('pass.1.ln_final.hook_normalized')?.order ?? NaN);
    expect(last).toBeLessThan(long.get('thoughts.2')?.order ?? NaN);
  });
});

describe('quantityOfRow', () => {
  it('is what the prompt alone gives, for every row of a padded batch', async () => {
    const { model, config } = tiny(1);
    const prompts = randomPrompts(config, [3, 7, 5], 1);
    const options = { thoughts: 2, suffix: [1, 2], activations: () => true, thoughtLogits: true };
    const batch = await model.runWithTrace(prompts, options);
    for (const [row, prompt] of prompts.entries()) {
      const alone = await model.runWithTrace([prompt], options);
      for (const name of quantitySites(config, 2).keys()) {
        const ours = quantityOfRow(batch, name, row);
        const reference = quantityOfRow(alone, name, 0);
        expect(ours?.shape, name).toEqual(reference?.shape);
        expect(ours?.axes, name).toHaveLength(ours?.shape.length ?? NaN);
        expectClose(ours?.data ?? [], reference?.data ?? []);
      }
    }
    model.dispose();
  });

  it('is nothing where the trace has none', async () => {
    const { model, config } = tiny(2);
    const trace = await model.runWithTrace(randomPrompts(config, [4], 2), { thoughts: 1 });
    expect(quantityOfRow(trace, 'thoughts.1.logits', 0)).toBeUndefined();
    expect(quantityOfRow(trace, 'pass.0.hook_embed', 0)).toBeUndefined();
    expect(quantityOfRow(trace, 'logits', 0)?.shape).toEqual([config.vocabSize]);
    model.dispose();
  });
});
