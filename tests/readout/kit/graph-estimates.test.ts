import { describe, expect, it } from 'vitest';
import { readoutRows } from '../../../src/readout/index.js';
import { estimateTable } from '../../../src/readout/kit/estimate-table.js';
import { GraphEstimates } from '../../../src/readout/kit/graph-estimates.js';
import { classNumbers } from '../../../src/readout/kit/groups.js';
import { itemOf } from '../records.js';

const options = { seed: 1, resamples: 200 };
const itemOn = (graph: number) => itemOf(graph + 2, [[0, 1]], { target: 1, decoy: 0 });

describe('GraphEstimates', () => {
  it('counts items and graphs, and gives means over items and over nodes', () => {
    const found = new GraphEstimates();
    for (const [graph, values] of [
      [0, [1, 2, 3]],
      [0, []],
      [1, [6]],
    ] as const) {
      found.startItem(itemOn(graph));
      found.addMean('size', values.length);
      found.addEach('value', values);
    }
    const estimate = found.estimates(options);
    expect([found.items, found.graphs]).toEqual([3, 2]);
    expect(estimate('size')).toMatchObject({ value: 4 / 3, n: 3, clusters: 2 });
    // Each node counts once; the item without nodes does not contribute.
    expect(estimate('value')).toMatchObject({ value: 3, n: 2, clusters: 2, low: null });
    expect(estimate('never added')).toEqual({ value: null, low: null, high: null, n: 0, clusters: 0 });
    expect(found.share('never added')).toEqual({ value: null, low: null, high: null, n: 0, clusters: 0 });
  });

  it('draws graphs, not items: copies of one item narrow nothing', () => {
    const widthOf = (copies: number): number => {
      const found = new GraphEstimates();
      for (let graph = 0; graph < 20; graph++) {
        for (let copy = 0; copy < copies; copy++) {
          found.startItem(itemOn(graph));
          found.addMean('x', graph % 2);
        }
      }
      const { low, high, clusters } = found.estimates(options)('x');
      expect(clusters).toBe(20);
      return (high ?? 0) - (low ?? 0);
    };
    expect(widthOf(1)).toBeGreaterThan(0.2);
    expect(widthOf(5)).toBe(widthOf(1));
  });

  it('gives shares a width where all items agree', () => {
    const found = new GraphEstimates();
    for (let graph = 0; graph < 10; graph++) {
      found.startItem(itemOn(graph));
      found.addMean('right', 1);
    }
    expect(found.share('right')).toMatchObject({ value: 1, high: 1, n: 10, clusters: 10 });
    expect(found.share('right').low).toBeCloseTo(0.722, 3);
  });

  it('ranks the members of all items together, and counts the items of the scarcer side', () => {
    const found = new GraphEstimates();
    const [inside, never] = classNumbers(['expanded', 'unreachable']);
    for (const [graph, scores, classes] of [
      [0, [3, 1], [inside, never]],
      [1, [2, 4], [never, never]],
    ] as const) {
      found.startItem(itemOn(graph));
      found.addMean('size', scores.length);
      found.addRanked('all', scores, classes);
    }
    const estimate = found.estimates(options);
    // 3 lies above 1 and 2 and below 4: pairs across graphs count.
    expect(estimate('all withinVsNever')).toMatchObject({ value: 2 / 3, n: 1, clusters: 1 });
    expect(estimate('all frontierVsNever')).toMatchObject({ value: null, n: 0, clusters: 0 });
    expect(estimate('size')).toMatchObject({ value: 2, n: 2 });
  });
});

describe('readoutRows', () => {
  const estimate = { value: 1, low: null, high: null, n: 2, clusters: 1 };

  it('flattens a result, each number under its thought and its headings', () => {
    const rows = readoutRows({
      kind: 'x',
      all: estimate,
      curve: [1, 2],
      perThought: [{ thought: 3, mass: { a: estimate }, groups: [{ name: 'b', mean: estimate }] }],
    });
    expect(rows.map(({ thought, group, quantity }) => [thought, group, quantity])).toEqual([
      [null, '', 'all'],
      [3, 'mass', 'a'],
      [3, 'groups.b', 'mean'],
    ]);
    expect(rows[0]).toMatchObject(estimate);
  });
});

describe('estimateTable', () => {
  it('shows an n wherever it changes', () => {
    const of = (n: number) => ({ value: 0.5, low: 0.4, high: 0.6, n, clusters: n });
    const format = (x: number): string => x.toFixed(1);
    const table = estimateTable([1, 2], { heading: ['c'], of: (c) => [String(c)] }, [
      { heading: 'a', of: (c) => of(10 * c), format },
      { heading: 'b', of: (c) => of(10 * c), format },
      { heading: 'd', of: () => of(5), format, plain: true },
    ]);
    expect(table.split('\n').map((line) => line.split(/\s{2,}/).map((cell) => cell.trim()))).toEqual([
      ['c', 'n', 'a', 'b', 'n', 'd'],
      ['1', '10', '0.5 [0.4 0.6]', '0.5 [0.4 0.6]', '5', '0.5'],
      ['2', '20', '0.5 [0.4 0.6]', '0.5 [0.4 0.6]', '5', '0.5'],
    ]);
  });
});
