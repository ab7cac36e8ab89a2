import { describe, expect, it } from 'vitest';
import { logitLensFigure } from '../../../src/readout/logit-lens/figure.js';
import { treeItemFigure } from '../../../src/readout/tree/item-figure.js';
import { LOGIT_LENS, TREE } from './examples.js';

const FIGURES = {
  'logit-lens': logitLensFigure(LOGIT_LENS),
  'logit-lens-gap': logitLensFigure(LOGIT_LENS, { id: 'logit-lens-gap', quantity: 'logitGap' }),
  'tree-item': treeItemFigure(TREE),
};

describe.each(Object.entries(FIGURES))('the figure %s', (name, figure) => {
  it('draws the same picture every time', async () => {
    await expect(figure.svg()).toMatchFileSnapshot(`__snapshots__/${name}.svg`);
  });

  it('holds no number that is none, and rows of one form', () => {
    expect(figure.svg()).not.toMatch(/NaN|undefined|Infinity|null/);
    const rows = figure.data();
    for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(rows[0]));
  });
});

describe('the logit lens', () => {
  it('has layers as rows and thoughts as columns, with interval and n in each cell', () => {
    expect(FIGURES['logit-lens'].data()[1]).toEqual({
      layer: '0',
      thought: '2',
      value: null,
      low: null,
      high: null,
      n: 0,
      graphs: 0,
    });
    // 1/2 + (2 - 1/2) / 4
    expect(FIGURES['logit-lens'].data()[4]).toMatchObject({ layer: '2', thought: '1', value: 0.875, n: 40 });
    expect(FIGURES['logit-lens'].svg()).toContain('>[0.82, 0.93]<');
  });

  it('colours an AUC of .875 by three quarters of the way from .5, and a gap of 0 not at all', () => {
    // .45, the full opacity, times .75 (a gap of 2 nats: times 2 / 5); rows of 48 pixels, cells of 88.
    expect(FIGURES['logit-lens'].svg()).toMatch(/class="fa" fill-opacity="0\.34"><title>layer 2, thought 1: 0\.875/);
    expect(FIGURES['logit-lens-gap'].svg()).toMatch(/fill-opacity="0"><title>layer 1, thought 1: 0\.000/);
    expect(FIGURES['logit-lens-gap'].svg()).toMatch(/class="fb" fill-opacity="0\.18"><title>layer 0, thought 2: −2/);
  });

  it('is an empty matrix where nothing was read', () => {
    expect(logitLensFigure({ ...LOGIT_LENS, perThought: [] }).data()).toEqual([]);
  });
});

describe('an item’s tree', () => {
  const svg = FIGURES['tree-item'].svg();
  /** Left end and width of the bar after the mark with this tip. */
  const barOf = (tip: string): readonly [number, number] => {
    const [, left, width] = /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(svg.slice(svg.indexOf(tip))) ?? [];
    return [Number(left), Number(width)];
  };

  it('has every node that is reached once in its rows, with its value after as many thoughts as it is deep', () => {
    expect(FIGURES['tree-item'].data().map(({ node, depth, thought, value, share }) => [node, depth, thought, value, share])).toEqual([
      ['root', 0, null, null, null],
      ['right', 1, 1, 0.6, 0.75],
      ['<wrong>', 1, 1, 0.2, 0.25],
      ['goal', 2, 2, 0.3, 0.75],
      ['both', 2, 2, 0.1, 0.25],
      ['end', 3, null, null, null],
    ]); // prettier-ignore
    expect(FIGURES['tree-item'].data()[4]).toMatchObject({ parents: 'right | <wrong>', leadsToTarget: 'no', role: '' });
  });

  it('draws bars as long as the shares of 84 pixels, from the axis of their column', () => {
    expect(barOf('right: depth 1')).toEqual([expect.any(Number), 63]);
    expect(barOf('&lt;wrong&gt;: depth 1')).toEqual([barOf('right: depth 1')[0], 21]);
    const axes = [...svg.matchAll(/class="axis" d="M([\d.]+),([\d.]+)L([\d.]+),\2"/g)];
    expect(axes.map(([, from, , to]) => Number(to) - Number(from))).toEqual([84, 84]);
    expect(axes.map(([, from]) => Number(from))).toEqual([barOf('right: depth 1')[0], barOf('goal: depth 2')[0]]);
  });

  it('says the raw sums of the candidates, .8 and .4, and heads a column without a thought by its depth', () => {
    expect(svg).toContain('>depth 1, raw sum 0.800<');
    expect(svg).toContain('>depth 2, raw sum 0.400<');
    expect(svg).toContain('>depth 3<');
  });

  it('stands a node behind each of its parents, and says so', () => {
    expect(svg.match(/<title>both: depth 2/g)).toHaveLength(2);
    expect(svg.match(/>again</g)).toHaveLength(2);
    expect(svg).toContain('1 node that the root does not reach');
  });

  it('escapes names', () => {
    expect(svg).not.toContain('<wrong>');
    expect(svg).toContain('>&lt;wrong&gt;<');
  });

  it('finds an item by its id, and says what is wrong with one that is not there', () => {
    expect(treeItemFigure(TREE, { item: 'first' }).svg()).toBe(svg);
    expect(() => treeItemFigure(TREE, { item: 'second' })).toThrow(
      'item second: is not in the readout; give one of its items, such as first',
    );
    expect(() => treeItemFigure({ ...TREE, trees: [] })).toThrow('readout tree: has no items; read at least one');
  });
});
