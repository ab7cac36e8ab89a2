import { symbol, symbolCircle, symbolDiamond2, symbolSquare, symbolTriangle, type SymbolType } from 'd3';
import type { Item } from '../../dataset/index.js';
import { coordinate } from '../numbers.js';
import { GLYPH_RADIUS } from './geometry.js';

/**
 * A glyph is full at a probability of 1, for every item, model and page, so that drawings can be compared and next to
 * nothing is drawn as that. Below this share of a full glyph nothing is drawn, and no number printed.
 */
export const FLOOR = 0.005;

/** What a node is to the question. */
export type Role = 'root' | 'target' | 'decoy' | 'node';

/** Every role has its own shape, so that none depends on colour. */
const SHAPES: Readonly<Record<Role, SymbolType>> = {
  root: symbolSquare,
  target: symbolDiamond2,
  decoy: symbolTriangle,
  node: symbolCircle,
};

export function roleOf(item: Item, node: number): Role {
  if (node === item.root) return 'root';
  if (node === item.target) return 'target';
  return node === item.decoy ? 'decoy' : 'node';
}

/** d3 gives every shape the area asked for but symbolDiamond2, whose half diagonal is .62625 of the root of it. */
const DIAMOND_AREA = 2 * 0.62625 ** 2;

/** The outline of a role's shape around (0, 0), with the area of the full glyph times `share`, whatever the shape. */
export function glyphPath(role: Role, share = 1): string {
  const area = Math.PI * GLYPH_RADIUS ** 2 * share;
  return symbol(SHAPES[role], role === 'target' ? area / DIAMOND_AREA : area).digits(2)() ?? '';
}

/** The filling of a glyph: area and strength of colour both grow with the share of the scale that it stands for, from {@link FLOOR} on. */
export function glyphMark(role: Role, share: number): string {
  if (!(share >= FLOOR)) return '';
  const within = Math.min(1, share);
  return `<path class="mark" fill-opacity="${coordinate(0.5 + 0.5 * within)}" d="${glyphPath(role, within)}"/>`;
}
