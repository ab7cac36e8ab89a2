import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { holm, maxT, signFlips } from '../../src/statistics/index.js';

describe('holm', () => {
  it('gives the numbers computed by hand', () => {
    // .005 x 4, .01 x 3, .03 x 2, and .04 x 1, which may not fall below the one before it.
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.6, 0.5])).toEqual([1, 1]);
    expect(holm([0.03])).toEqual([0.03]);
  });

  it('leaves tests that are not there out of the family', () => {
    expect(holm([null, 0.01, undefined, 0.04, Number.NaN])).toEqual([null, 0.02, null, 0.04, null]);
    expect(holm([])).toEqual([]);
    expect(holm([null])).toEqual([null]);
  });

  it('refuses what is no p-value', () => {
    expect(() => holm([0.5, 1.2])).toThrow('p-value 1 is 1.2');
    expect(() => holm([-0.1])).toThrow('p-value 0 is -0.1');
  });

  const family = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 });

  it('is never below the raw p nor above Bonferroni, and keeps the order', () => {
    fc.assert(
      fc.property(family, (raw) => {
        const adjusted = holm(raw);
        const tests = raw.filter((p) => p !== null).length;
        expect(adjusted.map((p) => p === null)).toEqual(raw.map((p) => p === null));
        raw.forEach((p, i) => {
          if (p === null) return;
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, tests * p));
          raw.forEach((q, j) => {
            if (q !== null && q <= p) expect(adjusted[j]).toBeLessThanOrEqual(Number(adjusted[i]));
          });
        });
      }),
    );
  });

  it("refuses what Holm's procedure refuses, step by step", () => {
    const level = 0.2;
    fc.assert(
      fc.property(family, (raw) => {
        const sorted = raw.filter((p) => p !== null).sort((a, b) => a - b);
        // Closer, the product and the quotient may round to different sides.
        fc.pre(sorted.every((p, i) => Math.abs(p * (sorted.length - i) - level) > 1e-9));
        const passed = sorted.findIndex((p, i) => p > level / (sorted.length - i));
        const expected = passed < 0 ? sorted.length : passed;
        expect(holm(raw).filter((p) => p !== null && p <= level)).toHaveLength(expected);
      }),
    );
  });
});

describe('maxT', () => {
  it('counts the relabellings whose largest statistic reaches the observed one', () => {
    // Largest: 2, 4, 0.
    const permuted = [
      [1, 2],
      [4, 0],
      [0, 0],
    ];
    expect(maxT([3, 1], permuted)).toEqual([2 / 4, 3 / 4]);
    expect(maxT([4, 5], permuted)).toEqual([2 / 4, 1 / 4]);
    expect(maxT([4 + 1e-15, -Infinity], permuted)).toEqual([2 / 4, 1]);
    expect(maxT([0, 0], [[0, -1]])).toEqual([1, 1]);
  });

  it('leaves tests that are not there out of the family', () => {
    expect(
      maxT(
        [3, Number.NaN],
        [
          [1, 9],
          [4, Number.NaN],
        ],
      ),
    ).toEqual([2 / 3, null]);
    expect(maxT([], [[]])).toEqual([]);
  });

  it('refuses relabellings that it cannot compare', () => {
    expect(() => maxT([1], [])).toThrow('there are no relabellings');
    expect(() => maxT([1, 2], [[1]])).toThrow('relabelling 0 has 1 statistics, not 2');
    expect(() =>
      maxT(
        [1, 2],
        [
          [0, 0],
          [0, Number.NaN],
        ],
      ),
    ).toThrow('statistic 1 of relabelling 1 is NaN');
  });

  it('is never below the p of a family of one, and equals it where all hypotheses are the same', () => {
    const row = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(row, fc.array(row, { minLength: 1, maxLength: 10 }), (observed, permuted) => {
        const joint = maxT(observed, permuted);
        observed.forEach((value, i) => {
          const column = permuted.map((statistics) => [statistics[i]]);
          const [alone] = maxT([value], column);
          expect(joint[i]).toBeGreaterThanOrEqual(Number(alone));
          const copies = column.map(([x]) => [x, x, x]);
          expect(maxT([value, value, value], copies)).toEqual([alone, alone, alone]);
        });
      }),
    );
  });

  it('refuses any true hypothesis of a grid about as often as it says', () => {
    // 20 graphs, 6 cells that share half their variance; absolute mean differences; no effect anywhere.
    const random = createRandom('max-T under the null');
    const cells = [0, 1, 2, 3, 4, 5];
    let refused = 0;
    for (let trial = 0; trial < 400; trial++) {
      const graphs = Array.from({ length: 20 }, () => {
        const shared = random.normal();
        return cells.map(() => shared + random.normal());
      });
      const statistics = (signs: ArrayLike<number>): number[] =>
        cells.map((cell) => Math.abs(graphs.reduce((sum, graph, i) => sum + signs[i] * graph[cell], 0)));
      const observed = statistics(new Int8Array(20).fill(1));
      const permuted = Array.from(signFlips(20, { seed: trial, flips: 99 }), statistics);
      if (Math.min(...maxT(observed, permuted).map(Number)) <= 0.1) refused++;
    }
    // 40 are expected; 4 standard deviations of sqrt(400 x .1 x .9) = 6 are 24. Unadjusted it would be over 100.
    expect(Math.abs(refused - 40)).toBeLessThan(24);
  });
});
