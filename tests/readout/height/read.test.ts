import { describe, expect, it } from 'vitest';
import { readHeight } from '../../../src/readout/index.js';
import { itemOf } from '../records.js';
import { valuesFor } from '../values.js';

const options = { seed: 1, resamples: 20 };

/**
 *     0 -> 1 -> 5 -> 7 (target)       1: longest 2, shortest 1 (to 6); 3 descendants; correct
 *          1 -> 6
 *     0 -> 2 -> 8                     2: 1, 1; 1 descendant; incorrect
 *     0 -> 3 -> 9, 3 -> 10            3: 1, 1; 2 descendants; incorrect
 *     0 -> 4                          4: 0, 0; none; incorrect
 *     11 -> 12 (decoy)
 */
const item = itemOf(
  13,
  [[0, 1], [0, 2], [0, 3], [0, 4], [1, 5], [1, 6], [5, 7], [2, 8], [3, 9], [3, 10], [11, 12]],
  { target: 7, decoy: 12 },
); // prettier-ignore
const at = (values: Record<number, number>): number[] => item.names.map((_, node) => values[node] ?? 0);

describe('readHeight', () => {
  const { perThought } = readHeight([valuesFor(item, at({ 1: 0.4, 2: 0.3, 3: 0.1, 4: 0.05 }), at({ 5: 1 }))], options);
  const [{ longest, shortest, items }, second] = perThought;

  it('gives values by height, for both definitions', () => {
    expect(items).toBe(1);
    expect(longest.byHeight).toMatchObject([
      {
        height: 0,
        correct: { value: null, n: 0 },
        incorrect: { value: 0.05, n: 1 },
        nodes: { correct: 0, incorrect: 1 },
      },
      {
        height: 1,
        correct: { value: null, n: 0 },
        incorrect: { value: 0.2, n: 1 },
        nodes: { correct: 0, incorrect: 2 },
      },
      {
        height: 2,
        correct: { value: 0.4, n: 1 },
        incorrect: { value: null, n: 0 },
        nodes: { correct: 1, incorrect: 0 },
      },
    ]);
    expect(shortest.byHeight).toMatchObject([
      { height: 0, incorrect: { value: 0.05 } },
      { height: 1, correct: { value: 0.4 }, incorrect: { value: 0.2 } },
    ]);
    expect(shortest.byHeight).toHaveLength(2);
  });

  it('compares correct and incorrect nodes inside strata alone', () => {
    expect(longest.gap.value).toBeCloseTo(0.4 - 0.15, 12);
    // By the longest distance no correct node has an incorrect one of its height.
    expect(longest.gapAtEqualHeight.value).toBeNull();
    expect(shortest.gapAtEqualHeight.value).toBeCloseTo(0.4 - 0.2, 12);
    // 3 descendants are in no band with 1 or 2.
    expect(shortest.gapAtEqualHeightAndDescendants.value).toBeNull();
  });

  it('weights strata by n_c n_i / (n_c + n_i)', () => {
    // At depth 1: correct 1 (height 1), incorrect 2 and 3 (height 1); by value .5 against .1 and .3. At height 2 one each.
    const two = itemOf(
      14,
      [[0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [1, 6], [2, 7], [3, 8], [4, 9], [9, 6], [5, 10], [10, 11], [12, 13]],
      { target: 6, decoy: 13 },
    ); // prettier-ignore
    const values = two.names.map((_, node) => ({ 1: 0.5, 2: 0.1, 3: 0.3, 4: 0.2, 5: 0.6 })[node] ?? 0);
    const [{ longest: result }] = readHeight([valuesFor(two, values)], options).perThought;
    // Height 1: .5 - .2 with weight 2/3; height 2: .2 - .6 with weight 1/2. Descendants are equal in each.
    const expected = ((2 / 3) * 0.3 + (1 / 2) * -0.4) / (2 / 3 + 1 / 2);
    expect(result.gapAtEqualHeight.value).toBeCloseTo(expected, 12);
    expect(result.gapAtEqualHeightAndDescendants.value).toBeCloseTo(expected, 12);
  });

  it('correlates value and height, and takes out descendants', () => {
    // Incorrect: values .3 .1 .05, heights 1 1 0, descendants 1 2 0.
    const { plain, partial } = longest.correlation.incorrect;
    const r = (x: number[], y: number[]): number => {
      const [mx, my] = [x, y].map((all) => all.reduce((a, b) => a + b) / all.length);
      const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0);
      const covariance = sum((i) => (x[i] - mx) * (y[i] - my));
      return covariance / Math.sqrt(sum((i) => (x[i] - mx) ** 2) * sum((i) => (y[i] - my) ** 2));
    };
    const [v, h, d] = [[0.3, 0.1, 0.05], [1, 1, 0], [1, 2, 0]]; // prettier-ignore
    expect(plain.value).toBeCloseTo(r(v, h), 10);
    const expected = (r(v, h) - r(v, d) * r(h, d)) / Math.sqrt((1 - r(v, d) ** 2) * (1 - r(h, d) ** 2));
    expect(partial.value).toBeCloseTo(expected, 10);
    // One node has no correlation.
    expect(longest.correlation.correct.plain).toMatchObject({ value: null, n: 1 });
  });

  it('counts an item no longer once its target is passed, and has null where nothing is left', () => {
    expect(second.items).toBe(1);
    const past = readHeight([valuesFor(item, at({}), at({}), at({}), at({}))], options).perThought[3];
    expect(past).toMatchObject({ items: 0, longest: { byHeight: [], gap: { value: null, n: 0 } } });
  });

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(perThought))).toEqual(perThought);
  });
});
