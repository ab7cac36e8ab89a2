import { describe, expect, it } from 'vitest';
import { edgeAttentionHistogram } from '../../../src/readout/edge-attention/figure.js';
import { innerProductsHistogram } from '../../../src/readout/inner-products/figure.js';
import { EDGE_ATTENTION, INNER_PRODUCTS, INNER_PRODUCTS_BINNED } from './examples.js';

const figure = innerProductsHistogram(INNER_PRODUCTS_BINNED);

describe('a histogram of groups', () => {
  it('draws the same picture every time', async () => {
    await expect(figure.svg()).toMatchFileSnapshot('__snapshots__/inner-products-histogram.svg');
    expect(figure.svg()).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  it('is as high as the shares of the members, .4, 0 and .6, and stands on 0 at its ends', () => {
    // Bins of .5 from 0 to 1.5 on a domain with half a bin more at each end: 2 on 150 pixels from 58; .6 on 70 pixels.
    const [, d] =
      /class="line k0" d="M([^"]+)"/.exec(figure.svg().slice(figure.svg().indexOf('>optimal F_c, c = 1'))) ?? [];
    const points = d.split('L').map((pair) => pair.split(',').map(Number));
    const [, bottom] = points[0];
    const at = (x: number): number => 58 + (150 * (x + 0.25)) / 2;
    const up = (share: number): number => bottom - (70 * share) / 0.6;
    const corners = [[-0.25, 0], [0, 0], [0, 0.4], [0.5, 0.4], [0.5, 0], [1, 0], [1, 0.6], [1.5, 0.6], [1.5, 0], [1.75, 0]]; // prettier-ignore
    const drawn = points.filter(([x, y], i) => i === 0 || x !== points[i - 1][0] || y !== points[i - 1][1]);
    const expected = corners.map(([x, share]) => [at(x), up(share)].map((v) => expect.closeTo(v, 1) as number));
    // The line goes on for half a bin beyond the axis at both ends, on 0.
    expect(drawn.slice(1, -1)).toEqual(expected.slice(1, -1));
  });

  it('has a row for each bin: its centre, the share, and n members', () => {
    expect(figure.data().slice(0, 3)).toEqual(
      [[0.25, 0.4], [0.75, 0], [1.25, 0.6]].map(([binCentre, share]) => ({
        panel: 'optimal F_c, c = 1: n = 10',
        series: 'frontier, optimal',
        binCentre,
        share,
        low: null,
        high: null,
        n: 10,
        graphs: null,
      })),
    ); // prettier-ignore
  });

  it('has an empty panel where a group has no members', () => {
    expect(figure.svg()).toContain('>other F_c, c = 1: n = 0<');
    expect(figure.data().some(({ series }) => series === 'frontier, other')).toBe(false);
  });

  it('draws the published groups where they are asked for', () => {
    const published = innerProductsHistogram(INNER_PRODUCTS_BINNED, { grouping: 'published' });
    expect(new Set(published.data().map(({ series }) => series))).toEqual(
      new Set(['not reachable', 'reachable', 'walk frontier', 'optimal']),
    );
  });

  it('is refused to a result that counted no values', () => {
    expect(() => innerProductsHistogram(INNER_PRODUCTS)).toThrow(
      'readout inner-products: counts no values (an older version wrote it); run the readout again',
    );
    expect(() => edgeAttentionHistogram(EDGE_ATTENTION)).toThrow('readout edge-attention: counts no values');
  });
});
