import type { BootstrapOptions } from '../../statistics/index.js';
import { describeBootstrap, type GraphEstimates } from './graph-estimates.js';

/** How the intervals were made. */
export interface BootstrapDescription {
  readonly method: 'percentile';
  /** What is drawn with replacement: graphs, with all items that share one. */
  readonly unit: 'graph';
  readonly resamples: number;
  readonly level: number;
  readonly seed: number | string;
}

/** What every readout's result begins with. JSON-serialisable: no NaN, no undefined, no typed array. */
export interface ReadoutHead<Name extends string = string> {
  readonly kind: Name;
  readonly version: 1;
  readonly items: number;
  /** Distinct graphs among the items: the units of the bootstrap. */
  readonly graphs: number;
  readonly bootstrap: BootstrapDescription;
}

export function readoutHead<Name extends string>(
  kind: Name,
  { items, graphs }: GraphEstimates,
  options: BootstrapOptions,
): ReadoutHead<Name> {
  return { kind, version: 1, items, graphs, bootstrap: describeBootstrap(options) };
}

/** 0 .. count - 1 */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** An object with one value per name. */
export function record<Name extends string, Value>(
  names: readonly Name[],
  of: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Value>;
}
