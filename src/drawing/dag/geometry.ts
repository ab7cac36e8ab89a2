import { linkHorizontal } from 'd3';
import { coordinate } from '../numbers.js';
import type { DagLayout } from './layout.js';

/** Pixels. A glyph of full probability has this radius if it is a circle; other shapes have the same area. */
export const GLYPH_RADIUS = 8;
const ROW = 26;
const BAND_GAP = 26;
const MARGIN = 14;
const GUTTER = 44;
/** Mean advance of a lower-case letter and of a digit at the sizes of DAG_CSS, on the wide side. */
const LETTER = 6.4;
/** The same at the size of a role, below the name. */
const SMALL_LETTER = 5.6;
const NUMBER_WIDTH = 27;
const TIP = 4.5;
const BACKWARD_SHIFT = 5;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where everything of one drawing stands, in pixels. */
export interface DagGeometry extends Size {
  /** Centres of the glyphs, indexed like the layout's nodes. */
  readonly centres: readonly { readonly x: number; readonly y: number }[];
  /** Left edge of each column, its centres' x being GLYPH_RADIUS to the right. */
  readonly columnX: (rank: number) => number;
  readonly columnWidth: number;
  /** Top and bottom of the band of reachable nodes. */
  readonly reachable: { readonly top: number; readonly bottom: number };
  /** y of the line between the bands; undefined where there is one band only. */
  readonly divider: number | undefined;
}

/** Advances of a name: East Asian letters and emoji are twice as wide as Latin ones. */
function advances(name: string): number {
  return Array.from(name).reduce((sum, letter) => sum + (letter < '\u1100' || letter === '…' ? 1 : 2), 0);
}

/** Where the text beside a glyph ends, relative to the glyph's centre. */
export function textEnd(name: string, withNumber: boolean): number {
  return GLYPH_RADIUS + 5 + advances(name) * LETTER + (withNumber ? NUMBER_WIDTH : 0);
}

/**
 * Gives a layout its size.
 *
 * @param names as drawn, indexed like the layout's nodes; the longest text sets the width of a column
 * @param roles what stands below the names, indexed likewise
 * @param withNumbers whether a probability stands beside each name
 * @param top pixels to leave above the first row
 */
export function dagGeometry(
  layout: DagLayout,
  names: readonly string[],
  roles: readonly string[],
  withNumbers: boolean,
  top: number,
): DagGeometry {
  const ends = names.map((name) => textEnd(name, withNumbers));
  const roleEnds = roles.map((role) => GLYPH_RADIUS + 5 + role.length * SMALL_LETTER);
  const columnWidth = Math.max(...ends, ...roleEnds) + GLYPH_RADIUS;
  const pitch = columnWidth + GUTTER;
  const columnX = (rank: number): number => MARGIN + rank * pitch;
  const bottom = top + layout.reachableRows * ROW;
  const otherTop = bottom + BAND_GAP;
  return {
    width: Math.ceil(columnX(layout.columns - 1) + columnWidth + MARGIN),
    height: Math.ceil((layout.otherRows > 0 ? otherTop + layout.otherRows * ROW : bottom) + MARGIN / 2),
    centres: layout.nodes.map(({ band, rank, row }) => ({
      x: columnX(rank) + GLYPH_RADIUS,
      y: (band === 'reachable' ? top + row * ROW : otherTop + (row - layout.reachableRows) * ROW) + ROW / 2,
    })),
    columnX,
    columnWidth,
    reachable: { top, bottom },
    divider: layout.otherRows > 0 ? bottom + BAND_GAP / 2 - 4 : undefined,
  };
}

/** The path of an edge and of its arrowhead. */
export interface EdgePath {
  readonly line: string;
  readonly tip: string;
}

const link = linkHorizontal<{ source: [number, number]; target: [number, number] }, [number, number]>().digits(2);

function arrowhead(x: number, y: number, direction: 1 | -1): string {
  const back = coordinate(x - direction * (TIP + 1));
  return `M${coordinate(x)},${coordinate(y)}L${back},${coordinate(y - 2.6)}L${back},${coordinate(y + 2.6)}Z`;
}

/**
 * An edge between two nodes. It joins the sides that face each other: from the end of the source's text to the
 * target's glyph when it leads to a later column, backwards the other way round, and as an arc on the left where both
 * stand in one column.
 */
export function edgePath(
  geometry: DagGeometry,
  names: readonly string[],
  withNumber: (node: number) => boolean,
  source: number,
  target: number,
): EdgePath {
  const from = geometry.centres[source];
  const to = geometry.centres[target];
  const left = -GLYPH_RADIUS - 3;
  const right = (node: number): number => textEnd(names[node], withNumber(node)) + 2;
  if (from.x === to.x) {
    const bulge = Math.min(30, 12 + Math.abs(from.y - to.y) / 6);
    const x = from.x + left;
    const [x0, x1, xt] = [x, x - bulge, x - TIP].map(coordinate);
    const [y0, y1] = [from.y, to.y].map(coordinate);
    return { line: `M${x0},${y0}C${x1},${y0},${x1},${y1},${xt},${y1}`, tip: arrowhead(x, to.y, 1) };
  }
  const direction = from.x < to.x ? 1 : -1;
  const start = from.x + (direction === 1 ? right(source) : left);
  const end = to.x + (direction === 1 ? left : right(target));
  // An edge that leads back ends where others begin; a little lower it is not taken for one of them.
  const shift = direction === 1 ? 0 : BACKWARD_SHIFT;
  const line = link({ source: [start, from.y + shift], target: [end - direction * TIP, to.y + shift] }) ?? '';
  return { line, tip: arrowhead(end, to.y + shift, direction) };
}
