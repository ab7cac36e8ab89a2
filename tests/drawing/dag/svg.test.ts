import { describe, expect, it } from 'vitest';
import { glyphPath } from '../../../src/drawing/dag/glyph.js';
import { dagLegend } from '../../../src/drawing/dag/legend.js';
import { dagSvg } from '../../../src/drawing/dag/svg.js';
import { frontierName } from '../../../src/drawing/dag/words.js';
import { itemPanels, itemTables } from '../../../src/view/report-item.js';
import { shownThoughts } from '../../../src/view/shown-item.js';
import { thoughtPanels } from '../../../src/view/thought-panels.js';
import { ITEM, RECORD } from '../../view/example.js';

const after2 = { thought: 2, probabilities: RECORD.nodeProbabilities.subarray(9, 18) };

/** The group of one node. */
function nodeMarkup(svg: string, name: string): string {
  const group = svg.split('<g class="node').find((part) => part.includes(`<title>${name}:`));
  if (group === undefined) throw new Error(`${name} is not in the drawing`);
  return group;
}

describe('dagSvg', () => {
  it('draws the same picture every time', async () => {
    const svg = dagSvg({ item: ITEM, id: 'fig', values: after2, heading: 'Thought 2', standalone: true });
    await expect(svg).toMatchFileSnapshot('__snapshots__/dag.svg');
  });

  it('draws a graph without a thought: every glyph empty, no frontier', () => {
    const svg = dagSvg({ item: ITEM, id: 'fig' });
    expect(svg).not.toContain('class="mark"');
    expect(svg).not.toContain('in-frontier');
    expect(svg.match(/class="outline"/g)).toHaveLength(9);
    expect(svg.match(/class="edge"/g)).toHaveLength(10);
  });

  it('outlines exactly the frontier of the thought', () => {
    const svg = dagSvg({ item: ITEM, id: 'fig', values: after2 });
    const outlined = ITEM.names.filter((name) => nodeMarkup(svg, name).includes('in-frontier'));
    expect(outlined).toEqual(['brimpus', 'gerpus']);
    expect(svg).toContain('frontier F₂');
  });

  it('marks root, target and decoy in words and by shape', () => {
    const svg = dagSvg({ item: ITEM, id: 'fig', values: after2 });
    const shapes = ['Tom', 'lempus', 'scrompus', 'gerpus'].map(
      (name) => /class="outline" d="([^"]+)"/.exec(nodeMarkup(svg, name))?.[1],
    );
    expect(new Set(shapes).size).toBe(4);
    expect(nodeMarkup(svg, 'Tom')).toContain('>root<');
    expect(nodeMarkup(svg, 'lempus')).toContain('>target<');
    expect(nodeMarkup(svg, 'scrompus')).toContain('>decoy<');
  });

  it('draws next to nothing as nothing: a glyph is full at 1, whatever the largest probability', () => {
    const probabilities = [0.00004, 0.00001, 0.00004, 0.0049, 0.005, 0, 0, 0, 0];
    const svg = dagSvg({ item: ITEM, id: 'fig', values: { thought: 1, probabilities } });
    expect(svg.match(/class="mark"/g)).toHaveLength(1);
    expect(svg.match(/class="number"/g)).toHaveLength(1);
    expect(svg).not.toContain('magnified');
  });

  it('says so in the drawing where it magnifies', () => {
    const probabilities = [0.00004, 0, 0, 0, 0, 0, 0, 0, 0];
    const svg = dagSvg({ item: ITEM, id: 'fig', values: { thought: 1, probabilities, maximum: 0.00004 } });
    expect(svg.match(/class="mark" fill-opacity="1"/g)).toHaveLength(1);
    expect(svg).toContain('>magnified: a full glyph is a probability of 0.00004, not 1<');
  });

  it('fills a circle by area and strength: half of the maximum is 1/sqrt(2) of the radius, half-way from .5 to 1', () => {
    const probabilities = [0, 0, 0.25, 0, 0, 0, 0, 0, 0];
    const svg = dagSvg({ item: ITEM, id: 'fig', values: { thought: 1, probabilities, maximum: 0.5 } });
    // d3 draws a circle as arcs whose radius follows the A; 8 px is the full glyph.
    const radius = Number(/class="mark" fill-opacity="0.75" d="M[^A]*A([\d.]+),/.exec(nodeMarkup(svg, 'terpus'))?.[1]);
    expect(radius).toBeCloseTo(8 / Math.SQRT2, 2);
    expect(nodeMarkup(svg, 'dumpus')).not.toContain('class="mark"');
  });

  it('says in words what it shows', () => {
    const svg = dagSvg({ item: ITEM, id: 'fig', values: after2 });
    expect(svg).toContain('role="img" aria-labelledby="fig-title fig-desc"');
    expect(svg).toContain('Frontier F₂ (brimpus, gerpus) holds 0.360 of the probability');
    expect(dagSvg({ item: ITEM, id: 'f', values: { ...after2, thought: 5 } })).toContain('Frontier F₅ is empty');
  });

  it('escapes names', () => {
    const names = ITEM.names.map((name) => (name === 'lempus' ? `</text><script>"x"&'` : name));
    const svg = dagSvg({ item: { ...ITEM, names }, id: 'fig', values: after2 });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&quot;x&quot;&amp;&#39;');
  });
});

describe('glyphPath', () => {
  /** The area of a polygon that is written as M, L and the relative h, v of a rectangle. */
  function area(path: string): number {
    const corners: [number, number][] = [];
    for (const [, command, numbers] of path.matchAll(/([MLhv])([-\d.,]+)/g)) {
      const [a, b] = numbers.split(',').map(Number);
      const [x, y] = corners.at(-1) ?? [0, 0];
      corners.push(command === 'h' ? [x + a, y] : command === 'v' ? [x, y + a] : [a, b]);
    }
    const twice = corners.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = corners[(i + 1) % corners.length];
      return sum + x * nextY - y * nextX;
    }, 0);
    return Math.abs(twice) / 2;
  }

  it('gives every role the same area for the same share: that of a circle of radius 8', () => {
    expect(glyphPath('node')).toContain('A8,8');
    for (const role of ['root', 'target', 'decoy'] as const) {
      // Corners are rounded to .005 on sides of about 15.
      expect(area(glyphPath(role)), role).toBeCloseTo(64 * Math.PI, 0);
      expect(area(glyphPath(role, 0.25)), role).toBeCloseTo(16 * Math.PI, 0);
    }
  });
});

describe('thoughtPanels', () => {
  it('splits the probability of a token among the nodes that share it', () => {
    // terpus and dumpus, both in the frontier of thought 1, share a token of probability .3; .1 more is off the graph.
    const nodeTokens = RECORD.nodeTokens.map((token) => (token === 3 ? 2 : token));
    const offGraphMass = RECORD.offGraphMass.map((mass, i) => mass + RECORD.nodeProbabilities[9 * i + 3]);
    const record = { ...RECORD, nodeTokens, offGraphMass };
    const { panels } = thoughtPanels(record, { id: 'p' });
    expect(panels[0]).toContain('holds 0.300 of the probability');
    expect(nodeMarkup(panels[0], 'terpus')).toContain('probability 0.1500');
    expect(nodeMarkup(panels[0], 'Tom')).toContain('probability 0.3000');
    const shown = { item: record.item, recordings: [shownThoughts(record)] };
    expect(itemPanels(shown, ['rec']).text).toContain('on F₁ (2 nodes) 0.300 · off the graph 0.400');
    expect(itemTables(shown, ['rec']).text).toContain('<td class="frontier"><b>0.1500</b></td>');
  });

  it('draws one panel per thought, in which a full glyph is a probability of 1', () => {
    const { panels, legend } = thoughtPanels(RECORD, { id: 'p' });
    expect(panels).toHaveLength(3);
    expect(legend).toContain('>1<');
    expect(legend).toContain('>&lt;.005<');
    expect(panels[0]).toContain('frontier F₁');
    expect(panels[2]).toContain('frontier F₃');
  });

  it('gives every drawing ids of its own', () => {
    const { panels, legend } = thoughtPanels(RECORD, { id: 'p' });
    const ids = [...panels, legend].flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('dagLegend', () => {
  it('draws the same key every time', async () => {
    await expect(dagLegend('key', true)).toMatchFileSnapshot('__snapshots__/legend.svg');
  });
});

describe('frontierName', () => {
  it('sets the depth as a subscript', () => {
    expect([frontierName(1), frontierName(12)]).toEqual(['F₁', 'F₁₂']);
  });
});
