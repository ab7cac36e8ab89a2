import { describe, expect, it } from 'vitest';
import { observeLogitLens, observeValues, readLogitLens } from '../../../src/readout/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { fixtureModel, smallItems } from '../fixture-models.js';
import { itemOf } from '../records.js';

const options = { seed: 1, resamples: 20 };
// 1 and 2 are the frontier of thought 1, 3 the target; 4 and 5 are never reached.
const item = itemOf(6, [[0, 1], [0, 2], [1, 3], [4, 5]], { target: 3, decoy: 5 }); // prettier-ignore

describe('readLogitLens', () => {
  const reading = { logits: [0, 3, 1, 0, 2, 0], probabilities: [0.1, 0.4, 0.1, 0, 0.2, 0] };
  const { perThought } = readLogitLens([{ item, layers: [[reading, reading, reading], [reading, reading, reading]] }], options); // prettier-ignore

  it('sets the nodes at depth c against those that are never reached', () => {
    expect(perThought).toHaveLength(3);
    const [{ layers }] = perThought;
    expect(layers.map(({ layer }) => layer)).toEqual([0, 1]);
    // {3, 1} against {2, 0}: three of four pairs.
    expect(layers[1].auc).toMatchObject({ value: 0.75, n: 1 });
    expect(layers[1].logitGap.value).toBe(1);
    expect(layers[1].frontierMass.value).toBeCloseTo(0.5, 12);
    expect(layers[1].neverMass.value).toBeCloseTo(0.2, 12);
    expect(layers[1].nodeMass.value).toBeCloseTo(0.8, 12);
    // At thought 2 the frontier is node 3: as high as one of them, below the other.
    expect(perThought[1].layers[0].auc.value).toBe(0.25);
  });

  it('has null where there is no frontier', () => {
    const [layer] = perThought[2].layers;
    for (const estimate of [layer.auc, layer.logitGap, layer.frontierMass]) {
      expect(estimate).toMatchObject({ value: null, n: 0 });
    }
    expect(layer.neverMass.n).toBe(1);
    expect(JSON.parse(JSON.stringify(perThought))).toEqual(perThought);
  });
});

describe('observeLogitLens', () => {
  it('has at the last layer what the thought itself says, and less before', async () => {
    const model = await fixtureModel('prosqa-small-coconut');
    const items = smallItems(8);
    const lens = await observeLogitLens(model, items, symbolicWording, 3);
    const values = await observeValues(model, items, symbolicWording, 3);
    model.dispose();
    lens.forEach(({ layers }, row) => {
      expect(layers).toHaveLength(2);
      layers[1].forEach(({ probabilities }, c) =>
        probabilities.forEach((p, node) => expect(p).toBeCloseTo(values[row].values[c][node], 4)),
      );
    });
    const [{ layers }] = readLogitLens(lens, options).perThought;
    expect(layers[1].auc.value).toBeGreaterThan(0.95);
    expect(layers[0].auc.value).toBeLessThan(0.9);
  });
});
