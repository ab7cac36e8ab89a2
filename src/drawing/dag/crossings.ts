import type { Edge } from '../../graph/index.js';

/** A point of the drawing, in any units. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Twice the signed area of the triangle a, b, c. */
function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Whether the open segments ab and cd cross at one point inside both. */
function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/**
 * The number of pairs of edges that cross when each is drawn as a straight line. Edges inside one column are drawn as
 * arcs beside it and are not counted.
 */
export function countCrossings(edges: readonly Edge[], position: (node: number) => Point): number {
  const segments = edges
    .map(([source, target]) => [position(source), position(target)] as const)
    .filter(([a, b]) => a.x !== b.x);
  let count = 0;
  for (let i = 0; i < segments.length; i++) {
    for (let j = 0; j < i; j++) {
      if (cross(segments[i][0], segments[i][1], segments[j][0], segments[j][1])) count++;
    }
  }
  return count;
}
