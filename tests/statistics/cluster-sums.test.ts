import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterSums } from '../../src/statistics/index.js';

describe('ClusterSums', () => {
  const sums = new ClusterSums(['hits', 'items', 'never']);
  sums.add(0, 'hits', 2);
  sums.add(0, 'items', 3);
  sums.add(2, 'hits', 1);
  sums.add(2, 'items', 4);
  sums.add(0, 'hits', 5);

  it('adds per cluster and in total', () => {
    expect(sums.total('hits')).toBe(8);
    expect(sums.total('items')).toBe(7);
    expect(sums.total('never')).toBe(0);
  });

  it('counts the clusters that contribute', () => {
    expect(sums.clustersWith('hits')).toBe(2);
    expect(sums.clustersWith('never')).toBe(0);
  });

  it('counts each cluster as often as it was drawn, in the order of the names asked for', () => {
    const totals = sums.weightedTotals(['items', 'hits'], 3);
    expect([...totals(Float64Array.of(1, 1, 1))]).toEqual([7, 8]);
    expect([...totals(Float64Array.of(2, 1, 0))]).toEqual([6, 14]);
    expect([...totals(Float64Array.of(0, 3, 0))]).toEqual([0, 0]);
  });

  it('equals the sum written out, for any number of clusters', () => {
    const cluster = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.nat({ max: 3 }));
    fc.assert(
      fc.property(fc.array(cluster, { maxLength: 9 }), (clusters) => {
        const own = new ClusterSums(['a', 'b']);
        clusters.forEach(([a, b], i) => {
          own.add(i, 'a', a);
          own.add(i, 'b', b);
        });
        const totals = own.weightedTotals(['a', 'b'], clusters.length);
        const expected = [0, 1].map((at) => clusters.reduce((sum, row) => sum + row[2] * row[at], 0));
        expect([...totals(Float64Array.from(clusters, (row) => row[2]))]).toEqual(expected);
      }),
    );
  });
});
