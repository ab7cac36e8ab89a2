import { dagSvg, FIGURE_CSS, formatFraction, policyHash } from '../drawing/index.js';
import { wilson } from '../statistics/index.js';
import { methodOf, trainingFigure, type Metrics, type Outcome, type TrainingConfig } from '../training/index.js';
import { CLAIM_CSS } from './claim-style.js';
import { figureBlock } from './claim-figure-block.js';
import { markup, trusted, type Markup } from './markup.js';
import { trainingPhases, secondsOf } from './training-phases.js';

/** What a page about a training shows. */
export interface TrainingPage {
  readonly name: string;
  readonly config: TrainingConfig;
  readonly seed: number;
  readonly parameters: number;
  /** All lines of metrics.jsonl, at least one. */
  readonly metrics: readonly Metrics[];
  /** What was said to the validation questions last. */
  readonly outcomes: readonly Outcome[];
  /** The most memory that the process has had, in bytes. */
  readonly bytes: number;
  /** Whether training still goes on: the page then loads itself anew. */
  readonly running: boolean;
  readonly command: string;
  readonly version: string;
}

/** Seconds between two loads of a page whose training goes on. */
const RELOAD = 15;
/** Questions that are drawn, of those answered right and of those that are not. */
const DRAWN = 3;

const share = (right: number, asked: number): string => {
  const { value, low, high } = wilson(right, asked);
  return `${formatFraction(value)} [${formatFraction(low)}, ${formatFraction(high)}]`;
};

/** A duration as a reader takes it in. */
function time(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(0)} s`;
  return seconds < 5400 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function fact(name: string, value: string, small?: string): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}${small === undefined ? '' : markup`<br><small>${small}</small>`}</dd></div>
`;
}

function header({ name, config, seed, parameters, metrics, bytes, running }: TrainingPage): Markup {
  const { model, thoughts } = config;
  const last = metrics[metrics.length - 1];
  const seconds = secondsOf(metrics);
  const counts = Object.values(last.byDepth ?? {});
  const [right, asked] = counts.reduce((sum, own) => [sum[0] + own[0], sum[1] + own[1]], [0, 0]);
  const said =
    asked === 0
      ? `After ${last.total} steps, in phase ${last.phase}, the loss is ${last.loss.toFixed(3)}.`
      : `After ${last.total} steps, in phase ${last.phase}, ${share(right, asked)} of ${asked} validation questions are answered right.`;
  const kept = keptWords(config, metrics);
  return markup`<header><p class="eyebrow">${running ? `Training, running: this page loads anew every ${RELOAD} seconds` : 'Training'}</p>
<h1>${name}</h1>
<p class="lede">${said}${kept} These questions may have decided when a phase ended; a figure to publish is of items that decided nothing.</p>
<dl class="facts">
${fact('method', config.method, methodOf(config).summary)}${fact('model', model === undefined ? 'that of --init-from' : `${model.layers} layers of ${model.heads} heads, width ${model.width}`, `${parameters} parameters`)}${fact('thoughts', String(thoughts.perStep * thoughts.stages), thoughts.supervised ? 'each supervised' : 'none supervised')}${fact('time in steps', time(seconds), `${((1000 * seconds) / last.total).toFixed(0)} ms a step`)}${fact('memory', `${(bytes / 2 ** 20).toFixed(0)} MiB`)}${fact('seed', String(seed))}</dl></header>
`;
}

/** Where a phase keeps its best weights, the last measurement is of others. */
function keptWords(config: TrainingConfig, metrics: readonly Metrics[]): string {
  const { phase } = metrics[metrics.length - 1];
  if (config.phases.find(({ name }) => name === phase)?.patience === undefined) return '';
  const all = metrics.flatMap((own) => (own.phase === phase && own.accuracy !== undefined ? [own.accuracy] : []));
  return ` The phase keeps the weights that were measured best: ${formatFraction(Math.max(...all))} of these questions, on which they were chosen.`;
}

function byDepth({ metrics }: TrainingPage): Markup {
  const counts = Object.entries(metrics[metrics.length - 1].byDepth ?? {});
  if (counts.length === 0) return markup``;
  return markup`<div class="scroll" role="region" aria-labelledby="depths" tabindex="0"><table>
<caption><span id="depths">Validation questions answered right, by the depth of the target, with 95 % intervals (Wilson)</span></caption>
<thead><tr><th scope="col">depth</th><th scope="col">right</th><th scope="col">n</th></tr></thead>
<tbody>
${counts.map(
  ([depth, [right, asked]]) =>
    markup`<tr><th scope="row">${depth}</th><td>${share(right, asked)}</td><td class="n">${asked}</td></tr>
`,
)}</tbody></table></div>
`;
}

function phases(page: TrainingPage): Markup {
  const rows = trainingPhases(page.config, page.metrics);
  return markup`<section aria-labelledby="phases-heading"><h2 id="phases-heading">Phases</h2>
<div class="scroll" role="region" aria-labelledby="phases" tabindex="0"><table>
<caption><span id="phases">What each took, and what it had come to when it was measured last</span></caption>
<thead><tr><th scope="col">phase</th><th scope="col">task</th><th scope="col">thoughts</th><th scope="col">steps</th><th scope="col">questions</th><th scope="col">ms a step</th><th scope="col">time</th><th scope="col">loss</th><th scope="col">right</th></tr></thead>
<tbody>
${rows.map(
  ({ name, task, thoughts, steps, questions, seconds, loss, accuracy }) =>
    markup`<tr><th scope="row">${name}</th><td>${task}</td><td>${thoughts}</td><td>${steps}</td><td>${questions}</td><td>${((1000 * seconds) / steps).toFixed(0)}</td><td>${time(seconds)}</td><td>${loss.toFixed(3)}</td><td>${accuracy === undefined ? '–' : formatFraction(accuracy)}</td></tr>
`,
)}</tbody></table></div></section>
`;
}

/** A question as its graph; numbers that no statement has are left out. */
function drawing({ question, answer, right }: Outcome, number: number): Markup {
  const nodes = [...new Set([...question.edges.flat(), question.target, question.decoy])].sort((a, b) => a - b);
  const place = (node: number): number => nodes.indexOf(node);
  const nameOf = (node: number): string => question.names[node] || String(node);
  const item = {
    ...question,
    names: nodes.map(nameOf),
    edges: question.edges.map(([source, target]) => [place(source), place(target)] as const),
    root: place(question.root),
    target: place(question.target),
    decoy: place(question.decoy),
    candidates: [place(question.candidates[0]), place(question.candidates[1])] as const,
    path: question.path.map(place),
  };
  const said = answer === undefined ? 'named no node' : `said ${nameOf(answer)}`;
  return markup`<figure><figcaption><b>${right ? 'Right' : 'Wrong'}</b> ${nameOf(question.target)} or ${nameOf(question.decoy)}? The model ${said}. Depth ${question.path.length - 1}.</figcaption><div class="scroll" role="region" aria-label="Graph of question ${number}" tabindex="0">${trusted(dagSvg({ item, id: `sample-${number}` }))}</div></figure>
`;
}

function samples({ outcomes, metrics }: TrainingPage): Markup {
  if (metrics[metrics.length - 1].byDepth === undefined) return markup``;
  const some = [true, false].flatMap((wanted) => outcomes.filter(({ right }) => right === wanted).slice(0, DRAWN));
  if (some.length === 0) return markup``;
  return markup`<section aria-labelledby="samples-heading"><h2 id="samples-heading">Questions answered right and wrong</h2>
<p>The first ${DRAWN} of each kind among the validation questions. The target, which can be reached from the root, is named first.</p>
<div class="panels">
${some.map((outcome, i) => drawing(outcome, i + 1))}</div></section>
`;
}

/**
 * A training as one HTML page that needs nothing else: how far it has come, its curves, what its phases took, and questions
 * that it answers right and wrong. It has no script; while training goes on it loads itself anew. All data are escaped.
 *
 * @throws RangeError if nothing has been measured yet
 */
export function trainingPageHtml(page: TrainingPage): string {
  if (page.metrics.length === 0) throw new RangeError('nothing has been measured yet');
  const policy = `default-src 'none'; style-src '${policyHash(CLAIM_CSS)}' '${policyHash(FIGURE_CSS)}'; base-uri 'none'; form-action 'none'`;
  const html = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="coconut-lens">
${page.running ? trusted(`<meta http-equiv="refresh" content="${RELOAD}">\n`) : ''}<title>Training: ${page.name}</title>
<style>${trusted(CLAIM_CSS)}</style>
</head>
<body>
${header(page)}<main>
<section aria-labelledby="curves-heading"><h2 id="curves-heading">Curves</h2>
${figureBlock('training', trainingFigure(page.metrics))}${byDepth(page)}</section>
${phases(page)}${samples(page)}<section aria-labelledby="configuration-heading"><h2 id="configuration-heading">Configuration</h2>
<details><summary>training.json’s configuration</summary><pre class="scroll" tabindex="0"><code>${JSON.stringify(page.config, undefined, 2)}</code></pre></details></section>
</main>
<footer><p>Written by coconut-lens ${page.version} with <code>${page.command}</code></p></footer>
</body>
</html>
`;
  return html.text;
}
