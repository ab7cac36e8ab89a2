import { describe, expect, it } from 'vitest';
import { clusteredShare, sharePair } from '../../src/statistics/index.js';

describe('sharePair', () => {
  it('has the shares of both, and their correlation over clusters', () => {
    const one = { values: [1, 0, 1, 1, 0], clusters: ['a', 'a', 'b', 'c', 'd'] };
    const other = { values: [1, 0, 0], clusters: ['b', 'd', 'e'] };
    const pair = sharePair(one, other);
    expect(pair.one).toEqual(clusteredShare(one.values, one.clusters));
    expect(pair.other).toEqual(clusteredShare(other.values, other.clusters));
    // Sums of distances from .6: a -.2, b .4, c .4, d -.6; from 1/3: b 2/3, d -1/3, e -1/3.
    expect(pair.correlation).toBeCloseTo((0.4 * 2 + 0.6) / 3 / Math.sqrt(0.72 * (6 / 9)), 12);
  });

  it('has no correlation where one does not vary, or no cluster is in both', () => {
    const half = { values: [1, 0, 1, 0], clusters: ['a', 'b', 'c', 'd'] };
    expect(sharePair(half, { ...half, values: [0.9, 0.9, 0.9, 0.9] }).correlation).toBe(0);
    expect(sharePair(half, { ...half, clusters: ['e', 'f', 'g', 'h'] }).correlation).toBe(0);
    expect(sharePair(half, half).correlation).toBeCloseTo(1, 12);
    expect(sharePair(half, { ...half, values: [0, 1, 0, 1] }).correlation).toBeCloseTo(-1, 12);
  });
});
