import { beforeAll, describe, expect, it } from 'vitest';
import { activationAxes, activationNames, passActivationNames } from '../../src/model/index.js';
import { useEngine } from '../../src/tensor/index.js';
import { distance, expectClose, randomPrompts, row, tiny } from './support.js';

const SUFFIX = [4, 7];

describe('activationNames', () => {
  it('is the published list', () => {
    expect(passActivationNames({ nLayer: 1 })).toEqual([
      'hook_embed',
      'hook_pos_embed',
      'blocks.0.hook_resid_pre',
      'blocks.0.ln1.hook_normalized',
      'blocks.0.attn.hook_q',
      'blocks.0.attn.hook_k',
      'blocks.0.attn.hook_v',
      'blocks.0.attn.hook_attn_scores',
      'blocks.0.attn.hook_pattern',
      'blocks.0.attn.hook_z',
      'blocks.0.hook_attn_out',
      'blocks.0.hook_resid_mid',
      'blocks.0.ln2.hook_normalized',
      'blocks.0.mlp.hook_pre',
      'blocks.0.mlp.hook_post',
      'blocks.0.hook_mlp_out',
      'blocks.0.hook_resid_post',
      'ln_final.hook_normalized',
    ]);
    expect(activationNames({ nLayer: 2 }, 3)).toMatchSnapshot();
  });

  it('has thought c after the pass that computes it', () => {
    const names = activationNames({ nLayer: 1 }, 3);
    expect(names.filter((name) => /thoughts|embed$/.test(name))).toEqual([
      'pass.0.hook_embed',
      'pass.0.hook_pos_embed',
      'thoughts.1',
      'pass.1.hook_embed',
      'pass.1.hook_pos_embed',
      'thoughts.2',
      'pass.2.hook_embed',
      'pass.2.hook_pos_embed',
    ]);
  });

  it('knows the axes of each, with and without pass', () => {
    expect(activationAxes('pass.3.blocks.11.attn.hook_pattern')).toEqual(['batch', 'head', 'query', 'key']);
    expect(activationAxes('blocks.0.mlp.hook_pre')).toEqual(['batch', 'position', 'mlp']);
    expect(activationAxes('thoughts.2')).toEqual(['batch', 'model']);
    expect(() => activationAxes('blocks.0.hook_scale')).toThrow(/unknown name \(blocks\.0\.hook_scale\)/);
    expect(() => activationAxes('hook_q')).toThrow(/unknown name/);
  });
});

describe.each(['cpu', 'onnxruntime'] as const)('runWithTrace on %s', (engine) => {
  beforeAll(async () => {
    await useEngine(engine);
  });

  const { config, model, reference } = tiny(2, { nLayer: 2 });
  const prompts = randomPrompts(config, [5, 9], 1);
  const d = config.nEmbd;

  it('keeps only thoughts and final logits unless asked', async () => {
    const trace = await model.runWithTrace(prompts, { thoughts: 2, suffix: SUFFIX });
    const run = await model.run(prompts, { thoughts: 2 });
    // To rounding: a run reads prompts of other lengths in passes of their own.
    expectClose(trace.thoughts.data, run.thoughts.data);
    expectClose(trace.nextLogits.data, (await run.nextTokenLogits(2, SUFFIX)).data);
    expect(trace.thoughtLogits).toBeUndefined();
    expect([...trace.activations.keys()]).toEqual([]);
  });

  it('keeps every activation under its name, with the documented axes', async () => {
    const trace = await model.runWithTrace(prompts, { thoughts: 2, suffix: SUFFIX, activations: /./ });
    expect([...trace.activations.keys()].sort()).toEqual(activationNames(config, 3).sort());
    const shapes = Object.fromEntries(
      [...trace.activations].map(([name, { shape, axes }]) => [name, [axes.join(), shape]]),
    );
    const passes = [
      { T: 9, keys: 9 },
      { T: 1, keys: 10 },
      { T: 3, keys: 13 },
    ];
    passes.forEach(({ T, keys }, p) => {
      expect(shapes[`pass.${p}.hook_embed`]).toEqual(['batch,position,model', [2, T, d]]);
      expect(shapes[`pass.${p}.blocks.1.attn.hook_q`]).toEqual(['batch,position,head,head_width', [2, T, 4, 4]]);
      expect(shapes[`pass.${p}.blocks.0.attn.hook_attn_scores`]).toEqual(['batch,head,query,key', [2, 4, T, keys]]);
      expect(shapes[`pass.${p}.blocks.1.mlp.hook_post`]).toEqual(['batch,position,mlp', [2, T, 64]]);
    });
    expect(shapes['thoughts.2']).toEqual(['batch,model', [2, d]]);
    expect(trace.activations.get('thoughts.2')?.data).toEqual(
      Float32Array.from([0, 1].flatMap((i) => row(trace.thoughts, i).slice(d))),
    );
  });

  it('tells what each pass read', async () => {
    const { passes, padding } = await model.runWithTrace(prompts, { thoughts: 2, suffix: SUFFIX });
    expect(padding).toEqual([4, 0]);
    expect(passes.map(({ pass, start }) => [pass, start])).toEqual([
      [0, 0],
      [1, 9],
      [2, 10],
    ]);
    expect(row(passes[0].tokens, 0)).toEqual([-1, -1, -1, -1, ...prompts[0]]);
    expect(row(passes[0].positions, 0)).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 4]);
    expect(row(passes[0].tokens, 1)).toEqual(prompts[1]);
    expect(row(passes[2].tokens, 0)).toEqual([-1, ...SUFFIX]);
    expect(row(passes[2].positions, 0)).toEqual([6, 7, 8]);
    expect(row(passes[2].positions, 1)).toEqual([10, 11, 12]);
  });

  it('shows what attention did: rows that sum to 1, nothing on padding or the future, scores that give the pattern', async () => {
    const trace = await model.runWithTrace(prompts, { thoughts: 1, suffix: SUFFIX, activations: /pattern|scores/ });
    const pattern = trace.activations.get('pass.1.blocks.1.attn.hook_pattern');
    const scores = trace.activations.get('pass.1.blocks.1.attn.hook_attn_scores');
    if (pattern === undefined || scores === undefined) throw new Error('not kept');
    const [, heads, queries, keys] = pattern.shape;
    for (let i = 0; i < 2 * heads * queries; i++) {
      const batch = Math.floor(i / (heads * queries));
      const position = 9 + (i % queries);
      const weights = Array.from(pattern.data.subarray(i * keys, (i + 1) * keys));
      expectClose([weights.reduce((a, b) => a + b, 0)], [1]);
      weights.forEach((weight, key) => {
        if (key > position || key < trace.padding[batch]) expect(weight).toBe(0);
        else expect(weight).toBeGreaterThan(0);
      });
      const raw = Array.from(scores.data.subarray(i * keys, (i + 1) * keys));
      const top = Math.max(...raw);
      const exps = raw.map((score) => Math.exp(score - top));
      const total = exps.reduce((a, b) => a + b, 0);
      expectClose(
        weights,
        exps.map((x) => x / total),
      );
    }
  });

  it('keeps the same activations as one replay, which has no passes', async () => {
    const trace = await model.runWithTrace(prompts, {
      thoughts: 2,
      suffix: SUFFIX,
      activations: /resid|pattern|hook_z|hook_k/,
    });
    const whole = await model.replay(prompts, trace.thoughts, {
      suffix: SUFFIX,
      activations: /resid|pattern|hook_z|hook_k/,
    });
    expect(row(whole.tokens, 0)).toEqual([-1, -1, -1, -1, ...prompts[0], -1, -1, ...SUFFIX]);
    expect(row(whole.positions, 0)).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expectClose(whole.nextLogits.data, trace.nextLogits.data);
    for (const [name, { data, shape, axes }] of trace.activations) {
      const [pass, bare] = [Number(name.split('.')[1]), name.replace(/^pass\.\d+\./, '')];
      const start = trace.passes[pass].start;
      const other = whole.activations.get(bare);
      if (other === undefined) throw new Error(`${bare} not kept`);
      // Element by element, through the axes; padding attends to padding, differently in the two.
      const index = shape.map(() => 0);
      for (let i = 0; i < data.length; i++) {
        const at = axes.map((axis, a) => (axis === 'position' || axis === 'query' ? index[a] + start : index[a]));
        const asker = at[Math.max(axes.indexOf('position'), axes.indexOf('query'))];
        if (asker >= trace.padding[index[0]]) {
          const flat = at.reduce((sum, value, a) => sum * other.shape[a] + value, 0);
          expectClose([data[i]], [other.data[flat]], 1e-4);
        }
        for (let a = shape.length - 1; a >= 0 && ++index[a] === shape[a]; a--) index[a] = 0;
      }
    }
  });

  it('records what GPT-2 computes: embeddings, residual sums and the final norm', async () => {
    const trace = await model.runWithTrace([prompts[1]], { thoughts: 1, activations: /./ });
    const get = (name: string): Float32Array => {
      const found = trace.activations.get(name);
      if (found === undefined) throw new Error(`${name} not kept`);
      return Float32Array.from(found.data);
    };
    const sum = (a: Float32Array, b: Float32Array): number[] => Array.from(a, (x, i) => x + b[i]);
    expectClose(
      get('pass.0.hook_embed'),
      prompts[1].flatMap((id) => reference.row('wte.weight', id)),
      1e-7,
    );
    expect(get('pass.1.hook_embed')).toEqual(get('thoughts.1'));
    expectClose(get('pass.1.hook_pos_embed'), reference.row('wpe.weight', 9), 1e-7);
    for (const pass of ['pass.0', 'pass.1']) {
      expectClose(
        get(`${pass}.blocks.0.hook_resid_pre`),
        sum(get(`${pass}.hook_embed`), get(`${pass}.hook_pos_embed`)),
      );
      for (const block of [0, 1].map((layer) => `${pass}.blocks.${layer}`)) {
        expectClose(get(`${block}.hook_resid_mid`), sum(get(`${block}.hook_resid_pre`), get(`${block}.hook_attn_out`)));
        expectClose(get(`${block}.hook_resid_post`), sum(get(`${block}.hook_resid_mid`), get(`${block}.hook_mlp_out`)));
      }
      expect(get(`${pass}.blocks.1.hook_resid_pre`)).toEqual(get(`${pass}.blocks.0.hook_resid_post`));
    }
    expectClose(get('pass.0.ln_final.hook_normalized').slice(-d), get('thoughts.1'), 1e-7);
  });

  it('does not let a later token change what came before it', async () => {
    const changed = prompts.map((prompt) => [
      ...prompt.slice(0, -1),
      (prompt[prompt.length - 1] + 1) % config.vocabSize,
    ]);
    const [before, after] = await Promise.all(
      [prompts, changed].map((batch) =>
        model.runWithTrace(batch, { thoughts: 0, activations: 'pass.0.blocks.1.hook_resid_post' }),
      ),
    );
    const rows = (trace: typeof before, i: number): number[] =>
      row(trace.activations.get('pass.0.blocks.1.hook_resid_post') ?? trace.thoughts, i);
    for (let i = 0; i < 2; i++) {
      expect(rows(after, i).slice(0, 8 * d)).toEqual(rows(before, i).slice(0, 8 * d));
      expect(distance(rows(after, i).slice(8 * d), rows(before, i).slice(8 * d))).toBeGreaterThan(0.01);
    }
  });

  it('reads the suffix in pass 0 where there are no thoughts', async () => {
    const trace = await model.runWithTrace(prompts, { thoughts: 0, suffix: SUFFIX, activations: /hook_embed/ });
    expect([...trace.activations.keys()]).toEqual(['pass.0.hook_embed']);
    expect(row(trace.passes[0].tokens, 1)).toEqual([...prompts[1], ...SUFFIX]);
    expectClose(trace.nextLogits.data, (await model.nextTokenLogits(prompts, { thoughts: 0, suffix: SUFFIX })).data);
  });

  it('refuses a selector that picks nothing, and names the nearest', async () => {
    await expect(
      model.runWithTrace(prompts, { thoughts: 1, activations: ['pass.0.blocks.1.hook_resid_pots'] }),
    ).rejects.toThrow(
      /no activation of this run is named so \(pass\.0\.blocks\.1\.hook_resid_pots\); .*hook_resid_post/,
    );
    await expect(model.runWithTrace(prompts, { thoughts: 1, activations: /pass\.2/ })).rejects.toThrow(/pass/);
    await expect(
      model.replay(
        prompts,
        { data: new Float32Array(0), shape: [2, 0, d], dtype: 'float32' },
        { activations: () => false },
      ),
    ).rejects.toThrow(/predicate/);
  });

  it('refuses thoughts of another shape', async () => {
    const { thoughts } = await model.run(prompts, { thoughts: 2 });
    await expect(model.replay([prompts[0]], thoughts)).rejects.toThrow(
      /thoughts: wrong shape or type \(float32 \[2, 2, 16\]\)/,
    );
  });
});
