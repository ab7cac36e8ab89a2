import type { NodeClass } from '../../graph/index.js';
import { shortName, wholeName } from '../display-name.js';
import { escapeText } from '../escape.js';
import { coordinate, shortProbability } from '../numbers.js';
import { GLYPH_RADIUS, textEnd } from './geometry.js';
import { FLOOR, glyphMark, glyphPath, type Role } from './glyph.js';

/** The ring of every class: thickness and dashes say which, colour only repeats it. */
export const RINGS: Readonly<Record<NodeClass, string>> = {
  frontierOptimal: 'in-frontier',
  frontierOther: 'in-frontier other',
  expanded: 'expanded',
  reachableLater: 'later',
  otherRoot: 'never',
  unreachable: 'never',
};

/** One node at one place of a drawing. */
export interface DrawnNode {
  readonly node: number;
  readonly name: string;
  readonly role: Role;
  /** Breadth-first depth; undefined where the root does not reach it. */
  readonly depth: number | undefined;
  /** Undefined in a graph without a thought. */
  readonly value?: { readonly probability: number; readonly maximum: number; readonly nodeClass: NodeClass };
  /** It stands at an earlier place of the drawing too. */
  readonly repeated: boolean;
  readonly centre: { readonly x: number; readonly y: number };
  /** What a page adds: its place in the drawing, whether it is pinned, whether it is below the threshold. */
  readonly live?: { readonly place: number; readonly pinned: boolean; readonly faded: boolean };
}

function hint({ name, depth, value }: DrawnNode): string {
  const where = depth === undefined ? 'not reachable from the root' : `depth ${depth}`;
  if (value === undefined) return `${wholeName(name)}: ${where}`;
  const inFrontier = RINGS[value.nodeClass].startsWith('in-frontier') ? ', in the frontier' : '';
  return `${wholeName(name)}: ${where}, probability ${value.probability.toFixed(4)}${inFrontier}`;
}

function classNames({ role, value, live, repeated }: DrawnNode): string {
  return [
    'node',
    ...(role === 'node' ? [] : ['key']),
    ...(value === undefined ? [] : [RINGS[value.nodeClass]]),
    ...(repeated ? ['repeated'] : []),
    ...(live?.pinned === true ? ['pinned'] : []),
    ...(live?.faded === true ? ['faded'] : []),
  ].join(' ');
}

/** What is written below a node's name. */
export function roleText(role: Role, repeated: boolean): string {
  return [...(role === 'node' ? [] : [role]), ...(repeated ? ['again'] : [])].join(', ');
}

/** A node's glyph, ring, name and number, as a group of an SVG. */
export function drawNode(drawn: DrawnNode): string {
  const { role, name, value, centre, live, repeated, node } = drawn;
  const short = shortName(name);
  const parts = [`<path class="outline" d="${glyphPath(role)}"/>`];
  let number = '';
  if (value !== undefined) {
    parts.push(glyphMark(role, value.probability / value.maximum));
    if (value.probability >= FLOOR) {
      number = ` <tspan class="number">${shortProbability(value.probability)}</tspan>`;
    }
  }
  const below = roleText(role, repeated);
  parts.push(
    `<text class="name" x="13" dy="${below === '' ? '.34em' : '-.02em'}">${escapeText(short)}${number}</text>`,
  );
  if (below !== '') parts.push(`<text class="role" x="13" dy="1.05em">${below}</text>`);
  const place = `transform="translate(${coordinate(centre.x)},${coordinate(centre.y)})"`;
  if (live === undefined) {
    return `<g class="${classNames(drawn)}" ${place}><title>${escapeText(hint(drawn))}</title>${parts.join('')}</g>`;
  }
  // Its name is what is written beside it; the page's tip says the rest, whole names and exact numbers.
  if (live.pinned) parts.push(`<path class="pin" d="M-5,-11H5L0,-6Z"/>`);
  const width = coordinate(textEnd(short, number !== '') + GLYPH_RADIUS + 6);
  const target = `<rect class="hit" x="${-GLYPH_RADIUS - 4}" y="-13" width="${width}" height="26" rx="5"/>`;
  return `<g class="${classNames(drawn)}" ${place} data-node="${node}" data-place="${live.place}" tabindex="-1" role="button" aria-pressed="${live.pinned}">${target}${parts.join('')}</g>`;
}
