import type { ClaimResult } from '../claim/index.js';
import { dataUri, estimateNumber, figureCsv, type Figure, type FigureRow } from '../drawing/index.js';
import { markup, trusted, type Markup } from './markup.js';

function cell(value: string | number | null): Markup {
  if (typeof value === 'string') return markup`<td class="text">${value}</td>`;
  const text = value !== null && Number.isInteger(value) ? String(value) : estimateNumber(value, 3);
  return markup`<td>${text}</td>`;
}

function table(figure: string, rows: readonly FigureRow[]): Markup {
  const id = `${figure}-numbers`;
  const columns = Object.keys(rows.at(0) ?? {});
  return markup`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0"><table class="numbers">
<caption><span id="${id}">The numbers of ${figure}</span></caption>
<thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => markup`<tr>${columns.map((column) => cell(row[column]))}</tr>
`,
  )}</tbody></table></div>
`;
}

/** A figure with its numbers below it, as a table and to download. */
export function figureBlock(id: string, figure: Figure): Markup {
  const rows = figure.data();
  const csv = dataUri('text/csv', figureCsv(rows));
  const json = dataUri('application/json', JSON.stringify(rows));
  return markup`<figure class="chart">${trusted(figure.html())}
<details><summary>Numbers</summary>
${table(id, rows)}</details>
<p class="downloads"><a download="${id}.csv" href="${csv}">${id}.csv</a> · <a download="${id}.json" href="${json}">${id}.json</a></p></figure>
`;
}

/** The whole results, as they were read. */
export function claimDownloads(results: readonly ClaimResult[], names: readonly string[]): Markup {
  const links = results.map((result, i) => {
    const file = `claim-${i + 1}.json`;
    return markup`<li><a download="${file}" href="${dataUri('application/json', JSON.stringify(result))}">${file}</a>: ${names[i]}, with its whole provenance</li>`;
  });
  return markup`<ul>${links}</ul>`;
}
