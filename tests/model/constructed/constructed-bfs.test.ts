import { describe, expect, it } from 'vitest';
import { gpt2TensorShapes, readGpt2 } from '../../../src/checkpoint/index.js';
import { symbolicTokenizer } from '../../../src/tokenizer/index.js';
import { constructedBfs } from '../../../src/model/constructed/index.js';

const FIXTURE = 'fixtures/models/constructed-bfs';

describe('constructedBfs', () => {
  it('is a GPT-2 over the symbolic vocabulary, complete and finite', () => {
    const { config, tensors } = constructedBfs();
    expect(config.vocabSize).toBe(symbolicTokenizer.vocabularySize);
    expect(Object.entries(tensors).map(([name, { shape }]) => [name, shape])).toEqual([...gpt2TensorShapes(config)]);
    for (const { data, shape } of Object.values(tensors)) {
      expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
      expect(data.every(Number.isFinite)).toBe(true);
    }
  });

  it('gives new tensors at every call, so that changing one leaves the next alone', () => {
    const first = constructedBfs();
    first.tensors['wte.weight'].data.fill(7);
    expect(constructedBfs().tensors['wte.weight'].data[0]).toBe(8);
  });

  it('reads back as what it is', async () => {
    const { config, tensors, warnings } = await readGpt2(FIXTURE);
    const built = constructedBfs();
    expect(config).toEqual(built.config);
    expect(warnings).toEqual([]);
    expect(tensors['h.1.mlp.c_fc.bias'].data).toEqual(built.tensors['h.1.mlp.c_fc.bias'].data);
  });
});
