import { symbol, symbolCircle, symbolDiamond2, symbolSquare, symbolTriangle, type SymbolType } from 'd3';
import type { Item } from '../dataset/index.js';
import { GLYPH_RADIUS } from './dag-geometry.js';
import { coordinate } from './numbers.js';

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

/** The outline of a role's shape around (0, 0), scaled so that `share` = 1 is the full glyph's area. */
export function glyphPath(role: Role, share = 1): string {
  const area = Math.PI * GLYPH_RADIUS ** 2 * share;
  return symbol(SHAPES[role], area).digits(2)() ?? '';
}

/** The filling of a glyph: area and strength of colour both grow with the share of the scale that it stands for. */
export function glyphMark(role: Role, share: number): string {
  if (!(share > 0)) return '';
  const within = Math.min(1, share);
  return `<path class="mark" fill-opacity="${coordinate(0.5 + 0.5 * within)}" d="${glyphPath(role, within)}"/>`;
}
