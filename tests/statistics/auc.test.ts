import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc, RankedContrasts, type GroupContrast } from '../../src/statistics/index.js';

/** The definition itself: every positive against every negative. */
function bruteForce(scores: readonly number[], labels: readonly boolean[]): number {
  let wins = 0;
  let pairs = 0;
  scores.forEach((a, i) => {
    scores.forEach((b, j) => {
      if (!labels[i] || labels[j]) return;
      pairs++;
      wins += a > b ? 1 : a === b ? 0.5 : 0;
    });
  });
  return wins / pairs;
}

function evaluate(ranked: RankedContrasts, weights: readonly number[], contrasts: number): number[] {
  const values = new Float64Array(contrasts);
  ranked.evaluate(Float64Array.from(weights), values);
  return [...values];
}

describe('auc', () => {
  it('counts the pairs in which the positive scores higher', () => {
    // .35 beats .1 and loses to .4; .8 beats both: 3 of 4.
    expect(auc([0.1, 0.4, 0.35, 0.8], [false, false, true, true])).toBe(0.75);
    expect(auc([1, 2, 3], [false, true, true])).toBe(1);
    expect(auc([1, 2, 3], [true, false, false])).toBe(0);
  });

  it('counts ties half', () => {
    // 2 against 1 and 2: 1.5; 3 against 1 and 2: 2; of 4 pairs.
    expect(auc([1, 2, 2, 3], [false, true, false, true])).toBe(0.875);
    expect(auc([7, 7, 7], [true, false, false])).toBe(0.5);
    expect(auc([0, -0], [true, false])).toBe(0.5);
  });

  it('takes infinite scores, and refuses NaN', () => {
    expect(auc([Infinity, -Infinity, Infinity], [true, false, false])).toBe(0.75);
    expect(() => auc([1, Number.NaN], [true, false])).toThrow('score 1 is NaN');
  });

  it('is undefined without both labels', () => {
    expect(auc([1, 2], [true, true])).toBeNaN();
    expect(auc([1, 2], [false, false])).toBeNaN();
    expect(auc([], [])).toBeNaN();
  });

  // Few distinct scores, so that ties of every size occur. All values are halves of whole numbers over one division,
  // hence exact.
  const sample = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.boolean()), { minLength: 1, maxLength: 30 });

  it('equals the comparison of every pair', () => {
    fc.assert(
      fc.property(sample, (pairs) => {
        const scores = pairs.map(([score]) => score);
        const labels = pairs.map(([, label]) => label);
        expect(auc(scores, labels)).toEqual(bruteForce(scores, labels));
      }),
    );
  });

  it('is one minus itself for the opposite label, and unchanged by a monotone transformation', () => {
    fc.assert(
      fc.property(sample, (pairs) => {
        const scores = pairs.map(([score]) => score);
        const labels = pairs.map(([, label]) => label);
        const value = auc(scores, labels);
        fc.pre(!Number.isNaN(value));
        const flipped = labels.map((label) => !label);
        expect(auc(scores, flipped)).toBeCloseTo(1 - value, 12);
        expect(auc(scores.map(Math.exp), labels)).toBe(value);
      }),
    );
  });
});

describe('RankedContrasts', () => {
  const contrasts: GroupContrast[] = [
    { positive: [0], negative: [1] },
    { positive: [0, 1], negative: [2] },
    { positive: [2], negative: [0, 1] },
  ];

  it('compares unions of groups', () => {
    // Groups 0: {3, 1}, 1: {2}, 2: {0, 2}.
    const ranked = new RankedContrasts([3, 1, 2, 0, 2], [0, 0, 1, 2, 2], 3, contrasts);
    // 0 against 1: 3 > 2, 1 < 2. {0, 1} against 2: 3 beats both, 1 beats 0, 2 beats 0 and ties 2: 4.5 of 6.
    expect(evaluate(ranked, [1], 3)).toEqual([0.5, 0.75, 0.25]);
  });

  it('gives NaN where a side is empty or weightless', () => {
    const ranked = new RankedContrasts([1, 2], [0, 1], 3, contrasts, [0, 1]);
    expect(evaluate(ranked, [1, 1], 3)).toEqual([0, NaN, NaN]);
    expect(evaluate(ranked, [1, 0], 3)).toEqual([NaN, NaN, NaN]);
  });

  it('forgets the weights of the evaluation before', () => {
    const ranked = new RankedContrasts([1, 2, 3], [1, 0, 1], 2, [contrasts[0]], [0, 0, 1]);
    expect(evaluate(ranked, [1, 3], 1)).toEqual([0.25]);
    expect(evaluate(ranked, [1, 1], 1)).toEqual([0.5]);
  });

  it('weights clusters as if their members were copied that often', () => {
    const node = fc.record({
      score: fc.integer({ min: 0, max: 4 }),
      group: fc.integer({ min: 0, max: 2 }),
      cluster: fc.integer({ min: 0, max: 3 }),
    });
    const draws = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(node, { maxLength: 20 }), draws, (nodes, weights) => {
        const ranked = new RankedContrasts(
          nodes.map(({ score }) => score),
          nodes.map(({ group }) => group),
          3,
          contrasts,
          nodes.map(({ cluster }) => cluster),
        );
        const copies = nodes.flatMap((own) => Array.from({ length: weights[own.cluster] }, () => own));
        const expected = contrasts.map(({ positive, negative }) => {
          const compared = copies.filter(({ group }) => [...positive, ...negative].includes(group));
          return bruteForce(
            compared.map(({ score }) => score),
            compared.map(({ group }) => positive.includes(group)),
          );
        });
        expect(evaluate(ranked, weights, 3)).toEqual(expected);
      }),
    );
  });

  it('refuses a group that is out of range', () => {
    expect(() => new RankedContrasts([1], [3], 3, contrasts)).toThrow('group 0 is 3, not in 0..2');
    expect(() => new RankedContrasts([1], [-1], 3, contrasts)).toThrow('group 0 is -1, not in 0..2');
  });
});
