import { describe, expect, it } from 'vitest';
import { boundedMean, ratioOverGraphs } from '../../../src/readout/kit/closed-form.js';

const GRAPHS = Array.from({ length: 10 }, (_, i) => `graph ${i}`);

describe('boundedMean', () => {
  it('has Wilson’s interval of 5 in 10, stretched over -1 to 1', () => {
    const values = GRAPHS.map((_, i) => (i < 5 ? 1 : -1));
    const { value, low, high, n, clusters } = boundedMean({ values, graphs: GRAPHS }, [-1, 1]);
    // Wilson: .5 +- .26341 of 5 in 10.
    expect([value, n, clusters]).toEqual([0, 10, 10]);
    expect(low).toBeCloseTo(-0.52682, 4);
    expect(high).toBeCloseTo(0.52682, 4);
  });

  it('stays within the bounds and has a width where all are the same', () => {
    const { value, low, high } = boundedMean({ values: GRAPHS.map(() => 1), graphs: GRAPHS }, [-1, 1]);
    expect([value, high]).toEqual([1, 1]);
    // Wilson of 10 in 10 ends at 10 / (10 + 3.8415) = .72247.
    expect(low).toBeCloseTo(2 * 0.72247 - 1, 4);
  });

  it('is no number of nothing, and has no interval of one graph', () => {
    expect(boundedMean({ values: [], graphs: [] }, [0, 1])).toMatchObject({ value: null, n: 0 });
    expect(boundedMean({ values: [0.5], graphs: ['a'] }, [0, 1])).toMatchObject({ value: 0.5, low: null, n: 1 });
  });
});

describe('ratioOverGraphs', () => {
  it('divides sums, and keeps the width of what is imagined where nothing varies', () => {
    const values = GRAPHS.map(() => 0.5);
    const found = ratioOverGraphs(
      { values, graphs: GRAPHS },
      GRAPHS.map(() => 1),
      1,
    );
    // 2 (1 + .5^2) imagined: standard error sqrt(10 / 9 * 2.5) / 10 = .166667, by 2.262157 of nine degrees of freedom.
    expect(found).toMatchObject({ value: 0.5, n: 10, clusters: 10 });
    expect(found.low).toBeCloseTo(0.5 - 0.377026, 5);
    expect(found.high).toBeCloseTo(0.5 + 0.377026, 5);
  });

  it('weighs by the denominators, and is no number of a sum of 0', () => {
    const two = { values: [1, 0], graphs: ['a', 'b'] };
    expect(ratioOverGraphs(two, [3, 1], 1).value).toBe(0.25);
    expect(ratioOverGraphs(two, [1, -1], 1).value).toBeNull();
  });
});
