import { scaleLinear } from 'd3';
import type { ChartAxis } from '../../drawing/index.js';
import type { Scorer } from '../../recording/index.js';
import type { BootstrapDescription } from './readout-result.js';
import { SCORER_WORDS } from './words.js';

/** What a readout's result says of its sample. @inline */
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

/** What marks of means are, for charts that may have marks without an interval. */
export function markWords(sampled: Sampled): string {
  return `Marks: mean over items; ${intervalWords(sampled)}, none where too few graphs contribute`;
}

/** `; values: whole names in language ...`, where it is known */
export function valueWords(scorer: Scorer | null): string {
  if (scorer === null) return '';
  const { title } = SCORER_WORDS[scorer];
  return `; values: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

/** The domain of an axis that holds 0 and all of these numbers, with round ends. */
export function domainOf(values: readonly (number | null | undefined)[]): [number, number] {
  const there = values.filter((value): value is number => value !== null && value !== undefined);
  return [Math.min(0, ...there), Math.max(0, ...there)];
}

/** An axis with a tick for each of these whole numbers, in ascending order: thoughts, layers. */
export function countAxis(label: string, counts: readonly number[]): ChartAxis {
  return { label, domain: [(counts.at(0) ?? 0) - 0.5, (counts.at(-1) ?? 1) + 0.5], ticks: counts };
}

/** The axis of shares and probabilities. */
export function shareAxis(label: string): ChartAxis {
  return { label, domain: [0, 1] };
}

/**
 * The axis that holds 0 and all of these numbers, with round ends. Values that are probabilities are given together with
 * 1, and entropies with 1 bit: next to nothing is to look like that.
 */
export function niceAxis(label: string, values: readonly (number | null | undefined)[]): ChartAxis {
  const [low, high] = domainOf(values);
  const [from, to] = scaleLinear([low, low === high ? 1 : high], [0, 1])
    .nice(4)
    .domain();
  return { label, domain: [from, to] };
}
