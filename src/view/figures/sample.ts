import type { BootstrapDescription } from '../../readout/index.js';

/** What a readout's result says of its sample. */
export interface Sampled {
  readonly items: number;
  readonly graphs: number;
  readonly bootstrap: Pick<BootstrapDescription, 'level' | 'resamples'>;
}

/** `300 items on 280 graphs` */
export function sampleWords({ items, graphs }: Sampled): string {
  return `${items} ${items === 1 ? 'item' : 'items'} on ${graphs} ${graphs === 1 ? 'graph' : 'graphs'}`;
}

/** What the whiskers of a figure are. */
export function intervalWords({ bootstrap: { level, resamples } }: Sampled): string {
  return `whiskers: ${Math.round(level * 100)} % intervals over graphs (${resamples} bootstrap resamples)`;
}

/** The domain of an axis that holds 0 and all of these numbers, with round ends. */
export function domainOf(values: readonly (number | null | undefined)[]): [number, number] {
  const there = values.filter((value): value is number => value !== null && value !== undefined);
  return [Math.min(0, ...there), Math.max(0, ...there)];
}
