import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibrationVerdictsFigure, confusionFigure } from '../../../src/claim/figures/calibration.js';
import { findingMatrix } from '../../../src/claim/figures/finding-figures.js';
import { claimForest, findingForest } from '../../../src/claim/figures/forest.js';
import { readClaimResult } from '../../../src/claim/index.js';
import { matrixFigure } from '../../../src/drawing/matrix.js';
import { estimate } from '../../readout/figures/examples.js';
import { CALIBRATION, CLAIM, criterion, finding } from './claim-example.js';

const [, , advance] = CLAIM.findings;
const matrix = findingMatrix(advance);
if (matrix === undefined) throw new Error('F5 has a matrix');

const FIGURES = {
  forest: claimForest(CLAIM),
  confusion: confusionFigure(CALIBRATION),
  'calibration-verdicts': calibrationVerdictsFigure(CALIBRATION),
  matrix,
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

describe('the forest', () => {
  // Without the clipped ratio: numbers from 0 to .99, so the axis goes from -.1 to 1.05 on 318 to 668.
  const x = (value: number): number => 318 + ((value + 0.1) / 1.15) * 350;
  const one = findingForest(finding('F4', { criteria: [criterion('breadth', 0.8, 0.1)] })).svg();

  it('puts effect, interval and thresholds where the axis has them', () => {
    const [, centre] = /<circle class="fs" cx="([\d.]+)"/.exec(one) ?? [];
    expect(Number(centre)).toBeCloseTo(x(0.8), 2);
    const [, low, high] = /class="line ki" d="M([\d.]+),[\d.]+L([\d.]+),/.exec(one) ?? [];
    expect([Number(low), Number(high)]).toEqual([expect.closeTo(x(0.7), 2), expect.closeTo(x(0.9), 2)]);
    expect(Number(/class="whisker ks" d="M([\d.]+)/.exec(one)?.[1])).toBeCloseTo(x(0.5), 2);
    expect(Number(/class="whisker kc dashed" d="M([\d.]+)/.exec(one)?.[1])).toBeCloseTo(x(0.25), 2);
  });

  it('shades support on the side where the search lies', () => {
    const shade = (svg: string): [number, number] => {
      const [, from, width] =
        /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="30" class="fs tint"/.exec(svg) ?? [];
      return [Number(from), Number(from) + Number(width)];
    };
    expect(shade(one)).toEqual([expect.closeTo(x(0.5), 1), expect.closeTo(668, 1)]);
    const below = findingForest(
      finding('F1', { criteria: [criterion('kept', 0.1, 0.1, { direction: 'below' })] }),
    ).svg();
    expect(shade(below)).toEqual([318, expect.closeTo(x(0.5), 1)]);
  });

  it('draws an arrow where an interval leaves the axis, and its numbers in full', () => {
    const svg = FIGURES.forest.svg();
    expect(svg.match(/class="fi"/g)).toHaveLength(2);
    expect(svg).toContain('>0.300 [−4.700, 5.300]<');
  });

  it('puts points of 100 on an axis of their own', () => {
    expect(FIGURES.forest.svg()).toContain('>points of T (100');
    expect(one).not.toContain('>points of T (100');
  });

  it('says every verdict in a word, and why a test was not run', () => {
    const svg = FIGURES.forest.svg();
    for (const word of ['supports', 'contradicts', 'undetermined', 'not applicable'])
      expect(svg).toContain(`>${word}<`);
    expect(svg).toContain('>there are no controls<');
    expect(svg).toContain('>no number<');
  });

  it('draws a result of version 1', () => {
    const old = JSON.parse(readFileSync(new URL('../data/claim-v1.json', import.meta.url), 'utf8')) as unknown;
    const figure = claimForest(readClaimResult('claim-v1.json', old));
    expect(figure.data()).toHaveLength(1 + 3 + 1 + 1);
    expect(figure.svg()).toContain('F10 Depth-budget scaling');
  });
});

describe('the matrix', () => {
  const cells = [0.9, 0.5, 0.1].map((value) => estimate(value, 0.05));
  const of = (extent: number): string =>
    matrixFigure({
      id: 'm',
      title: 'Matrix',
      notes: [],
      description: 'three cells',
      rowName: 'thought',
      columnName: 'depth',
      rows: ['1'],
      columns: ['1', '2', '3', '4'],
      cell: (_, column) => cells.at(column === 3 ? 99 : column),
      reference: 0.5,
      extent,
    }).svg();

  it('colours by the distance from the reference, and leaves out what is not there', () => {
    const shades = [...of(0.4).matchAll(/<rect [^>]*width="86"[^>]*class="(f\w)" fill-opacity="([\d.]+)"/g)].map(
      (m) => [m[1], m[2]],
    );
    expect(shades).toEqual([
      ['fa', '0.45'],
      ['fa', '0'],
      ['fb', '0.45'],
    ]);
    // The scale is the quantity's, never the largest cell's: a matrix of small differences is pale.
    expect(of(0.8)).toContain('class="fa" fill-opacity="0.23"');
    expect(of(40)).not.toMatch(/width="86"[^>]*fill-opacity="0\.[1-9]/);
  });

  it('reads depth and thought out of the names of the measures', () => {
    expect(matrix.data()[1]).toMatchObject({ thought: '1', depth: '2', value: 0.4, n: 40 });
    expect(findingMatrix(finding('F5'))).toBeUndefined();
    expect(findingMatrix(finding('F1', { measures: advance.measures }))).toBeUndefined();
  });
});

describe('the calibration', () => {
  it('counts the seeds of each outcome', () => {
    const rows = FIGURES.confusion.data();
    expect(rows.filter(({ model }) => model === 'bfs').map(({ found, count }) => [found, count])).toEqual([
      ['supports, cumulative, t + 1', 1],
      ['contradicts, noBreadth', 0],
      ['undetermined, open', 1],
    ]);
    expect(FIGURES.confusion.svg()).toContain('3 of 4 batteries right, 120 fresh items for each seed');
  });

  it('shows one sign for each seed', () => {
    expect(FIGURES['calibration-verdicts'].data()).toHaveLength(8);
    expect(FIGURES['calibration-verdicts'].data()[1]).toEqual({
      model: 'bfs',
      prediction: 'F1',
      repetition: 2,
      verdict: 'undetermined',
    });
  });
});
