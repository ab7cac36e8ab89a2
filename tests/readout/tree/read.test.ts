import { describe, expect, it } from 'vitest';
import { observeValues, readTree } from '../../../src/readout/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { fixtureModel, smallItems } from '../fixture-models.js';
import { itemOf } from '../records.js';
import { valuesFor } from '../values.js';

/**
 *     0 -> 1 -> 4 (target)      0 -> 3     0 -> 4 is not there
 *     0 -> 2 -> 4               5 -> 6 (decoy)
 */
const item = itemOf(7, [[0, 1], [0, 2], [0, 3], [1, 4], [2, 4], [5, 6]], { target: 4, decoy: 6 }); // prettier-ignore
const options = { seed: 1, resamples: 20 };

describe('readTree', () => {
  const result = readTree(
    [valuesFor(item, [0, 0.1, 0.1, 0.2, 0.05, 0, 0.15], [0, 0, 0, 0, 0.5, 0, 0.3], [0, 0, 0, 0, 0.5, 0, 0])],
    options,
  );
  const [tree] = result.trees;
  const [first, second, third] = result.perThought;

  it('links every node to all its parents one step nearer to the root', () => {
    expect(tree.depths).toEqual([0, 1, 1, 1, 2, null, null]);
    expect(tree.parents).toEqual([[], [0], [0], [0], [1, 2], [], []]);
    expect(tree.reachesTarget).toEqual([true, true, true, false, true, false, false]);
  });

  it('keeps raw values and normalises over the nodes at depth c', () => {
    expect(tree.perThought[0].values).toEqual([0, 0.1, 0.1, 0.2, 0.05, 0, 0.15]);
    expect(tree.perThought[0].normalised.map((x) => x && Math.round(x * 1000))).toEqual([
      null, 250, 250, 500, null, null, null,
    ]); // prettier-ignore
    expect(tree.perThought[1].normalised).toEqual([null, null, null, null, 1, null, null]);
  });

  it('sums up the candidates', () => {
    expect(first.candidates).toMatchObject({ value: 3, n: 1 });
    expect(first.candidateMass.value).toBeCloseTo(0.4, 12);
    expect(first.graphMass.value).toBeCloseTo(0.6, 12);
    expect(first.highest.value).toBe(0.2);
    // 1/4, 1/4, 1/2: 1.5 bits of log2 3.
    expect(first.evenness.value).toBeCloseTo(1.5 / Math.log2(3), 12);
  });

  it('has the chance level of top-1 correct beside it: two of three candidates lead to the target', () => {
    expect(first.topCorrect).toMatchObject({ rate: { value: 0 }, chance: { value: 2 / 3 }, excess: { value: -2 / 3 } });
    expect(second.topCorrect).toMatchObject({ rate: { value: 1 }, chance: { value: 1 }, excess: { value: 0 } });
  });

  it('has null and n = 0 where there are no candidates, and where one candidate cannot be uneven', () => {
    expect(second.evenness).toMatchObject({ value: null, n: 0 });
    for (const estimate of [third.candidates, third.highest, third.topCorrect.rate, third.topCorrect.chance]) {
      expect(estimate).toEqual({ value: null, low: null, high: null, n: 0, clusters: 0 });
    }
    expect(third.graphMass).toMatchObject({ value: 0.5, n: 1 });
    expect(tree.perThought[2].normalised).toEqual(new Array(7).fill(null));
  });

  it('takes the chance over tokens where nodes share one', () => {
    const shared = { ...valuesFor(item, [0, 0.1, 0.1, 0.1, 0, 0, 0]), readAs: [0, 1, 2, 2, 4, 5, 6] };
    // Token 1 is right; token 2 names nodes 2 and 3, of which one is: (1 + 1/2) / 2.
    expect(readTree([shared], options).perThought[0].topCorrect.chance.value).toBe(3 / 4);
  });

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(readTree([], options)).toMatchObject({ items: 0, scorer: null, perThought: [], trees: [] });
  });
});

describe('the tree of prosqa-small-coconut', () => {
  it('has its values on the candidates, in the end on the one that leads to the target', async () => {
    const model = await fixtureModel('prosqa-small-coconut');
    const result = readTree(await observeValues(model, smallItems(40), symbolicWording, 3), options);
    model.dispose();
    expect(result.scorer).toBe('firstToken');
    for (const { candidateMass } of result.perThought) expect(candidateMass.value).toBeGreaterThan(0.9);
    const { rate, chance } = result.perThought[2].topCorrect;
    expect(rate.value).toBeGreaterThan(0.95);
    expect(chance.value).toBeLessThan(0.95);
  });
});
