// Tables of docs/results.md, from the results that `npm run results` made.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { RESULTS } from '../result-commands.mjs';
import { table } from './table.mjs';

const FOLDER = new URL('../../fixtures/results/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));

/** `.877`: shares and correlations without the zero before the point; `24.2` beyond 10, where T in points is meant. */
function number(x) {
  if (x === null) return '-';
  const text = Math.abs(x) >= 10 ? x.toFixed(1) : x.toFixed(3);
  return text.replace(/^(-?)0\./, '$1.').replace(/^-(\.0+)$/, '$1');
}
const estimate = ({ value, low, high }) =>
  low === null ? number(value) : `${number(value)} [${number(low)}, ${number(high)}]`;
const probability = (p) => (p < 0.001 ? '<.001' : number(p));

/** Models in the order of the columns: the result's ending, the folder, the items. */
const SMALL = ['small-coconut', 'prosqa-small-coconut'];
const FULL = ['coconut', 'prosqa-coconut'];
const BFS = ['coconut-bfs', 'prosqa-coconut-bfs'];

function frontierTable() {
  const models = [SMALL, FULL, BFS];
  const readouts = models.map(([name]) => read(`frontier-${name}`).readout.perThought);
  const rows = readouts[1].map(({ thought }, i) => [
    thought,
    ...readouts.map((thoughts) => {
      if (thoughts[i] === undefined) return '';
      const { mass, topOne } = thoughts[i];
      return `${estimate(mass.frontier)} (${topOne.inFrontier.rate.n})`;
    }),
  ]);
  return table(['thought', ...models.map(([, model]) => model)], rows);
}

function thoughtsTable() {
  const [small, full, bfs] = [SMALL, FULL, BFS].map(([name]) => read(`evaluate-${name}`).results);
  const depths = bfs[0].byDepth.filter(({ candidates }) => candidates.n >= 30);
  return table(
    [
      'thoughts',
      ...[SMALL, FULL, BFS].map(([, model]) => model),
      ...depths.map(({ depth, candidates }) => `depth ${depth} (${candidates.n})`),
    ],
    bfs.map(({ thoughts, candidates, byDepth }, i) => [
      thoughts,
      ...[small, full].map((results) => (results[i] === undefined ? '' : estimate(results[i].candidates))),
      estimate(candidates),
      ...depths.map(({ depth }) => estimate(byDepth.find((one) => one.depth === depth).candidates)),
    ]),
  );
}

function compareTable(name) {
  return table(
    ['model', 'right', 'right, no thoughts', 'tokens', 'p'],
    read(name).models.map(({ folder, accuracy, accuracyWithoutThoughts, tokens, againstFirst }) => [
      basename(folder),
      estimate(accuracy),
      accuracyWithoutThoughts === null ? '' : estimate(accuracyWithoutThoughts),
      Number(tokens.toFixed(1)),
      againstFirst === null ? '' : probability(againstFirst.p),
    ]),
  );
}

const CLAIMS = Object.keys(RESULTS).filter((name) => name.startsWith('claim-'));
const KEEPS = { frontier: 'the frontier', cumulative: 'all nodes so far', unclear: 'unclear' };

/** How far thought t has come, and what the pass that answers adds. */
const layersOf = ({ layerWords }, { alignment }) =>
  alignment === null
    ? 'unclear'
    : [layerWords(alignment), ...(alignment.lastSteps === 0 ? [] : [`answer + ${alignment.lastSteps}`])].join(', ');

function verdictTable(claim) {
  const { readClaimResult } = claim;
  return table(
    ['model', 'verdict', 'thoughts keep', 'layers', 'share searched for', 'wider than', 'undetermined', 'contradicts'],
    CLAIMS.map((name) => {
      const { model, conclusion, findings } = readClaimResult(name, read(name));
      const those = (verdict) => findings.filter((one) => one.verdict === verdict).map(({ id }) => id);
      return [
        basename(model.path),
        conclusion.verdict,
        ...(conclusion.kind === null
          ? ['', '', '', '']
          : [
              KEEPS[conclusion.kind.memory],
              layersOf(claim, conclusion.kind),
              estimate(conclusion.kind.share),
              conclusion.kind.widerThan ?? '-',
            ]),
        those('undetermined').join(', '),
        those('contradicts').join(', '),
      ];
    }),
  );
}

/** What the verdicts rest on, one or two criteria of a prediction. */
const CRITERIA = [
  ['F1', 'kept with resample'],
  ['F4', 'non-optimal frontier above unreachable'],
  ['F6', 'found past the swap, 1 step to go'],
  ['F6', 'changed before the swap'],
  ['F7', 'answers follow exchanged edges'],
  ['F8', 'branch added'],
  ['F9', 'orphaned decoy'],
  ['F9', 'no path to either'],
  ['F10', 'right too early'],
  ['F14', 'other node numbers'],
  ['F15', 'kept, 1 step to go'],
  ['F15', 'found too early, no thought left'],
  ['F15', 'found too early, one step short'],
  ['F15', 'more than one path'],
  ['F15', 'wider than a beam of 2'],
  ['F15', 'wider than a beam of 3'],
  ['F15', 'wider than a beam of 4'],
  ['F16', 'turned, 1 step to go'],
  ['F17', 'right beyond a beam of 3'],
];

/** Of too few graphs it is but a measure. */
function criterionOf({ findings }, id, name) {
  const { criteria = [], measures = [] } = findings.find((one) => one.id === id) ?? {};
  return [...criteria, ...measures].find((one) => one.name === name);
}

function criteriaTable() {
  const names = [SMALL, FULL, BFS, ['small-pause', 'prosqa-small-pause']];
  const claims = names.map(([name]) => read(`claim-${name}`));
  return table(
    ['', 'rests on', 'without', ...names.map(([, model]) => model)],
    CRITERIA.map(([id, name]) => {
      const found = claims.map((claim) => criterionOf(claim, id, name));
      const known = found.find((one) => one !== undefined);
      if (known === undefined) throw new Error(`docs: claim has no criterion "${name}" of ${id}`);
      const { reference } = known;
      const cells = found.map((criterion) => (criterion === undefined ? '' : estimate(criterion.estimate)));
      return [id, name, reference === null ? '' : number(reference), ...cells];
    }),
  );
}

function swapTable() {
  const { measures } = read('claim-small-coconut').findings.find(({ id }) => id === 'F6');
  const steps = [1, 2, 3];
  const at = (depth, thought) => measures.find(({ name }) => name === `swap at ${depth}, thought ${thought}`).estimate;
  return table(
    ['swap at depth', ...steps.map((thought) => `thought ${thought}`), 'n'],
    steps.map((depth) => [depth, ...steps.map((t) => number(at(depth, t).value)), at(depth, 1).n]),
  );
}

function numberTable() {
  const cell = (name) => estimate(read(`evaluate-small-${name}`).results.at(-1).vocabulary);
  return table(
    ['node numbers', 'prosqa-small-coconut-ordered', 'prosqa-small-coconut'],
    [
      ['as created', cell('ordered-created'), cell('coconut-created')],
      ['drawn at random', cell('ordered-random'), cell('coconut-random')],
    ],
  );
}

function probeTable() {
  const { results } = read('probes-small');
  return table(
    ['probe', 'thought', 'n', 'score', 'selectivity', 'beyond prosqa-small-pause', 'beyond random-init'],
    results.flatMap(({ probe, perThought }) =>
      perThought
        .filter(({ score }) => score.n > 0)
        .map(({ thought, score, selectivity, baselines }) => [
          probe,
          thought,
          score.n,
          number(score.value),
          estimate(selectivity),
          ...['prosqa-small-pause', 'random-init'].map((model) =>
            estimate(baselines.find(({ name }) => name.endsWith(`:${model}`)).beaten),
          ),
        ]),
    ),
  );
}

const withEnding = (kind, ...models) => models.map(([name]) => `${kind}-${name}`);

/** Tables by name, with the results that each is made of. */
const TABLES = {
  frontier: [frontierTable, withEnding('frontier', SMALL, FULL, BFS)],
  thoughts: [thoughtsTable, withEnding('evaluate', SMALL, FULL, BFS)],
  'compare-small': [() => compareTable('compare-small'), ['compare-small']],
  'compare-full': [() => compareTable('compare-full'), ['compare-full']],
  verdicts: [verdictTable, CLAIMS],
  criteria: [criteriaTable, ['claim-small-coconut', 'claim-coconut', 'claim-coconut-bfs', 'claim-small-pause']],
  swaps: [swapTable, ['claim-small-coconut']],
  numbers: [
    numberTable,
    ['coconut-created', 'coconut-random', 'ordered-created', 'ordered-random'].map((name) => `evaluate-small-${name}`),
  ],
  probes: [probeTable, ['probes-small']],
};

/** How the line begins that stands in the place of a table whose results have not been made. */
export const MISSING = '_Missing: ';

/** The markdown of one table, by its name. @param claim the exports of src/claim */
export function resultsMarkdown(claim, words) {
  if (!(words in TABLES)) throw new Error(`docs: no table "${words}" of results`);
  const [make, names] = TABLES[words];
  const missing = names.filter((name) => !existsSync(new URL(`${name}.json`, FOLDER)));
  return missing.length === 0 ? make(claim) : `${MISSING}\`npm run results -- ${missing.join(' ')}\`._`;
}
