import { glyphMark, glyphPath, type Role } from './dag-glyph.js';
import { coordinate } from './numbers.js';
import { svgElement } from './svg-element.js';

const WIDTH = 560;
const HEIGHT = 84;

function glyph(x: number, y: number, role: Role, share: number, frontier = false): string {
  return `<g${frontier ? ' class="in-frontier"' : ''} transform="translate(${coordinate(x)},${y})"><path class="outline" d="${glyphPath(role)}"/>${glyphMark(role, share)}</g>`;
}

function label(x: number, y: number, text: string, kind = 'name'): string {
  return `<text class="${kind}" x="${coordinate(x)}" y="${y}" dy=".34em">${text}</text>`;
}

/**
 * The key to the drawings of dagSvg, with the scale they share.
 *
 * @param id unique in the page
 * @param maximum the probability of a full glyph
 * @param standalone whether the style goes inside
 */
export function dagLegend(id: string, maximum: number, standalone = false): string {
  const shares = [0, 0.1, 0.2, 0.5, 1];
  const scale = shares.map((share, i) => {
    const x = 22 + i * 58;
    return glyph(x, 18, 'node', share) + label(x + 13, 18, String(Number((share * maximum).toPrecision(2))));
  });
  const roles: readonly (readonly [Role, string])[] = [
    ['root', 'root'],
    ['target', 'target'],
    ['decoy', 'decoy'],
    ['node', 'other node'],
  ];
  const shapes = roles.map(([role, name], i) => glyph(22 + i * 70, 44, role, 0) + label(35 + i * 70, 44, name));
  const body = [
    ...scale,
    label(314, 18, 'probability, softmax over the whole vocabulary', 'note'),
    ...shapes,
    glyph(326, 44, 'node', 0, true),
    label(339, 44, 'frontier: depth = number of thoughts'),
    `<g class="past"><path class="edge" d="M14,69H40"/><path class="tip" d="M46,69L40,66.4L40,71.6Z"/></g>`,
    label(53, 69, 'edge that the search has taken by now'),
    `<g class="ahead"><path class="edge" d="M318,69H344"/><path class="tip" d="M350,69L344,66.4L344,71.6Z"/></g>`,
    label(357, 69, 'any other edge'),
  ].join('\n');
  const description = `Area and colour of a glyph's filling grow with the probability of its node; a full glyph is ${maximum}. Square: root. Diamond: target. Triangle: decoy. Circle: any other node. A thick outline marks the frontier.`;
  return svgElement({ id, width: WIDTH, height: HEIGHT, title: 'Key to the graphs', description, body }, standalone);
}
