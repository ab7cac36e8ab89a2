import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/drawing/figure.js';
import { edgeAttentionFigure } from '../../../src/readout/edge-attention/figure.js';
import { entityBeliefFigure } from '../../../src/readout/entity-belief/figure.js';
import { frontierFigure } from '../../../src/readout/frontier/figure.js';
import { heightFigure } from '../../../src/readout/height/figure.js';
import { innerProductsFigure } from '../../../src/readout/inner-products/figure.js';
import { interpolationFigure } from '../../../src/readout/interpolation/figure.js';
import { logitLensMassFigure } from '../../../src/readout/logit-lens/figure.js';
import { mediationFigure } from '../../../src/readout/mediation/figure.js';
import { parallelismFigure } from '../../../src/readout/parallelism/figure.js';
import { propagationFigure } from '../../../src/readout/propagation/figure.js';
import { questionPriorFigure } from '../../../src/readout/question-prior/figure.js';
import { treeFigure } from '../../../src/readout/tree/figure.js';
import { trainingFigure } from '../../../src/training/metrics-figure.js';
import {
  EDGE_ATTENTION,
  ENTITY_BELIEF,
  FRONTIER,
  HEIGHT,
  INNER_PRODUCTS,
  INTERPOLATION,
  LOGIT_LENS,
  MEDIATION,
  PARALLELISM,
  QUESTION_PRIOR,
  TRAINING,
  TREE,
} from './examples.js';
import { PROPAGATION } from './propagation-example.js';

const FIGURES: Readonly<Record<string, Figure>> = {
  parallelism: parallelismFigure(PARALLELISM),
  'parallelism-normalised': parallelismFigure(PARALLELISM, { scale: 'normalised' }),
  height: heightFigure(HEIGHT),
  interpolation: interpolationFigure(INTERPOLATION),
  'inner-products': innerProductsFigure(INNER_PRODUCTS),
  'edge-attention': edgeAttentionFigure(EDGE_ATTENTION),
  frontier: frontierFigure(FRONTIER),
  tree: treeFigure(TREE),
  'entity-belief': entityBeliefFigure(ENTITY_BELIEF),
  'question-prior': questionPriorFigure(QUESTION_PRIOR),
  'logit-lens-mass': logitLensMassFigure(LOGIT_LENS),
  mediation: mediationFigure(MEDIATION),
  propagation: propagationFigure(PROPAGATION),
  training: trainingFigure(TRAINING),
};

/** Where the glyph of the mark with this tip stands. */
function glyphOf(svg: string, tip: string): [number, number] {
  const end = svg.indexOf(`<title>${tip}`);
  const places = [...svg.slice(0, end).matchAll(/translate\(([\d.]+),([\d.]+)\)/g)];
  const [, x, y] = places[places.length - 1];
  return [Number(x), Number(y)];
}

describe.each(Object.entries(FIGURES))('the figure %s', (name, figure) => {
  it('draws the same picture every time', async () => {
    await expect(figure.svg()).toMatchFileSnapshot(`__snapshots__/${name}.svg`);
  });

  it('is one image with a name and a description, and holds no number that is none', () => {
    const svg = figure.svg();
    expect(svg).toMatch(
      /role="img" aria-labelledby="([\w-]+)-title \1-desc">\n<title id="\1-title">.+<\/title>\n<desc id="\1-desc">.+<\/desc>/,
    );
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
    for (const [, digits] of svg.matchAll(/ (?:x|y|d|width|height|transform)="[^"]*?\.(\d+)/g))
      expect(digits.length).toBeLessThanOrEqual(2);
  });

  it('gives plotly numeric axes, and as many points as it has rows', () => {
    const json = /<script type="application\/json">(.*)<\/script>/.exec(figure.html())?.[1] ?? '';
    const { data, layout } = JSON.parse(json) as {
      data: { x: unknown[]; y: unknown[] }[];
      layout: Record<string, { type?: string }>;
    };
    const xs = data.flatMap(({ x }) => x);
    expect(xs.every((x) => typeof x === 'number')).toBe(true);
    expect(xs).toHaveLength(figure.data().length);
    expect(Object.values(layout).some(({ type }) => type === 'category')).toBe(false);
  });

  it('has rows of one form', () => {
    const rows = figure.data();
    const [first] = rows;
    for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(first));
  });
});

describe('positions are what the scales say', () => {
  it('parallelism: median of the highest, .35 of a domain to 1, half-way in a panel from 58 of 210 wide', () => {
    // Domain of x 0..116, so 50 is at 58 + 210 * 50 / 116 = 148.52. y: 0 at 264, 1 above.
    const svg = FIGURES['parallelism'].svg();
    const path = [...svg.matchAll(/class="line k0" d="([^"]+)"/g)][1][1]; // The first is the legend's.
    const [start, middle, end] = path
      .slice(1)
      .split('L')
      .map((pair) => pair.split(',').map(Number));
    expect(start[0]).toBe(58);
    expect(middle[0]).toBeCloseTo(148.52, 2);
    expect(end[0]).toBeCloseTo(58 + (210 * 100) / 116, 2);
    // .1, .35, .6 on a scale of 150 pixels for 1: equal steps of .25.
    expect(start[1] - middle[1]).toBeCloseTo(middle[1] - end[1], 1);
    expect(start[1] - end[1]).toBeCloseTo(0.5 * 150, 1);
  });

  it('height: the glyphs of one height stand three pixels either side of its tick', () => {
    const svg = FIGURES['height'].svg();
    // Domain -.5..2.5 on 170 pixels from 58: height 1 at 58 + 170 / 2 = 143.
    const [correct] = glyphOf(svg, 'leads to the target, height (longest) 1: 0.200');
    const [incorrect] = glyphOf(svg, 'does not, height (longest) 1: 0.100');
    expect([correct, incorrect]).toEqual([140, 146]);
  });

  it('interpolation: bars are as high as their shares of 230 pixels', () => {
    const svg = FIGURES['interpolation'].svg();
    const bars = [...svg.matchAll(/height="([\d.]+)" class="f\d gap"/g)].map(([, height]) => Number(height));
    // Series by series, those of share 0 left out: k = 0 and the two of k = 1 among them.
    const shares = [0.5, 0.25, 0.15, 0.08, 0.75, 0.02, 0.25];
    expect(bars).toEqual(shares.map((share) => expect.closeTo(230 * share, 1) as number));
  });

  it('inner products: thought 2 stands one unit right of thought 1', () => {
    const svg = FIGURES['inner-products'].svg();
    const [one] = glyphOf(svg, 'frontier, optimal, thought c 1: ');
    const [two] = glyphOf(svg, 'frontier, optimal, thought c 2: ');
    // Domain -.5..2.5 on 290 pixels.
    expect(two - one).toBeCloseTo(290 / 3, 1);
  });

  it('frontier: the mass of the frontier begins at 0', () => {
    const [, y, height] =
      /y="([\d.]+)" width="[\d.]+" height="([\d.]+)" class="f0 gap"/.exec(FIGURES['frontier'].svg()) ?? [];
    const [, bottom] = /class="axis" d="M58,([\d.]+)L478,\1"/.exec(FIGURES['frontier'].svg()) ?? [];
    expect(Number(height)).toBe(120);
    expect(Number(y) + Number(height)).toBe(Number(bottom));
  });

  it('tree: a share of 1/2 is half-way up 150 pixels, and 1/4 above it is another quarter', () => {
    const svg = FIGURES['tree'].svg();
    const [, bottom] = /class="axis" d="M58,([\d.]+)L268,\1"/.exec(svg) ?? [];
    const [x, y] = glyphOf(svg, 'highest candidate, thoughts c 1: 0.750');
    expect(Number(bottom) - y).toBeCloseTo(0.75 * 150, 2);
    // Third panel: 2 * 270 + 58, and thought 1 of a domain from .5 to 2.5.
    expect(x).toBe(598 + 210 / 4);
  });

  it('entity belief: the target’s .3 after one thought', () => {
    const svg = FIGURES['entity-belief'].svg();
    const [, bottom] = /class="axis" d="M58,([\d.]+)L208,\1"/.exec(svg) ?? [];
    const [x, y] = glyphOf(svg, 'model, thoughts c 1: 0.300 [0.250, 0.350], n = 40 (38 graphs)');
    // Domain -.5..1.5 on 150 pixels from 58.
    expect(x).toBe(58 + 112.5);
    expect(Number(bottom) - y).toBeCloseTo(0.3 * 130, 2);
  });

  it('question prior: places have their texts, targets stand left of decoys, and chance is half-way', () => {
    const svg = FIGURES['question-prior'].svg();
    const at = Number(/<text x="([\d.]+)"[^>]*>before thoughts</.exec(svg)?.[1]);
    expect(glyphOf(svg, 'target, read before thoughts: 0.100')[0]).toBe(at - 8);
    expect(glyphOf(svg, 'decoy, read before thoughts: 0.050')[0]).toBe(at + 8);
    const [, level] = /class="whisker ki dashed" d="M[\d.]+,([\d.]+)L/.exec(svg) ?? [];
    const [, y] = glyphOf(svg, 'target, read answer at once: 0.500');
    expect(y).toBe(Number(level));
  });

  it('logit lens: frontier .6 in the last of three layers', () => {
    const svg = FIGURES['logit-lens-mass'].svg();
    const [, bottom] = /class="axis" d="M58,([\d.]+)L268,\1"/.exec(svg) ?? [];
    const [x, y] = glyphOf(svg, 'frontier, layer 2: 0.600');
    expect(x).toBe(58 + (210 * 2.5) / 3 - 5);
    expect(Number(bottom) - y).toBeCloseTo(90, 2);
  });

  it('mediation: the head’s rows .6 of .8 and the rest .2, seven pixels either side of the tick', () => {
    const svg = FIGURES['mediation'].svg();
    const [x, y] = glyphOf(svg, 'inside, subspace head: 0.600');
    const [right, lower] = glyphOf(svg, 'rest, subspace head: 0.200');
    expect(right - x).toBe(14);
    // -.2 to 1 on 200 pixels.
    expect(lower - y).toBeCloseTo((0.4 / 1.2) * 200, 1);
    const [, level] = /class="whisker ki dashed" d="M58,([\d.]+)L/.exec(svg) ?? [];
    expect(y - Number(level)).toBeCloseTo((0.2 / 1.2) * 200, 1);
    // Thought 3 on .5 to 3.5 of 240 pixels from 58, ten pixels to the left.
    expect(glyphOf(svg, 'all of it, thought t 3: 0.750')[0]).toBe(58 + 200 - 10);
  });

  it('propagation: itself at .9 before and at .4 after, twelve pixels to the right, of the last of four edits', () => {
    const svg = FIGURES['propagation'].svg();
    const [x, y] = glyphOf(svg, 'before, thought t added: 0.900');
    const [right, lower] = glyphOf(svg, 'after, thought t added: 0.400');
    expect(right - x).toBe(12);
    // 0 to 1 on 160 pixels.
    expect(lower - y).toBeCloseTo(0.5 * 160, 1);
    // Place 3 on -.5 to 3.5 of 520 pixels from 58, eighteen pixels to the left.
    expect(x).toBe(58 + (3.5 / 4) * 520 - 18);
  });

  it('training: accuracy .5 at step 250 of 1000, a quarter of 620 pixels', () => {
    const [x, y] = glyphOf(FIGURES['training'].svg(), 'accuracy, step 250: 0.500');
    const [, level] = /class="whisker ki dashed" d="M58,([\d.]+)L/.exec(FIGURES['training'].svg()) ?? [];
    expect(x).toBe(58 + 155);
    expect(y).toBe(Number(level));
  });
});

describe('data', () => {
  it('has the numbers as they are, with n, graphs and interval', () => {
    expect(FIGURES['frontier'].data()[0]).toEqual({
      panel: '',
      series: 'frontier (depth c)',
      thought: 1,
      mass: 0.5,
      low: 0.45,
      high: 0.55,
      n: 40,
      graphs: 38,
    });
  });

  it('keeps what has no number as null', () => {
    const nothing = FIGURES['height'].data().filter(({ value }) => value === null);
    expect(nothing.length).toBe(4);
    expect(FIGURES['height'].svg()).not.toContain('height (longest) 0: –');
  });
});

describe('readouts of nothing', () => {
  it('are drawn as empty charts', () => {
    for (const figure of [
      parallelismFigure({ ...PARALLELISM, perThought: [] }),
      heightFigure({ ...HEIGHT, perThought: [] }),
      interpolationFigure({ ...INTERPOLATION, perThought: [] }),
      innerProductsFigure({ ...INNER_PRODUCTS, perThought: [] }),
      frontierFigure({ ...FRONTIER, perThought: [] }),
      trainingFigure([]),
      treeFigure({ ...TREE, perThought: [] }),
      entityBeliefFigure({ ...ENTITY_BELIEF, perThought: [] }),
      logitLensMassFigure({ ...LOGIT_LENS, perThought: [] }),
      mediationFigure({ ...MEDIATION, pooled: { ...MEDIATION.pooled, bases: [] }, perThought: [] }),
      propagationFigure({ ...PROPAGATION, pooled: { edits: [] } }),
    ]) {
      expect(figure.data()).toEqual([]);
      expect(figure.svg()).not.toMatch(/NaN|Infinity/);
    }
  });
});
