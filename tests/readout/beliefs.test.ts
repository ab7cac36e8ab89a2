import { describe, expect, it } from 'vitest';
import { itemGraph } from '../../src/dataset/index.js';
import {
  beliefCategories,
  observeNames,
  observePrior,
  observeValues,
  readEntityBelief,
  readQuestionPrior,
} from '../../src/readout/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { fixtureModel, smallItems } from './fixture-models.js';
import { itemOf } from './records.js';

const options = { seed: 1, resamples: 20 };

/**
 *     0 -> 1 -> 3 (target)      5 -> 6 (decoy)
 *     0 -> 2 -> 4,  1 -> 4
 */
const item = itemOf(7, [[0, 1], [0, 2], [1, 3], [2, 4], [1, 4], [5, 6]], { target: 3, decoy: 6 }); // prettier-ignore
const graph = itemGraph(item);
const logs = (...weights: number[]): number[] => weights.map((weight) => Math.log(weight));

describe('beliefCategories', () => {
  it('goes by the step that comes next on a shortest path', () => {
    expect(beliefCategories(graph, item, 0)).toEqual([
      'other', 'correctNext', 'wrongNeighbour', 'target', 'other', 'other', 'other',
    ]); // prettier-ignore
    // Of 1, the node at depth 1 on the path, 4 is the wrong neighbour; the target is the next step, and itself.
    expect(beliefCategories(graph, item, 1)).toEqual([
      'other', 'other', 'other', 'target', 'wrongNeighbour', 'other', 'other',
    ]); // prettier-ignore
    expect(new Set(beliefCategories(graph, item, 2))).toEqual(new Set(['other', 'target']));
  });
});

describe('readEntityBelief', () => {
  const observation = {
    item,
    logProbabilities: [logs(0.05, 0.2, 0.1, 0.05, 0.05, 0.025, 0.025), logs(1, 1, 1, 8, 2, 1, 2)],
  };
  const { perThought } = readEntityBelief([observation], options);
  const [none, one] = perThought;

  it('normalises over the nodes, and has equal probabilities beside', () => {
    const [target, next, wrong, other] = none.categories;
    expect(next.probability.value).toBeCloseTo(0.4, 12);
    expect(wrong.probability.value).toBeCloseTo(0.2, 12);
    expect(target.probability.value).toBeCloseTo(0.1, 12);
    expect(other.probability.value).toBeCloseTo(0.3, 12);
    expect(other.uniform.value).toBeCloseTo(4 / 7, 12);
    expect(none.nodeMass.value).toBeCloseTo(0.5, 12);
    expect(none.uniformBits.value).toBeCloseTo(Math.log2(7), 12);
    // .1 .4 .2 .1 .1 .05 .05
    const bits = [0.1, 0.4, 0.2, 0.1, 0.1, 0.05, 0.05].reduce((sum, p) => sum - p * Math.log2(p), 0);
    expect(none.entropyBits.value).toBeCloseTo(bits, 12);
  });

  it('has null where no item has a node of a category', () => {
    const [target, next] = one.categories;
    expect(next).toMatchObject({ name: 'correctNext', probability: { value: null, n: 0 }, uniform: { value: null } });
    expect(target.probability.value).toBeCloseTo(0.5, 12);
    expect(one.targetMajority).toMatchObject({ value: 0, n: 1 });
    expect(JSON.parse(JSON.stringify(perThought))).toEqual(perThought);
  });

  it('survives probabilities that underflow', () => {
    const far = { item, logProbabilities: [[-800, -801, -900, -900, -900, -900, -900]] };
    const [{ entropyBits, nodeMass }] = readEntityBelief([far], options).perThought;
    expect(entropyBits.value).toBeGreaterThan(0.5);
    expect(nodeMass.value).toBe(0);
  });
});

describe('readQuestionPrior', () => {
  const result = readQuestionPrior(
    [
      { item, before: logs(0.1, 0.2, 0.2, 0.3, 0.1, 0.05, 0.05), answer: logs(0, 0, 0, 0.6, 0, 0, 0.2) },
      { item, before: logs(1, 1, 1, 1, 1, 1, 1), answer: logs(0, 0, 0, 0.1, 0, 0, 0.3) },
    ],
    options,
  );

  it('sets the target against the decoy, and the children against equal shares', () => {
    const { before, answer } = result;
    expect(before.target.value).toBeCloseTo((0.3 + 1 / 7) / 2, 12);
    expect(before.targetShare.value).toBeCloseTo((6 / 7 + 1 / 2) / 2, 12);
    // A tie counts half.
    expect(before.targetAbove).toMatchObject({ value: 0.75, n: 2, clusters: 1 });
    expect(before.frontier.value).toBeCloseTo((0.4 + 2 / 7) / 2, 12);
    expect(before.frontierUniform.value).toBeCloseTo(2 / 7, 12);
    expect(answer.targetShare.value).toBeCloseTo((0.75 + 0.25) / 2, 12);
    expect(answer.targetAbove.value).toBe(0.5);
    expect(answer.targetMajority.value).toBe(0.5);
    expect(answer.nodeMass.value).toBeCloseTo((0.8 + 0.4) / 2, 12);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

describe('names read off the models in fixtures', () => {
  const items = smallItems(20);

  it('are at c = 0 what the first thought says, and what the question alone says', async () => {
    const model = await fixtureModel('prosqa-small-coconut');
    const names = await observeNames(model, items, symbolicWording, 2);
    const values = await observeValues(model, items, symbolicWording, 2);
    const prior = await observePrior(model, items, symbolicWording);
    model.dispose();
    items.forEach((_, row) => {
      for (const c of [0, 1]) {
        names[row].logProbabilities[c].forEach((x, node) =>
          // Thought c + 1 is the hidden state after c thoughts; both are float32.
          expect(Math.exp(x)).toBeCloseTo(values[row].values[c][node], 4),
        );
      }
      prior[row].before.forEach((x, node) => expect(x).toBeCloseTo(names[row].logProbabilities[0][node], 4));
    });
    const { before, answer } = readQuestionPrior(prior, options);
    // This model cannot answer without thoughts; what it sees at once are the root's children.
    expect(before.frontier.value).toBeGreaterThan(0.95);
    expect(Math.abs((answer.targetShare.value ?? 0) - 0.5)).toBeLessThan(0.25);
    const { perThought } = readEntityBelief(names, options);
    const [target] = perThought[2].categories;
    expect(target.probability.value).toBeGreaterThan(0.8);
  });
});
