import {
  layerAt,
  PLAIN,
  thoughtsNeeded,
  type Alignment,
  type CrossFittedAlignment,
} from '../../src/claim/alignment.js';
import { beamHolds } from '../../src/claim/beams.js';
import type { MeasureSpec } from '../../src/claim/judge.js';
import type { Found, Scrubbed } from '../../src/claim/scrubbed-answers.js';
import type { Estimate } from '../../src/statistics/index.js';

export const aligned = (alignment: Alignment): CrossFittedAlignment => ({ of: () => alignment, agreed: alignment });

/** One layer of four, one of which leads on; the widest of the others is of twelve. */
export const LAYERS = [
  { size: 4, leading: 1 },
  { size: 4, leading: 1 },
  { size: 12, leading: 2 },
];

/** What is found by a search that has a donor's thoughts up to t, at some layer, and a number of thoughts left. */
export type Finds = (cell: { t: number; layer: number; depth: number; left: number; needed: number }) => number;

/** [t - 1][n], for a target at some depth. */
export function foundBy(finds: Finds, depth: number, alignment = PLAIN): Found {
  return Array.from({ length: depth }, (_, i) =>
    [0, 1, 2, 3].map((left) => {
      const [layer, needed] = [layerAt(alignment, i + 1), thoughtsNeeded(alignment, i + 1, depth)];
      return finds({ t: i + 1, layer, depth, left, needed });
    }),
  );
}

/**
 * Graphs with targets at depths 3 and 4, and what their answers are after a donor's thoughts: stalled, and answered from the
 * asked at once, which is the same unless it is given.
 */
export function observed(
  finds: Finds,
  {
    n = 80,
    alignment = PLAIN,
    atOnce = finds,
    practised = false,
  }: { n?: number; alignment?: Alignment; atOnce?: Finds; practised?: boolean } = {},
): Scrubbed[] {
  return Array.from({ length: n }, (_, i) => {
    const depth = 3 + (i % 2);
    return {
      graph: `graph ${i}`,
      depth,
      stalled: foundBy(finds, depth, alignment),
      atOnce: foundBy(atOnce, depth, alignment),
      ownDepth: depth,
      // After 0 to 6 thoughts: one that is not practised answers after all of them alone.
      own: Array.from({ length: 7 }, (_, c) => (c === 6 || (practised && c >= depth) ? 1 : 0.5)),
      layers: LAYERS.slice(0, depth - 1),
    };
  });
}

/** With a thought that has the target in reach the answer is the donor's, in every search; with thoughts too few it is a coin's. */
export const searching: Finds = ({ layer, depth, left, needed }) => (layer >= depth ? 0 : left < needed ? 0.5 : 1);

/** A beam that knows the way, and finds the answer as often as it holds a node that leads there. */
export const beamOf =
  (width: number): Finds =>
  ({ layer, depth }) =>
    layer >= depth ? 0 : 0.5 + beamHolds(width, LAYERS[layer - 1]) / 2;

/** Numbers that decide and such that do not. */
export interface Split {
  readonly criteria: readonly MeasureSpec[];
  readonly measures: readonly MeasureSpec[];
}

/** Estimates by name, of criteria and measures alike. */
export function estimatesOf({ criteria, measures }: Split, graphs: readonly string[]): Record<string, Estimate> {
  return Object.fromEntries(
    [...criteria, ...measures].map(({ name, statistic }) => [name, statistic(graphs).estimate]),
  );
}

/** Their values likewise. */
export function valuesOf(split: Split, observations: readonly { graph: string }[]): Record<string, number | null> {
  const graphs = observations.map(({ graph }) => graph);
  return Object.fromEntries(Object.entries(estimatesOf(split, graphs)).map(([name, { value }]) => [name, value]));
}

/** Names of criteria, and of measures. */
export const namesOf = ({ criteria, measures }: Split): [string[], string[]] => [
  criteria.map(({ name }) => name),
  measures.map(({ name }) => name),
];
