import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatGpt2Config, parseGpt2Config } from '../../src/checkpoint/gpt2-config.js';
import type { Gpt2Config } from '../../src/checkpoint/gpt2-config.js';
import { hasLatentMarkers } from '../../src/checkpoint/latent-markers.js';
import { LensError } from '../../src/errors.js';
import { coconut, tinyConfig } from './tiny-gpt2.js';

/** The keys that the published GPT-2 has, with sizes of a tiny one. */
const published = {
  activation_function: 'gelu_new',
  architectures: ['GPT2LMHeadModel'],
  attn_pdrop: 0.1,
  bos_token_id: 50256,
  embd_pdrop: 0.1,
  eos_token_id: 50256,
  initializer_range: 0.02,
  layer_norm_epsilon: 1e-5,
  model_type: 'gpt2',
  n_ctx: 5,
  n_embd: 4,
  n_head: 2,
  n_layer: 2,
  n_positions: 5,
  resid_pdrop: 0.1,
  summary_activation: null,
  task_specific_params: { 'text-generation': { do_sample: true } },
  vocab_size: 7,
};
const block = {
  format: 'symbolic',
  method: 'constructed',
  thoughts: 6,
  latent_tokens: { start: 3, latent: 5, end: 4 },
  constructed: 'bfs',
  uniform_prob: 0.05,
};
const parse = (change: Record<string, unknown> = {}) => parseGpt2Config('config.json', { ...published, ...change });

describe('parsing', () => {
  it('reads the published form and resolves the defaults', () => {
    expect(parse()).toEqual({ ...tinyConfig, nInner: 16 });
    expect(parse({ n_inner: null }).nInner).toBe(16);
    expect(parse({ n_inner: 6 })).toEqual(tinyConfig);
    expect(parse({ tie_word_embeddings: false }).tieWordEmbeddings).toBe(false);
    expect(parse({ activation_function: undefined, layer_norm_epsilon: undefined }).layerNormEpsilon).toBe(1e-5);
  });

  it('takes n_positions from n_ctx only where it is missing', () => {
    expect(parse({ n_ctx: 99 }).nPositions).toBe(5);
    expect(parse({ n_positions: undefined, n_ctx: 99 }).nPositions).toBe(99);
    expect(() => parse({ n_positions: undefined, n_ctx: undefined })).toThrow(/neither n_positions nor n_ctx/);
  });

  it('accepts keys that change the computation where they hold their default', () => {
    const defaults = {
      scale_attn_weights: true,
      scale_attn_by_inverse_layer_idx: false,
      reorder_and_upcast_attn: false,
      add_cross_attention: false,
    };
    expect(parse(defaults)).toEqual(parse());
  });

  it('accepts other names of the same computation', () => {
    expect(parse({ activation_function: 'gelu_pytorch_tanh' })).toEqual(parse());
    expect(parse({ reorder_and_upcast_attn: true })).toEqual(parse());
  });

  it('reads the coconut block, with and without its optional keys', () => {
    expect(parse({ coconut: block }).coconut).toEqual(coconut);
    expect(parse({ coconut: { ...block, constructed: undefined, uniform_prob: undefined } }).coconut).toEqual({
      format: 'symbolic',
      method: 'constructed',
      thoughts: 6,
      latentTokens: { start: 3, latent: 5, end: 4 },
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['model_type', 'llama', /is of another architecture \("llama", GPT2LMHeadModel\); Coconut checkpoints of GPT-2/],
    ['model_type', undefined, /model_type: /],
    ['vocab_size', undefined, /vocab_size: /],
    ['vocab_size', 0, /vocab_size: /],
    ['n_embd', 4.5, /n_embd: /],
    ['n_layer', '2', /n_layer: /],
    ['n_layer', 1_000_000_000, /n_layer: /],
    ['n_head', -2, /n_head: /],
    ['n_inner', 0, /n_inner: /],
    ['layer_norm_epsilon', 0, /layer_norm_epsilon: /],
    ['layer_norm_epsilon', -1e-5, /layer_norm_epsilon: /],
    ['activation_function', 'relu', /activation_function: .*gelu_new/],
    ['activation_function', 'gelu', /activation_function: .*gelu_new.*; a model that was trained so computes/],
    ['scale_attn_weights', false, /scale_attn_weights: /],
    ['scale_attn_by_inverse_layer_idx', true, /scale_attn_by_inverse_layer_idx: /],
    ['reorder_and_upcast_attn', 'yes', /reorder_and_upcast_attn: /],
    ['add_cross_attention', true, /add_cross_attention: /],
    ['tie_word_embeddings', 'yes', /tie_word_embeddings: /],
    ['n_head', 3, /n_embd \(4\) is not a multiple of n_head \(3\)/],
    ['coconut', 'yes', /coconut: /],
    ['coconut', { ...block, format: 'latin' }, /coconut\.format: /],
    ['coconut', { ...block, method: '' }, /coconut\.method: /],
    ['coconut', { ...block, thoughts: -1 }, /coconut\.thoughts: /],
    ['coconut', { ...block, uniform_prob: 1.5 }, /coconut\.uniform_prob: /],
    ['coconut', { ...block, uniform_probability: 0 }, /coconut: .*"uniform_probability"/],
    ['coconut', { ...block, latent_tokens: { start: 1, end: 2 } }, /coconut\.latent_tokens\.latent: /],
    [
      'coconut',
      { ...block, latent_tokens: { start: 1, latent: 7, end: 2 } },
      /\(7\) is outside the vocabulary \(vocab_size 7\)/,
    ],
    ['coconut', { ...block, latent_tokens: { start: 1, latent: 1, end: 2 } }, /not distinct \(1, 1, 2\)/],
    ...['coconut', 'pause', 'CoT'].map((method): [string, unknown, RegExp] => [
      'coconut',
      { ...block, method, latent_tokens: undefined },
      new RegExp(`latent_tokens are missing, and the method reads them \\(${method}\\); give the ids`),
    ]),
  ])('refuses %s: %j', (key, value, message) => {
    const act = (): unknown => parse({ [key]: value });
    expect(act).toThrow(LensError);
    expect(act).toThrow(message);
    expect(act).toThrow(/^config\.json: [^\n]+; [^\n]+$/);
  });

  it('does not send whoever has the coconut block wrong to transformers, which does not know it', () => {
    expect(() => parse({ coconut: { ...block, format: 'latin' } })).toThrow(
      /^config\.json: the "coconut" block is not as expected \(coconut\.format: .*\); correct it; docs\/files\.md says/,
    );
    expect(() => parse({ coconut: { ...block, format: 'latin' }, n_layer: 0 })).toThrow(
      /config\.json that Hugging Face/,
    );
  });

  it('has no list of keys for the configuration of another architecture', () => {
    const other = { hidden_size: 768, num_attention_heads: 12, a: 1, b: 2, c: 3, d: 4 };
    expect(() => parseGpt2Config('config.json', other)).toThrow(
      "config.json: has none of GPT-2's sizes (it has hidden_size, num_attention_heads, a, b, c, …); use the config.json",
    );
    expect(() => parseGpt2Config('config.json', {})).toThrow('config.json: is empty; use the config.json');
  });

  it('lists everything that is wrong at once', () => {
    expect(() => parse({ n_embd: 'x', n_layer: 0 })).toThrow(/n_embd: .*; n_layer: /);
  });

  it('refuses any other JSON with a LensError', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => parseGpt2Config('config.json', value)).toThrow(LensError);
      }),
    );
  });
});

describe('formatting', () => {
  it('writes two-space JSON with sorted keys and a newline', () => {
    expect(formatGpt2Config('config.json', { ...tinyConfig, coconut })).toBe(`{
  "activation_function": "gelu_new",
  "architectures": [
    "GPT2LMHeadModel"
  ],
  "coconut": {
    "constructed": "bfs",
    "format": "symbolic",
    "latent_tokens": {
      "end": 4,
      "latent": 5,
      "start": 3
    },
    "method": "constructed",
    "thoughts": 6,
    "uniform_prob": 0.05
  },
  "layer_norm_epsilon": 0.00001,
  "model_type": "gpt2",
  "n_embd": 4,
  "n_head": 2,
  "n_inner": 6,
  "n_layer": 2,
  "n_positions": 5,
  "tie_word_embeddings": true,
  "vocab_size": 7
}
`);
  });

  it('gives back any configuration it was given', () => {
    const positive = fc.integer({ min: 1, max: 2 ** 31 });
    const latentTokens = fc
      .uniqueArray(fc.nat({ max: 49 }), { minLength: 3, maxLength: 3 })
      .map(([start, latent, end]) => ({ start, latent, end }));
    const text = fc.string({ minLength: 1 });
    const config = fc
      .record({ nHead: fc.integer({ min: 1, max: 64 }), headWidth: fc.integer({ min: 1, max: 128 }) })
      .chain(({ nHead, headWidth }) =>
        fc.record(
          {
            vocabSize: fc.integer({ min: 50, max: 60_000 }),
            nPositions: positive,
            nEmbd: fc.constant(nHead * headWidth),
            nLayer: fc.integer({ min: 1, max: 100 }),
            nHead: fc.constant(nHead),
            nInner: positive,
            layerNormEpsilon: fc.double({ min: 1e-12, max: 1, noNaN: true }),
            tieWordEmbeddings: fc.boolean(),
            assumed: fc.dictionary(fc.constantFrom('n_head', 'coconut.thoughts'), text),
            coconut: fc.record(
              {
                format: fc.constantFrom('symbolic' as const, 'english' as const),
                method: text.filter(hasLatentMarkers),
                thoughts: fc.nat(),
                latentTokens,
                latentNames: fc.record({ start: text, latent: text, end: text }),
                constructed: text,
                uniformProb: fc.double({ min: 0, max: 1, noNaN: true }).map((p) => p + 0),
              },
              { requiredKeys: ['format', 'method', 'thoughts', 'latentTokens'] },
            ),
          },
          {
            requiredKeys: [
              'vocabSize',
              'nPositions',
              'nEmbd',
              'nLayer',
              'nHead',
              'nInner',
              'layerNormEpsilon',
              'tieWordEmbeddings',
            ],
          },
        ),
      );
    fc.assert(
      fc.property(config, (value) => {
        expect(parseGpt2Config('config.json', JSON.parse(formatGpt2Config('config.json', value)))).toEqual(value);
      }),
    );
  });

  it.each(['cot', 'no-cot', 'no-thoughts'])(
    'writes %s without latent tokens, which such models never saw',
    (method) => {
      const config: Gpt2Config = { ...tinyConfig, coconut: { format: 'english', method, thoughts: 0 } };
      const text = formatGpt2Config('config.json', config);
      expect(text).not.toContain('latent_tokens');
      expect(parseGpt2Config('config.json', JSON.parse(text))).toEqual(config);
    },
  );

  it('refuses what could not be read back', () => {
    expect(() => formatGpt2Config('config.json', { ...tinyConfig, nHead: 3 })).toThrow(/not a multiple of n_head/);
    expect(() => formatGpt2Config('config.json', { ...tinyConfig, layerNormEpsilon: NaN })).toThrow(LensError);
  });
});
