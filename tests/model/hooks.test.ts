import { beforeAll, describe, expect, it } from 'vitest';
import { activationNames, supplyThoughts, type ActivationSite } from '../../src/model/index.js';
import { ops, useEngine, type Tensor } from '../../src/tensor/index.js';
import { distance, expectClose, randomPrompts, row, tiny } from './support.js';

const SUFFIX = [4, 7];

describe.each(['cpu', 'onnxruntime'] as const)('runWithHooks on %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  const { config, model } = tiny(2, { nLayer: 2 });
  const prompts = randomPrompts(config, [4, 6], 1);
  const options = { thoughts: 2, suffix: SUFFIX };

  it('fires once for every published name, with pass and layer, in the order of the list', async () => {
    const fired: ActivationSite[] = [];
    await model.runWithHooks(prompts, {
      ...options,
      hooks: [
        [
          /./,
          (_tensor, site) => {
            fired.push(site);
            return undefined;
          },
        ],
      ],
    });
    expect(fired.map(({ name }) => name)).toEqual(activationNames(config, 3));
    expect(fired.find(({ name }) => name === 'pass.2.blocks.1.attn.hook_z')).toEqual({
      name: 'pass.2.blocks.1.attn.hook_z',
      pass: 2,
      layer: 1,
    });
    expect(fired.find(({ name }) => name === 'thoughts.2')).toEqual({ name: 'thoughts.2', pass: 1, layer: undefined });
    expect(fired[0]).toEqual({ name: 'pass.0.hook_embed', pass: 0, layer: undefined });
  });

  it('shows a hook the values and axes that a trace keeps', async () => {
    const trace = await model.runWithTrace(prompts, { ...options, activations: /./ });
    const seen = new Map<string, { shape: number[]; data: ArrayLike<number> }>();
    await model.runWithHooks(prompts, {
      ...options,
      hooks: [
        [
          () => true,
          (tensor, { name }) => {
            seen.set(name, { shape: tensor.shape, data: tensor.dataSync() });
            return undefined;
          },
        ],
      ],
    });
    for (const [name, { shape, data }] of trace.activations) {
      expect(seen.get(name)?.shape, name).toEqual(shape);
      // Padding attends to padding only, and to how much of it depends on the round length of compiled programs.
      if (!/^pass\.0.*(pattern|scores)$/.test(name)) expectClose(seen.get(name)?.data ?? [], data, 1e-4);
    }
  });

  it('changes nothing, bit for bit, when a hook returns what it got', async () => {
    const watched = await model.runWithHooks(prompts, { ...options, hooks: [['thoughts.1', () => undefined]] });
    const same = await model.runWithHooks(prompts, { ...options, hooks: [[/./, (tensor) => tensor]] });
    expect(same.thoughts).toEqual(watched.thoughts);
    expect(same.nextLogits).toEqual(watched.nextLogits);
  });

  it('agrees with the compiled run', async () => {
    const watched = await model.runWithHooks(prompts, { ...options, hooks: [['thoughts.1', () => undefined]] });
    const run = await model.run(prompts, { thoughts: 2 });
    expectClose(watched.thoughts.data, run.thoughts.data);
    expectClose(watched.nextLogits.data, (await run.nextTokenLogits(2, SUFFIX)).data);
  });

  it('uses the replacement: a thought set to zero is read as zero, and what follows changes', async () => {
    const zero = (tensor: Tensor): Tensor => ops.mul(tensor, 0);
    const hooked = await model.runWithHooks(prompts, {
      ...options,
      activations: /hook_embed/,
      hooks: [['thoughts.1', zero]],
    });
    const d = config.nEmbd;
    expect(
      row(hooked.thoughts, 0)
        .slice(0, d)
        .every((x) => x === 0),
    ).toBe(true);
    expect(hooked.activations.get('pass.1.hook_embed')?.data.every((x) => x === 0)).toBe(true);
    const zeros = { data: new Float32Array(2 * d), shape: [2, 1, d], dtype: 'float32' } as const;
    const supplied = await model.run(prompts, { thoughts: 2, replaceThought: supplyThoughts(zeros, [1]) });
    expectClose(hooked.thoughts.data, supplied.thoughts.data);
    const plain = await model.run(prompts, { thoughts: 2 });
    expect(distance(plain.thoughts.data, hooked.thoughts.data)).toBeGreaterThan(0.01);
  });

  it('keeps in the trace what hooks and replacements made of an activation', async () => {
    const [embed, thought] = ['pass.0.hook_embed', 'thoughts.2'];
    const trace = await model.runWithHooks(prompts, {
      ...options,
      activations: [embed, thought],
      hooks: [[embed, (tensor) => ops.add(ops.mul(tensor, 0), 5)]],
      replaceThought: ({ index, computed }) =>
        index === 2 ? { ...computed, data: computed.data.map(() => 7) } : undefined,
    });
    expect(new Set(trace.activations.get(embed)?.data)).toEqual(new Set([5]));
    expect(new Set(trace.activations.get(thought)?.data)).toEqual(new Set([7]));
    expect(row(trace.thoughts, 1).slice(config.nEmbd)).toEqual(Array<number>(config.nEmbd).fill(7));
  });

  it('lets the cache hold what a hook made of keys: later passes see it', async () => {
    const quiet = await model.runWithHooks(prompts, { ...options, hooks: [['thoughts.1', () => undefined]] });
    const hooked = await model.runWithHooks(prompts, {
      ...options,
      hooks: [['pass.0.blocks.0.attn.hook_v', (tensor) => ops.mul(tensor, 2)]],
    });
    expect(distance(quiet.thoughts.data, hooked.thoughts.data)).toBeGreaterThan(0.01);
  });

  it('makes attention what a hook on the pattern says', async () => {
    const hooked = await model.runWithHooks(prompts, {
      ...options,
      activations: ['pass.1.blocks.0.attn.hook_z', 'pass.1.blocks.0.hook_attn_out'],
      hooks: [['pass.1.blocks.0.attn.hook_pattern', (tensor) => ops.zeros(tensor.shape)]],
    });
    expect(hooked.activations.get('pass.1.blocks.0.attn.hook_z')?.data.every((x) => x === 0)).toBe(true);
  });

  it('runs several hooks on one activation in turn', async () => {
    const seen: number[] = [];
    await model.runWithHooks(prompts, {
      thoughts: 1,
      hooks: [
        ['thoughts.1', (tensor) => ops.add(ops.mul(tensor, 0), 3)],
        [
          'thoughts.1',
          (tensor) => {
            seen.push(...tensor.dataSync());
            return undefined;
          },
        ],
      ],
    });
    expect(new Set(seen)).toEqual(new Set([3]));
  });

  it('is scoped to the call', async () => {
    const before = await model.run(prompts, { thoughts: 2 });
    await model.runWithHooks(prompts, { thoughts: 2, hooks: [['thoughts.1', (tensor) => ops.mul(tensor, 0)]] });
    expect((await model.run(prompts, { thoughts: 2 })).thoughts).toEqual(before.thoughts);
  });

  it('refuses a hook that would never fire, naming it and the nearest names', async () => {
    const never = model.runWithHooks(prompts, { ...options, hooks: [['thoughts.3', () => undefined]] });
    await expect(never).rejects.toThrow(/hook 0: .*\(thoughts\.3\); the nearest are thoughts\.1, thoughts\.2/);
    const bare = model.runWithHooks(prompts, { ...options, hooks: [['blocks.0.hook_resid_post', () => undefined]] });
    await expect(bare).rejects.toThrow(/the nearest are pass\.0\.blocks\.0\.hook_resid_post/);
    await expect(model.runWithHooks(prompts, { ...options, hooks: [[/resid_late/, () => undefined]] })).rejects.toThrow(
      /resid_late/,
    );
  });

  it('refuses what is not a tensor of the same shape', async () => {
    const wrong = model.runWithHooks(prompts, { ...options, hooks: [['thoughts.1', () => ops.zeros([2, 3])]] });
    await expect(wrong).rejects.toThrow(/hook on thoughts\.1: returned float32 \[2, 3\]; return float32 \[2, 16\]/);
    const promise = Promise.resolve() as unknown as undefined;
    await expect(model.runWithHooks(prompts, { ...options, hooks: [['thoughts.1', () => promise]] })).rejects.toThrow(
      /not a tensor/,
    );
  });
});
