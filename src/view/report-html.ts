import { createHash } from 'node:crypto';
import { dataUri } from '../drawing/index.js';
import {
  CLASS_WORDS,
  frontierRows,
  PUBLISHED_WORDS,
  readoutCsv,
  SCORER_WORDS,
  type FrontierReadout,
  type GroupWords,
} from '../readout/index.js';
import type { RecordingMetadata } from '../recording/index.js';
import type { AnalysisProvenance } from '../provenance.js';
import { markup, trusted, type Markup } from './markup.js';
import { encodePage, scriptJson } from './page-data.js';
import type { PageItems } from './page-items.js';
import { pageScript } from './page-script.js';
import { exampleSection } from './report-example.js';
import { baseName, reportHeader, type BaselineProvenance } from './report-header.js';
import { REPORT_CSS } from './report-style.js';
import { breadthTable, classTables, contrastTable, massTable, publishedTables, topOneTables } from './report-tables.js';
import { DOES_NOT_SHOW } from './report-words.js';

/** What a report is made of. */
export interface ReportInput {
  readonly metadata: RecordingMetadata;
  readonly readout: FrontierReadout;
  /** The item that is drawn, and those that a reader can choose. */
  readonly items: PageItems;
  /** Where the recording comes from whose drawings stand beside the report's own, if `items` have two. */
  readonly baseline?: BaselineProvenance | undefined;
  /** Where the report comes from; `metadata` say where the recording does. */
  readonly provenance: AnalysisProvenance;
}

function definitions(words: Readonly<Record<string, GroupWords>>): Markup {
  return markup`<dl class="words">${Object.values(words).map(({ name, definition }) => markup`<dt>${name}</dt><dd>${definition}</dd>`)}</dl>`;
}

function numbersSection({ metadata, readout }: ReportInput): Markup {
  const { short } = SCORER_WORDS[readout.scorer];
  return markup`<section aria-labelledby="numbers-heading">
<h2 id="numbers-heading">All items</h2>
<p class="lede">c is the number of thoughts. The frontier at thought c is the set of nodes at breadth-first depth c.</p>
<details><summary>How the groups of nodes are defined</summary>
${definitions(CLASS_WORDS)}
<p>These classes are disjoint: every node is in exactly one. <i>Within c hops</i> is expanded and frontier together; <i>never reachable</i> is other root and unreachable together.</p></details>
<h3>Probability</h3>
${massTable(readout, metadata.model.vocabulary)}
<h3>Separation</h3>
${contrastTable(readout, 'withinGraph')}
<details><summary>Effect size: the ${short} gap</summary>
${contrastTable(readout, 'logitGap')}</details>
<details><summary>AUC over all graphs together</summary>
${contrastTable(readout, 'pooled')}</details>
<h3>The highest node</h3>
${topOneTables(readout)}
<h3>Breadth</h3>
${breadthTable(readout)}
<h3>Per node</h3>
<details><summary>Probability and ${short} of a node, by class</summary>
${classTables(readout)}</details>
<details><summary>The groups as published (nested)</summary>
<p>The groups of “Reasoning by Superposition” (arXiv 2505.12514), for comparison with its numbers only. They contain one another, so the optimal nodes lift the means of the others; and its frontier is a walk frontier, which still holds nodes that were expanded before.</p>
${definitions(PUBLISHED_WORDS)}
${publishedTables(readout)}</details>
</section>
`;
}

function limitsSection(): Markup {
  return markup`<section aria-labelledby="limits-heading">
<h2 id="limits-heading">What this does not show</h2>
<ul class="limits">${DOES_NOT_SHOW.map(
    ([claim, why]) => markup`<li><strong>${claim}</strong> ${why}</li>
`,
  )}</ul>
</section>
`;
}

function downloads({ metadata, readout, provenance }: ReportInput): Markup {
  const csv = dataUri('text/csv', readoutCsv(frontierRows(readout)));
  const json = dataUri('application/json', JSON.stringify({ kind: 'frontier', ...provenance, metadata, readout }));
  return markup`<footer><p>The numbers of this page: <a download="frontier.csv" href="${csv}">frontier.csv</a> · <a download="frontier.json" href="${json}">frontier.json</a> (with the whole provenance). Written by coconut-lens ${provenance.versions['coconut-lens']}.</p></footer>
`;
}

/** SHA-256 of an inline style or script, as a content security policy names it. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * The frontier readout of a recording as one HTML page that needs nothing else: no network, opens from disk. It shows
 * everything without its script; the script steps through it. All data are escaped; the page's content security policy
 * admits its own style sheet and script, by hash, and nothing else.
 *
 * @throws LensError if the script was not built
 */
export function reportHtml(input: ReportInput): string {
  const { metadata, readout, provenance, items, baseline } = input;
  const script = pageScript();
  const policy = `default-src 'none'; style-src ${hashOf(REPORT_CSS)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  const data = scriptJson(encodePage(items.labels, items.shown));
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${trusted(`<meta http-equiv="Content-Security-Policy" content="${policy}">`)}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="coconut-lens">
<title>Frontier readout: ${baseName(metadata.model.path)} on ${baseName(metadata.items.path)}</title>
<style>${trusted(REPORT_CSS)}</style>
</head>
<body>
${reportHeader(metadata, readout, provenance, baseline)}<main>
${exampleSection(items)}${numbersSection(input)}${limitsSection()}</main>
${downloads(input)}<script type="application/json" id="report-data" data-drawn="${items.drawn}">${trusted(data)}</script>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.text;
}
