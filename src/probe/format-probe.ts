import { alignColumns, estimateNotes, estimateTable, formatFraction, intervalLine } from '../readout/index.js';
import { METRIC_WORDS, type BaselineName, type ProbeAtThought, type ProbeResult } from './probe-result.js';
import type { ProbeSpec } from './spec.js';
import { controlWordsOf } from './spec.js';

const BASELINE_HEADINGS: Readonly<Record<BaselineName, string>> = {
  idPrior: 'id prior',
  degrees: 'degrees',
  head: 'LM head',
  firstThought: 'thought 1',
  graphSize: 'graph size',
};

/** Plain text. */
export function formatProbe(result: ProbeResult): string {
  const { perThought, metric, items, graphs, leftOut } = result;
  const labels = { heading: ['c'], of: ({ thought }: ProbeAtThought) => [thought === null ? 'all' : String(thought)] };
  const metricWords = METRIC_WORDS[metric];
  const names = [...new Set(perThought.flatMap(({ baselines }) => baselines.map(({ name }) => name)))];
  const none = { value: null, low: null, high: null, n: 0, clusters: 0 };
  const isNode = metric === 'aucWithinGraph';
  const unconverged = perThought.reduce(
    (sum, { fit, controlFit }) => sum + fit.unconverged + controlFit.unconverged,
    0,
  );
  return [
    `Probe ${result.probe}: ${result.question}`,
    `Control task: ${result.controlTask}.`,
    `${items} items, ${graphs} graphs, ${result.folds} folds by graph; penalties chosen inside.` +
      (result.reads === null ? '' : ` Read: ${result.reads.activation}${headOf(result)}.`),
    intervalLine(result),
    '',
    `${metricWords[0].toUpperCase()}${metricWords.slice(1)} out of fold, and less that of the control task`,
    estimateTable(perThought, labels, [
      { heading: 'probe', of: ({ score }) => score, format: formatFraction },
      { heading: 'control', of: ({ control }) => control, format: formatFraction },
      { heading: 'selectivity', of: ({ selectivity }) => selectivity, format: formatFraction },
      ...(isNode
        ? [
            { heading: 'pooled', of: ({ pooledAuc }: ProbeAtThought) => pooledAuc ?? none, format: formatFraction },
            {
              heading: 'within a node',
              of: ({ withinNodeAuc }: ProbeAtThought) => withinNodeAuc ?? none,
              format: formatFraction,
            },
          ]
        : []),
    ]),
    '',
    'What it must beat: probe less baseline',
    estimateTable(
      perThought,
      labels,
      names.map((name) => ({
        heading: BASELINE_HEADINGS[name],
        of: ({ baselines }) => baselines.find((one) => one.name === name)?.beaten ?? none,
        format: formatFraction,
      })),
    ),
    '',
    ...leftOut.map(({ thought, reason }) => `c = ${thought ?? 'all'}: left out (${reason}).`),
    ...(unconverged > 0 ? [`${unconverged} fits stopped before they converged; see the JSON.`] : []),
    ...estimateNotes(perThought.flatMap(({ score, control }) => [score, control])),
  ].join('\n');
}

function headOf({ reads }: ProbeResult): string {
  return reads?.head === undefined ? '' : `, head ${reads.head}`;
}

/** What probes there are. */
export function formatProbeList(specs: readonly ProbeSpec[]): string {
  return alignColumns(
    [
      ['name', 'kind', 'question', 'control task'],
      ...specs.map((spec) => [spec.name, spec.kind, spec.question, controlWordsOf(spec)]),
    ],
    4,
  );
}
