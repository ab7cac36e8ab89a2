import type { ClaimResult } from '../claim/index.js';
import { exploreScript, FIGURE_CSS, PLOTLY_IMAGES, PLOTLY_STYLES, plotlyScript, policyHash } from '../drawing/index.js';
import type { JsonValue } from '../recording/index.js';
import { claimDownloads } from './claim-figure-block.js';
import { claimContents, claimHeader, claimOrigins, nameOf } from './claim-header.js';
import { claimPredictions } from './claim-predictions.js';
import { CLAIM_CSS } from './claim-style.js';
import { claimCriteria, claimVerdicts } from './claim-verdicts.js';
import { markup, trusted, type Markup } from './markup.js';

/** Where a report of batteries comes from; where each battery does is in its own result. */
export interface ClaimReportProvenance {
  readonly command: string;
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** What no battery shows, whatever comes out. */
const LIMITS = [
  'Nodes are read through the LM head (in English by the first token of their names). A model that keeps its search in other directions fails the tests of contents though it searches.',
  'A verdict is about one checkpoint on one distribution of items. It says nothing of other seeds of the same training.',
  'Intervals cover the choice of graphs only. Thresholds were set before any trained model was judged, but for changes that the battery’s page lists; p is corrected (Holm) over the tests of one battery, the necessary ones as one where all support, and not over several batteries.',
];

function limits(): Markup {
  return markup`<section aria-labelledby="limits-heading">
<h2 id="limits-heading">What the battery does not show</h2>
<ul class="limits">${LIMITS.map(
    (text) => markup`<li>${text}</li>
`,
  )}</ul>
</section>
`;
}

/** The content security policy: own styles and scripts by their hashes, downloads by a click, nothing else. */
function policy(): string {
  const styles = [`'${policyHash(CLAIM_CSS)}'`, `'${policyHash(FIGURE_CSS)}'`, ...PLOTLY_STYLES].join(' ');
  const scripts = `'${plotlyScript().hash}' '${exploreScript().hash}'`;
  return `default-src 'none'; style-src ${styles}; script-src ${scripts}; img-src ${PLOTLY_IMAGES}; base-uri 'none'; form-action 'none'`;
}

/**
 * The results of one or several batteries as one HTML page that needs nothing else: it opens from disk, without network, and
 * shows everything without scripts; with them its matrices can be explored. The verdicts come first, and what they rest on
 * after them. All data are escaped.
 *
 * @param results at least one, of any version that `readClaimResult` reads
 */
export function claimReportHtml(results: readonly ClaimResult[], provenance: ClaimReportProvenance): string {
  const names = results.map((result, i) => nameOf(result, i));
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="coconut-lens">
<title>Breadth-first search? ${names.join(', ')}</title>
<style>${trusted(CLAIM_CSS)}</style>
</head>
<body>
${claimHeader(results, names, provenance)}<main>
${claimVerdicts(results, names)}${claimContents(results)}${claimOrigins(results, names, provenance)}${claimCriteria(results, names)}${claimPredictions(results, names)}${limits()}</main>
<footer>${claimDownloads(results, names)}<p>Written by coconut-lens ${provenance.versions['coconut-lens'] ?? ''} with <code>${provenance.command}</code></p></footer>
<script>${trusted(plotlyScript().text)}</script>
<script>${trusted(exploreScript().text)}</script>
</body>
</html>
`;
  return page.text;
}
