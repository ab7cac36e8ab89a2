import { estimateNumber } from '../drawing/index.js';
import { isExact } from '../readout/index.js';
import type { Estimate } from '../statistics/index.js';
import { markup, type Markup, type MarkupValue } from './markup.js';

/** One column of estimates. */
export interface EstimateColumn {
  readonly heading: string;
  /** A second, smaller line of the heading. */
  readonly note?: string;
  /** Decimals; default 3. */
  readonly decimals?: number;
}

export interface EstimateCell {
  readonly estimate: Estimate;
  /** What chance gives, shown below: `chance .123`. */
  readonly reference?: string;
}

export interface EstimateRow {
  readonly heading: string;
  readonly cells: readonly EstimateCell[];
}

export interface EstimateTable {
  /** Unique in the page. */
  readonly id: string;
  readonly caption: MarkupValue;
  /** What the rows are: `thought`. */
  readonly rowName: string;
  readonly columns: readonly EstimateColumn[];
  readonly rows: readonly EstimateRow[];
}

function sampleSize({ n, clusters }: Estimate): string {
  return n === clusters ? String(n) : `${n} (${clusters} graphs)`;
}

/** `[low, high]`, or `[=]` where every resample gave the same number. */
function interval(estimate: Estimate, decimals: number): string {
  const { value, low, high } = estimate;
  if (value === null) return 'undefined here';
  if (low === null || high === null) return 'no interval';
  return isExact(estimate) ? '[=]' : `[${estimateNumber(low, decimals)}, ${estimateNumber(high, decimals)}]`;
}

function cellMarkup({ estimate, reference }: EstimateCell, decimals: number, ownSize: boolean): Markup {
  const lines = [interval(estimate, decimals), ownSize ? `n = ${sampleSize(estimate)}` : undefined, reference];
  return markup`<td><b>${estimateNumber(estimate.value, decimals)}</b>${lines.map((line) => (line === undefined ? '' : markup`<small>${line}</small>`))}</td>`;
}

/**
 * A table of estimates, each with its interval and its sample size: in a column of its own where every row has one
 * sample size for all its cells, else in each cell.
 */
export function estimateTable({ id, caption, rowName, columns, rows }: EstimateTable): Markup {
  const shared = rows.every(({ cells }) => new Set(cells.map(({ estimate }) => sampleSize(estimate))).size === 1);
  const headings = columns.map(
    ({ heading, note }) =>
      markup`<th scope="col">${heading}${note === undefined ? '' : markup`<small>${note}</small>`}</th>`,
  );
  const body = rows.map(
    ({ heading, cells }) =>
      markup`<tr><th scope="row">${heading}</th>${shared ? markup`<td class="n">${sampleSize(cells[0].estimate)}</td>` : ''}${cells.map((cell, i) => cellMarkup(cell, columns[i].decimals ?? 3, !shared))}</tr>
`,
  );
  return markup`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table class="estimates">
<caption><span id="${id}">${caption}</span></caption>
<thead><tr><th scope="col">${rowName}</th>${shared ? markup`<th scope="col">n</th>` : ''}${headings}</tr></thead>
<tbody>
${body}</tbody></table></div>
`;
}
