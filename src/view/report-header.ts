import { SCORER_WORDS, type FrontierReadout } from '../readout/index.js';
import type { JsonValue, Recording, RecordingMetadata } from '../recording/index.js';
import type { AnalysisProvenance } from '../provenance.js';
import { markup, type Markup, type MarkupValue } from './markup.js';

/** The last part of a path: what people call a model or a file. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

function fact(name: string, value: MarkupValue, wide = false): Markup {
  return wide
    ? markup`<div class="all"><dt>${name}</dt><dd>${value}</dd></div>`
    : markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function threads({ engine }: RecordingMetadata): string {
  return engine.threads === 1 ? '1 thread' : `${engine.threads} threads`;
}

function jsonText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Every entry of a flat object as a term and its value. */
function entries(object: Readonly<Record<string, JsonValue>>): Markup[] {
  return Object.entries(object).map(
    ([key, value]) => markup`<dt>${key}</dt><dd><code>${jsonText(value)}</code></dd>
`,
  );
}

function tokenizerEntries(tokenizer: RecordingMetadata['model']['tokenizer']): Markup[] {
  if (tokenizer === undefined) return [];
  const { name, package: origin, version, files = {} } = tokenizer;
  const hashes = Object.entries(files).map(([file, sha256]) => [`${file} SHA-256`, sha256] as const);
  return entries({ tokenizer: `${name} (${origin} ${version})`, ...Object.fromEntries(hashes) });
}

/** Where a second recording comes from. */
export type BaselineProvenance = Pick<Recording, 'folder' | 'files' | 'metadata'>;

/** The facts of the recording beside the report's own, as far as they can differ from its. */
function baselineEntries({ folder, files, metadata }: BaselineProvenance): Markup {
  const { model, command, config, seed, scorer, engine, warnings } = metadata;
  return markup`<h2 class="minor">The recording beside it</h2>
<dl class="all-facts">
${entries({
  folder,
  'command that recorded': command,
  model: model.path,
  'model SHA-256': model.sha256,
  'items.arrow SHA-256': files['items.arrow'].sha256,
  'thoughts.arrow SHA-256': files['thoughts.arrow'].sha256,
  'thoughts per item': metadata.thoughts,
  scorer,
  seed,
  engine: `${engine.name} ${engine.version}`,
})}${warnings.length === 0 ? '' : entries({ warnings: warnings.join('; ') })}${entries(config)}</dl>
`;
}

/** Title, what was done, and where every number comes from. */
export function reportHeader(
  metadata: RecordingMetadata,
  readout: FrontierReadout,
  provenance: AnalysisProvenance,
  baseline?: BaselineProvenance,
): Markup {
  const { model, items, engine, seed, warnings } = metadata;
  const { bootstrap } = readout;
  const share = `${Math.round(bootstrap.level * 100)}\u00a0%`;
  return markup`<header>
<p class="eyebrow">coconut-lens · frontier readout</p>
<h1>What the continuous thoughts of ${baseName(model.path)} hold</h1>
<p class="lede">${readout.items} ProsQA items on ${readout.graphs} graphs, ${readout.thoughts} continuous thoughts each. ${SCORER_WORDS[readout.scorer].reading} The probabilities of the graph’s nodes are compared with the frontier that a breadth-first search would have reached. Brackets are ${share} intervals over graphs (${bootstrap.resamples} bootstrap resamples); [=] stands where all resamples agree.</p>
${warnings.length === 0 ? '' : markup`<div class="warnings"><strong>Warnings</strong><ul>${warnings.map((text) => markup`<li>${text}</li>`)}</ul></div>`}
<dl class="facts">
${fact('command that recorded', markup`<code>${metadata.command}</code>`, true)}
${fact('model', markup`${model.path}<br><small>${model.layers} layers, ${model.heads} heads, d\u00a0=\u00a0${model.width}, vocabulary\u00a0${model.vocabulary}</small>`)}
${fact('items', markup`${items.path}<br><small>n = ${items.count}</small>`)}
${fact('engine', markup`${engine.name} ${engine.version}<br><small>${threads(metadata)}, ${metadata.dtype}</small>`)}
${baseline === undefined ? '' : fact('beside it, in the drawings only', markup`${baseline.metadata.model.path}<br><small>${baseline.folder}</small>`)}
${fact('scorer', markup`${readout.scorer}<br><small>seed ${seed}; bootstrap seed ${bootstrap.seed}</small>`)}
</dl>
<details><summary>Everything needed to make this again</summary>
<dl class="all-facts">
${entries({
  'command that reported': provenance.command,
  'model SHA-256': model.sha256,
  'items SHA-256': items.sha256,
  'items.arrow SHA-256': provenance.recording.files['items.arrow'].sha256,
  'thoughts.arrow SHA-256': provenance.recording.files['thoughts.arrow'].sha256,
  'thoughts per item': metadata.thoughts,
  'readout point': metadata.readoutPoint,
  prefix: readout.prefix,
  candidates: readout.candidates,
})}${tokenizerEntries(model.tokenizer)}${model.description === undefined ? '' : entries({ 'about the model': model.description })}</dl>
<h2 class="minor">Configuration of the recording</h2>
<dl class="all-facts">
${entries(metadata.config)}</dl>
<h2 class="minor">Configuration of the model</h2>
<dl class="all-facts">
${entries(model.config)}</dl>
<h2 class="minor">Versions that recorded</h2>
<dl class="all-facts">
${entries(metadata.versions)}</dl>
<h2 class="minor">Configuration of this report</h2>
<dl class="all-facts">
${entries(provenance.config)}</dl>
<h2 class="minor">Versions that wrote this report</h2>
<dl class="all-facts">
${entries(provenance.versions)}</dl>
${baseline === undefined ? '' : baselineEntries(baseline)}</details>
</header>
`;
}
