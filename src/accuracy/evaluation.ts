import { inspectItems, type HeuristicAccuracy, type Item } from '../dataset/index.js';
import type { Answering, Wording } from '../tokenizer/index.js';
import type { ClusteredProportion } from '../statistics/index.js';
import { measuresOf, type Measure, type ThoughtsAccuracy } from './evaluate.js';

/** Shares under the names of what they measure. */
export type Shares = Readonly<Record<string, ClusteredProportion>>;

/** An evaluation in the form that `evaluate --json` prints. */
export interface Evaluation {
  /** How the intervals come about. */
  readonly interval: string;
  readonly answering: Answering & { readonly suffix: readonly number[] };
  /** What guessing gives, by measure. */
  readonly chance: Readonly<Record<string, number | undefined>>;
  readonly results: readonly (Readonly<Record<string, unknown>> & { readonly thoughts: number })[];
  /** Strategies that use no model, on the same items. */
  readonly heuristics: readonly HeuristicAccuracy[];
}

/** @param found at least one number of thoughts, of `evaluateItems` on these items */
export function evaluationOf(
  found: readonly ThoughtsAccuracy[],
  items: readonly Item[],
  wording: Wording,
  vocabulary: number,
): Evaluation {
  const measures = measuresOf(wording, vocabulary);
  return {
    interval: intervalMethod(found[0].shares[0]).long,
    answering: { ...wording.answering, suffix: wording.suffix },
    chance: named(
      measures.map(({ chance }) => chance),
      measures,
    ),
    results: found.map(({ thoughts, shares, byDepth }) => ({
      thoughts,
      ...named(shares, measures),
      byDepth: byDepth.map((entry) => ({ depth: entry.depth, ...named(entry.shares, measures) })),
    })),
    heuristics: inspectItems(items).heuristics,
  };
}

/** How intervals come about, `long` for JSON. Where every item has a graph of its own there is nothing to allow for. */
export function intervalMethod({ n, clusters }: ClusteredProportion): {
  readonly short: string;
  readonly long: string;
} {
  if (n === clusters) return { short: '95 % Wilson intervals', long: 'Wilson 95 %' };
  return {
    short: '95 % Wilson intervals at the effective sample size over graphs',
    long: 'Wilson 95 % at the effective sample size over graphs (Korn and Graubard 1998)',
  };
}

function named<T>(values: readonly T[], measures: readonly Measure[]): Record<string, T> {
  return Object.fromEntries(values.map((value, i) => [measures[i].name, value]));
}
