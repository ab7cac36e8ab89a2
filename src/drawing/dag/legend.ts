import type { NodeClass } from '../../graph/index.js';
import { escapeText } from '../escape.js';
import { coordinate, shortProbability } from '../numbers.js';
import { dagElement } from './element.js';
import { FLOOR, glyphMark, glyphPath, type Role } from './glyph.js';
import { RINGS } from './node.js';

const WIDTH = 580;
const HEIGHT = 110;

function glyph(x: number, y: number, role: Role, share: number, nodeClass: NodeClass = 'reachableLater'): string {
  return `<g class="${RINGS[nodeClass]}" transform="translate(${coordinate(x)},${y})"><path class="outline" d="${glyphPath(role)}"/>${glyphMark(role, share)}</g>`;
}

function label(x: number, y: number, text: string, kind = 'name'): string {
  return `<text class="${kind}" x="${coordinate(x)}" y="${y}" dy=".34em">${escapeText(text)}</text>`;
}

const ROLES: readonly (readonly [role: Role, name: string])[] = [
  ['root', 'root'],
  ['target', 'target'],
  ['decoy', 'decoy'],
  ['node', 'other node'],
];

const CLASSES: readonly (readonly [x: number, nodeClass: NodeClass, name: string])[] = [
  [22, 'frontierOptimal', 'frontier, shortest path'],
  [188, 'frontierOther', 'frontier, other'],
  [306, 'expanded', 'expanded'],
  [392, 'reachableLater', 'later'],
  [454, 'unreachable', 'never reachable'],
];

/**
 * The key to the drawings of dagSvg, with the scale that they all have.
 *
 * @param id unique in the page
 * @param standalone whether the style goes inside
 */
export function dagLegend(id: string, standalone = false): string {
  const scale = [0, 0.1, 0.2, 0.5, 1].map((share, i) => {
    const x = 22 + i * 62;
    return glyph(x, 18, 'node', share) + label(x + 13, 18, share === 0 ? shortProbability(0) : String(share));
  });
  const body = [
    ...scale,
    label(314, 18, 'probability, softmax over the whole vocabulary', 'note'),
    ...ROLES.map(([role, name], i) => glyph(22 + i * 70, 44, role, 0) + label(35 + i * 70, 44, name)),
    label(330, 44, 'frontier: depth = number of thoughts', 'note'),
    ...CLASSES.map(([x, nodeClass, name]) => glyph(x, 70, 'node', 0, nodeClass) + label(x + 13, 70, name)),
    `<g class="past"><path class="edge" d="M14,95H40"/><path class="tip" d="M46,95L40,92.4L40,97.6Z"/></g>`,
    label(53, 95, 'edge that the search has taken by now'),
    `<g class="ahead"><path class="edge" d="M318,95H344"/><path class="tip" d="M350,95L344,92.4L344,97.6Z"/></g>`,
    label(357, 95, 'any other edge'),
  ].join('\n');
  const description = `Area and colour of a glyph's filling grow with the probability of its node; a full glyph is 1, and nothing below ${FLOOR} is drawn. Square: root. Diamond: target. Triangle: decoy. Circle: any other node. The outline is the class: thick in the frontier, whole on a shortest path to the target and dashed elsewhere; dark where the search has been; thin where it comes later; dotted where it never comes.`;
  return dagElement({ id, width: WIDTH, height: HEIGHT, title: 'Key to the graphs', description, body }, standalone);
}
