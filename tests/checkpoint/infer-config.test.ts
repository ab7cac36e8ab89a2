import { describe, expect, it } from 'vitest';
import { inferCoconut, type Gpt2Config } from '../../src/checkpoint/index.js';
import { gpt2TensorShapes } from '../../src/checkpoint/gpt2-weights.js';
import { inferGpt2Config } from '../../src/checkpoint/infer-config.js';
import { coconut, tinyConfig } from './tiny-gpt2.js';

const superposition: Gpt2Config = {
  ...tinyConfig,
  vocabSize: 40,
  nPositions: 1024,
  nEmbd: 768,
  nLayer: 2,
  nHead: 8,
  nInner: 3072,
};

function kinds(config: Gpt2Config): Map<string, { dtype: string; shape: readonly number[] }> {
  return new Map([...gpt2TensorShapes(config)].map(([name, shape]) => [name, { dtype: 'F32', shape }]));
}

describe('files without a configuration', () => {
  it("reasoning-by-superposition's layout gets its published configuration: 8 heads and 4 thoughts, assumed", () => {
    const { config, assumed } = inferGpt2Config('file', kinds(superposition));
    expect(config).toMatchObject({ nHead: 8, nLayer: 2, nEmbd: 768 });
    expect(assumed[0]).toEqual({
      name: 'n_head',
      value: '8',
      evidence: 'as published for a model of these sizes, arXiv 2505.12514',
    });
    const about = inferCoconut('file', config, {}, { isCoconutModule: true });
    expect(about.coconut).toMatchObject({ format: 'symbolic', method: 'coconut', thoughts: 4 });
    expect(about.assumed).toContainEqual(expect.objectContaining({ name: 'coconut.thoughts', value: '4' }));
  });

  it.each<[string, Partial<Gpt2Config>, number]>([
    ["GPT-2's vocabulary", { vocabSize: 50_260 }, 12],
    ['another depth', { nLayer: 3 }, 12],
    ['another width', { nEmbd: 128 }, 2],
  ])('%s: the width by 64', (_, change, heads) => {
    const { config, assumed } = inferGpt2Config('file', kinds({ ...superposition, ...change }));
    expect(config.nHead).toBe(heads);
    expect(config.assumed).toEqual(Object.fromEntries(assumed.map(({ name, evidence }) => [name, evidence])));
  });

  it('what is said is not assumed, and an English model has six thoughts', () => {
    const known = { nHead: 4, layerNormEpsilon: 1e-6, activation: 'gelu_new' as const };
    const english = { ...superposition, vocabSize: 50_260 };
    const { config, assumed } = inferGpt2Config('file', kinds(english), undefined, known);
    expect(config).toMatchObject({ nHead: 4, layerNormEpsilon: 1e-6 });
    expect(assumed).toEqual([]);
    expect(config).not.toHaveProperty('assumed');
    expect(inferCoconut('file', config, {}, { isCoconutModule: true }).coconut?.thoughts).toBe(6);
  });

  it('a doubt of config.json stays one until somebody says the setting', () => {
    const given: Gpt2Config = {
      ...superposition,
      coconut: { ...coconut, latentTokens: { start: 31, latent: 33, end: 32 } },
      assumed: { n_head: 'a guess', 'coconut.thoughts': 'another' },
    };
    const { config, assumed, inferred } = inferGpt2Config('file', kinds(superposition), given);
    expect(assumed).toEqual([{ name: 'n_head', value: '8', evidence: 'a guess' }]);
    expect(inferred).toContainEqual({ name: 'layer_norm_epsilon', value: '0.00001', evidence: 'config.json' });
    const about = inferCoconut('file', config, {}, { isCoconutModule: false });
    expect(about.assumed).toEqual([{ name: 'coconut.thoughts', value: '6', evidence: 'another' }]);
    const said = inferCoconut('file', config, { thoughts: 4 }, { isCoconutModule: false });
    expect(said.assumed).toEqual([]);
  });

  it('latent tokens of the tokenizer go before those of the vocabulary', () => {
    const english = { ...superposition, vocabSize: 50_261 };
    const tokens = { start: 50_258, end: 50_259, latent: 50_260 };
    const seen = { isCoconutModule: true, markers: { tokens, file: 'tokenizer.json' } };
    expect(inferCoconut('file', english, {}, seen).inferred).toContainEqual({
      name: 'coconut.latent_tokens',
      value: JSON.stringify(tokens),
      evidence: 'tokenizer.json',
    });
    // Without one they are only usual.
    const { assumed } = inferCoconut('file', english, {}, { isCoconutModule: true });
    expect(assumed.map(({ name }) => name)).toContain('coconut.latent_tokens');
  });
});
