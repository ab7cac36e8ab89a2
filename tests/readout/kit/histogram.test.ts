import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinCounts, binEdges } from '../../../src/readout/kit/histogram.js';

describe('binEdges', () => {
  it('takes the smallest round step that needs at most 40 bins', () => {
    // 12 / .2 would be 60 bins; 12 / .5 are 24.
    const edges = binEdges([-3, 4, 9]);
    expect([edges[0], edges[1], edges.at(-1), edges.length]).toEqual([-3, -2.5, 9.5, 26]);
    // 40 bins of .1; the highest value begins one more. No edge is .30000000000000004.
    expect(binEdges([0, 4])).toEqual(Array.from({ length: 42 }, (_, i) => Number((i / 10).toFixed(1))));
  });

  it('gives equal values one bin, and none where there are none', () => {
    expect(binEdges([0, 0])).toEqual([0, 0.05]);
    expect(binEdges([0.3])).toEqual([0.3, 0.31]);
    expect(binEdges([])).toEqual([]);
    expect(binEdges([NaN, Infinity])).toEqual([]);
  });

  it('has every value in exactly one of at most 42 bins of equal width, whatever the values', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const edges = binEdges(values);
        fc.pre(edges.length > 1);
        const widths = edges.slice(1).map((edge, i) => edge - edges[i]);
        expect(Math.min(...widths)).toBeGreaterThan(0);
        expect(Math.max(...widths)).toBeCloseTo(Math.min(...widths), 6);
        expect(widths.length).toBeLessThanOrEqual(42);
        const bins = new BinCounts(edges);
        bins.add('all', values);
        expect(bins.of('all').reduce((a, b) => a + b, 0)).toBe(values.length);
        expect(bins.of('all')[0]).toBeGreaterThan(0);
        expect(bins.of('all').at(-1)).toBeGreaterThan(0);
      }),
      { seed: 7 },
    );
  });
});

describe('BinCounts', () => {
  it('counts a value on an edge in the bin that begins there, and what lies outside in none', () => {
    const bins = new BinCounts([0, 1, 2]);
    bins.add('a', [0, 1, 1, 2, -1, NaN, Infinity]);
    bins.add('a', [1.5]);
    expect(bins.of('a')).toEqual([1, 3]);
    expect(bins.of('b')).toEqual([0, 0]);
    expect(new BinCounts([]).of('a')).toEqual([]);
  });
});
