import type { ClaimResult } from '../claim/index.js';
import type { ClaimReportProvenance } from './claim-report.js';
import { markup, type Markup } from './markup.js';
import { baseName } from './report-header.js';

/** An object's field; results carry their provenance without a schema, so nothing is taken for granted. */
function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function text(value: unknown): string {
  if (value === undefined || value === null) return 'unknown';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a result's model is called in the page. */
export function nameOf(result: ClaimResult, index: number): string {
  const path = field(result['model'], 'path');
  return typeof path === 'string' && path !== '' ? baseName(path) : `result ${index + 1}`;
}

/** Every entry of an object; an object inside is one line of JSON. */
function entries(value: unknown): Markup[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(
    ([key, own]: [
      string,
      unknown,
    ]) => markup`<dt>${key}</dt><dd>${own === null ? 'not given' : markup`<code>${text(own)}</code>`}</dd>
`,
  );
}

function warningsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function fact(name: string, value: string, small?: string): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}${small === undefined ? '' : markup`<br><small>${small}</small>`}</dd></div>
`;
}

/** Where a result comes from, and all that is needed to make it again; its one line says model, items and seed. */
function origin(result: ClaimResult, name: string): Markup {
  const { wording, thoughts, sample, controls, settings } = result;
  const [model, engine] = [result['model'], result['engine']];
  const size = `n = ${sample.items} on ${sample.graphs} graphs`;
  return markup`<details class="origin"><summary>${name}<span class="aside">${sample.description} (${size}); seed ${settings.seed}</span></summary>
<dl class="facts">
<div class="all"><dt>command</dt><dd><code>${text(result['command'])}</code></dd></div>
${fact('model', text(field(model, 'path')), `${text(result['method'])}, ${thoughts} thoughts, ${wording} wording`)}${fact('items', sample.description, size)}${fact('engine', `${text(field(engine, 'name'))} ${text(field(engine, 'version'))}`, `threads: ${text(field(engine, 'threads'))}, ${text(result['dtype'])}`)}${fact('controls', controls.length === 0 ? 'none' : controls.map((one) => one.name).join(', '))}${fact('seed', String(settings.seed), `batches of ${settings.batchSize}`)}</dl>
<dl class="all-facts">
<dt>model SHA-256</dt><dd><code>${text(field(model, 'sha256'))}</code></dd>
<dt>items SHA-256</dt><dd><code>${text(field(result['items'], 'sha256'))}</code></dd>
${entries(result['versions'])}</dl>
<h3>Configuration</h3>
<dl class="all-facts">
${entries(result['config'])}</dl>
<h3>Configuration of the model</h3>
<dl class="all-facts">
${entries(field(model, 'config'))}</dl></details>
`;
}

/** Warnings are not folded: they bear on the verdicts. */
function warnings(name: string, found: readonly string[]): Markup {
  if (found.length === 0) return markup``;
  return markup`<div class="warnings"><strong>${name}</strong><ul>${found.map((one) => markup`<li>${one}</li>`)}</ul></div>
`;
}

/** Where every number comes from: a folded part for each result, and one for the page itself. */
export function claimOrigins(
  results: readonly ClaimResult[],
  names: readonly string[],
  provenance: ClaimReportProvenance,
): Markup {
  return markup`<section aria-labelledby="origin-heading">
<h2 id="origin-heading">Where the numbers come from</h2>
${results.map((result, i) => origin(result, names[i]))}<details class="origin"><summary>This page</summary>
<dl class="all-facts">
<dt>command</dt><dd><code>${provenance.command}</code></dd>
${entries(provenance.config)}${entries(provenance.versions)}</dl></details>
</section>
`;
}

/** The parts of the page. */
export function claimContents(results: readonly ClaimResult[]): Markup {
  const predictions = new Map(results.flatMap(({ findings }) => findings.map(({ id, title }) => [id, title])));
  return markup`<nav class="contents" aria-label="Contents"><ul>
<li><a href="#verdict-heading">Verdicts</a></li>
<li><a href="#origin-heading">Where the numbers come from</a></li>
<li><a href="#criteria-heading">Criteria against their thresholds</a></li>
${[...predictions].map(
  ([id, title]) => markup`<li><a href="#${id}-heading">${id} ${title}</a></li>
`,
)}<li><a href="#limits-heading">What the battery does not show</a></li>
</ul></nav>
`;
}

/** Title, what the page is about, and what has to be known before its verdicts are read. */
export function claimHeader(
  results: readonly ClaimResult[],
  names: readonly string[],
  provenance: ClaimReportProvenance,
): Markup {
  return markup`<header>
<p class="eyebrow">coconut-lens · battery of predictions</p>
<h1>Is it breadth-first search? ${names.join(', ')}</h1>
<p class="lede">Each prediction of breadth-first search can fail. Its test supports, contradicts or decides nothing by thresholds that stand beside it; brackets are 95\u00a0% intervals over graphs.</p>
${warnings('This page', provenance.warnings)}${results.map((result, i) => warnings(names[i], warningsOf(result['warnings'])))}</header>
`;
}
