import { formatFraction, formatMagnitude } from '../drawing/index.js';
import { alignColumns } from '../align-columns.js';
import { estimateNotes, estimateTable, intervalCell, intervalLine } from '../readout/index.js';
import type { Estimate } from '../statistics/index.js';
import {
  RECORDING_BASELINE,
  METRIC_WORDS,
  type BaselineName,
  type ProbeAtThought,
  type ProbeResult,
} from './probe-result.js';
import type { MatrixCell, ProbeMatrix } from './run-matrix.js';
import { controlWordsOf, type ProbeSpec } from './spec.js';

const BASELINE_HEADINGS: Readonly<Record<Exclude<BaselineName, `${typeof RECORDING_BASELINE}${string}`>, string>> = {
  idPrior: 'id prior',
  degrees: 'degrees',
  head: 'LM head',
  firstThought: 'thought 1',
  graphSize: 'graph size',
};

function headingOf(name: BaselineName): string {
  return name in BASELINE_HEADINGS
    ? BASELINE_HEADINGS[name as keyof typeof BASELINE_HEADINGS]
    : name.slice(RECORDING_BASELINE.length);
}

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
        heading: headingOf(name),
        of: ({ baselines }) => baselines.find((one) => one.name === name)?.beaten ?? none,
        format: formatFraction,
      })),
    ),
    '',
    ...lengthLines(result),
    ...leftOut.map(({ thought, reason }) => `c = ${thought ?? 'all'}: left out (${reason}).`),
    ...(unconverged > 0 ? [`${unconverged} fits stopped before they converged; see the JSON.`] : []),
    ...estimateNotes(perThought.flatMap(({ score, control }) => [score, control])),
  ].join('\n');
}

/** Description lengths, where they were asked for. */
function lengthLines({ perThought }: ProbeResult): string[] {
  const rows = perThought.flatMap(({ thought, codelength }) =>
    codelength === null
      ? []
      : [
          [
            thought === null ? 'all' : String(thought),
            codelength.task.bits.toFixed(0),
            codelength.task.compression.toFixed(2),
            codelength.control.bits.toFixed(0),
            codelength.control.compression.toFixed(2),
          ],
        ],
  );
  if (rows.length === 0) return [];
  return [
    'Online code (arXiv 2003.12298): bits for all labels; compression against a code that knows the number of classes only',
    alignColumns([['c', 'bits', 'compression', 'control bits', 'compression'], ...rows]),
    '',
  ];
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

/** Plain text: thoughts down, steps across. */
export function formatMatrix(matrix: ProbeMatrix): string {
  const { cells, diagonality: diagonal } = matrix;
  const steps = [...new Set(cells.map(({ step }) => step))];
  const thoughts = [...new Set(cells.map(({ thought }) => thought))];
  const table = (of: (cell: MatrixCell) => Estimate): string =>
    alignColumns([
      ['thought', ...steps.map((step) => `step ${step} (n ${countOf(cells, step)})`)],
      ...thoughts.map((thought) => [
        String(thought),
        ...steps.map((step) => {
          const cell = cells.find((one) => one.thought === thought && one.step === step);
          return cell === undefined ? '-' : intervalCell(of(cell), formatFraction);
        }),
      ]),
    ]);
  return [
    `Probe ${matrix.probe}, every step read out of every thought: ${matrix.question}`,
    `Control task: ${matrix.controlTask}.`,
    `${matrix.items} items, ${matrix.graphs} graphs, ${matrix.folds} folds by graph.`,
    intervalLine(matrix),
    '',
    'Selectivity: AUC within graph, less that of the control task',
    table(({ selectivity }) => selectivity),
    '',
    'AUC within graph',
    table(({ score }) => score),
    '',
    `Diagonality of the selectivity: ${intervalCell(diagonal.estimate, formatFraction)} (n ${diagonal.estimate.n} graphs), ` +
      `p = ${diagonal.p === null ? '-' : formatMagnitude(diagonal.p)} by ${diagonal.permutations} permutations of the thoughts within graphs.`,
    'n: graphs with both labels; - where none have.',
  ].join('\n');
}

function countOf(cells: readonly MatrixCell[], step: number): number {
  return cells.find((cell) => cell.step === step)?.score.clusters ?? 0;
}
