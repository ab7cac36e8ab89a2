import { describe, expect, it } from 'vitest';
import type { Gpt2Config } from '../../../src/checkpoint/index.js';
import { WeightBuilder } from '../../../src/model/constructed/weight-builder.js';
import { PlainGpt2 } from './plain-gpt2.js';

/** Four features in eight dimensions, two heads of four dimensions. */
const config: Gpt2Config = {
  vocabSize: 3,
  nPositions: 4,
  nEmbd: 8,
  nLayer: 1,
  nHead: 2,
  nInner: 2,
  layerNormEpsilon: 1e-12,
  tieWordEmbeddings: true,
};

/** Tokens 0..2 are features 0..2 with norm 1; feature 3 is theirs to fill. */
function start(unit: number): WeightBuilder {
  const builder = new WeightBuilder(config, unit);
  for (let id = 0; id < 3; id++) builder.embed('wte', id, [[id, 1]]);
  builder.normalize('h.0.ln_1', 1);
  builder.normalize('h.0.ln_2', 1);
  return builder;
}

/** What the final norm lets through of features 0..3, in units, for norm 1 in them. */
function featuresAfter(builder: WeightBuilder, unit: number, ids: readonly number[]): number[] {
  builder.project('ln_f', { start: 0, size: 4 });
  const hidden = new PlainGpt2({ config, tensors: builder.tensors }).start().tokens(ids);
  for (let f = 0; f < 4; f++) expect(hidden[2 * f + 1]).toBeCloseTo(-hidden[2 * f], 6);
  return [0, 1, 2, 3].map((f) => hidden[2 * f] / unit);
}

function expectFeatures(actual: readonly number[], expected: readonly number[]): void {
  // Weights are float32.
  expected.forEach((value, f) => expect(actual[f]).toBeCloseTo(value, 5));
}

describe('WeightBuilder', () => {
  it('passes embeddings on with norm 1 when nothing is built', () => {
    expectFeatures(featuresAfter(start(8), 8, [1]), [0, 1, 0, 0]);
  });

  it.each([1, 8])('copies what a head attends to, by the score it was given (unit %d)', (unit) => {
    const builder = start(unit);
    const head = builder.head(0, 1);
    // From token 2: token 0 scores log 3 more than token 1 and than token 2 itself.
    head.score({ features: [[2, 1]] }, { features: [[0, Math.log(3)]] });
    head.score({ bias: 5 }, { bias: 7 });
    head.copy(0, 3, 2);
    // Shares 3/5, 1/5, 1/5: feature 3 is 2 * 3/5 beside feature 2's 1.
    const norm = Math.hypot(1, 1.2);
    expectFeatures(featuresAfter(builder, unit, [0, 1, 2]), [0, 0, 1 / norm, 1.2 / norm]);
  });

  it('writes what a neuron reads', () => {
    const builder = start(8);
    // 40 x feature 1 - 20, far from GELU's bend: 20 for token 1.
    builder.neuron(0, { features: [[1, 40]], bias: -20 }, [[3, 1 / 20]]);
    expectFeatures(featuresAfter(builder, 8, [1]), [0, Math.SQRT1_2, 0, Math.SQRT1_2]);
    expectFeatures(featuresAfter(builder, 8, [2]), [0, 0, 1, 0]);
  });

  it('lets only one block through the final norm', () => {
    const builder = start(8);
    builder.embed('wte', 0, [[3, 1]]);
    builder.project('ln_f', { start: 3, size: 1 });
    const hidden = new PlainGpt2({ config, tensors: builder.tensors }).start().tokens([0]);
    expect([...hidden.slice(0, 6)].every((x) => x === 0)).toBe(true);
    expect(hidden[6]).toBeCloseTo(8 * Math.SQRT1_2, 5);
  });

  it('says when a head or an MLP is full', () => {
    const builder = start(1);
    const head = builder.head(0, 0);
    for (let i = 0; i < 4; i++) {
      head.score({}, {});
      head.copy(0, 1);
    }
    expect(() => head.score({}, {})).toThrow('head 0.0 has only 4 dimensions');
    expect(() => head.copy(0, 1)).toThrow('head 0.0 has only 4 dimensions');
    for (let i = 0; i < 2; i++) builder.neuron(0, {}, []);
    expect(() => builder.neuron(0, {}, [])).toThrow('layer 0 has only 2 neurons');
  });
});
