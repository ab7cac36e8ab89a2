import { MINIMUM_CLUSTERS, type Estimate } from '../../statistics/index.js';
import { alignColumns } from '../../align-columns.js';
import type { ReadoutHead } from './readout-result.js';
import { intervalCell, isExact, valueCell } from './text-table.js';

/** A column of estimates, one per row. */
export interface EstimateColumn<Row> {
  readonly heading: string;
  readonly of: (row: Row) => Estimate;
  readonly format: (x: number) => string;
  /** Without its interval, where the number is a property of the items. */
  readonly plain?: boolean;
}

/**
 * Rows of estimates as aligned text. Where a column's n differs from that of the columns before it, a column of its own
 * shows it: no number stands without how many items it rests on.
 *
 * @param labels cells before the numbers; `words` of them are words
 */
export function estimateTable<Row>(
  rows: readonly Row[],
  labels: {
    readonly heading: readonly string[];
    readonly of: (row: Row) => readonly string[];
    readonly words?: number;
  },
  columns: readonly EstimateColumn<Row>[],
): string {
  const heading = [...labels.heading];
  const cells = rows.map((row) => [...labels.of(row)]);
  let shown: string | undefined;
  for (const { heading: title, of, format, plain = false } of columns) {
    const counts = rows.map((row) => String(of(row).n));
    if (counts.join() !== shown) {
      heading.push('n');
      counts.forEach((n, i) => cells[i].push(n));
      shown = counts.join();
    }
    heading.push(title);
    rows.forEach((row, i) => cells[i].push(plain ? valueCell(of(row), format) : intervalCell(of(row), format)));
  }
  return alignColumns([heading, ...cells], labels.words ?? 0);
}

/** The line that says how the intervals came about. */
export function intervalLine({ bootstrap }: ReadoutHead, wilson?: string): string {
  const { level, resamples, seed } = bootstrap;
  const percent = Number((level * 100).toFixed(2));
  const made = `${percent} % bootstrap interval over graphs, ${resamples} resamples, seed ${seed}`;
  return `[low high]: ${made}${wilson === undefined ? '' : `; of ${wilson} 95 % Wilson intervals over graphs`}.`;
}

/** What a reader could misread of these estimates, said only where it applies. */
export function estimateNotes(shown: readonly Estimate[]): string[] {
  return [
    'n: items that contribute; - where none do.',
    ...(shown.some(({ value, low }) => value !== null && low === null)
      ? [`[-]: fewer than ${MINIMUM_CLUSTERS} graphs contribute, too few for a bootstrap interval.`]
      : []),
    ...(shown.some(isExact)
      ? ['[=]: zero width, all resamples agree. Up to 3/n of the graphs deviating is not excluded at 95 %.']
      : []),
  ];
}
