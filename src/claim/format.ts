import { formatFraction, formatMagnitude } from '../drawing/index.js';
import { alignColumns } from '../align-columns.js';
import { intervalCell } from '../readout/index.js';
import type { Estimate } from '../statistics/index.js';
import type { BatteryResult } from './battery.js';
import { VERDICT_WORDS, type Criterion } from './prediction.js';
import { LEVEL, T_DEFINITION } from './settings.js';
import type { PredictionResult } from './correct-for-tests.js';

const format = (x: number): string => (Math.abs(x) <= 1 ? formatFraction(x) : formatMagnitude(x));

/** The criterion that a finding's verdict hangs on: the first that has the same verdict. */
function decisive({ criteria, verdict }: PredictionResult): Criterion | undefined {
  return criteria.find((criterion) => criterion.verdict === verdict) ?? criteria.at(0);
}

function pCell(p: number | null): string {
  if (p === null) return '';
  return p < 0.001 ? '<.001' : formatFraction(p);
}

function sampleCell({ n, clusters }: Estimate): string {
  return n === clusters ? String(n) : `${n} (${clusters})`;
}

/** The battery's table, a line of reasons for each test, and the overall sentence. */
export function formatBattery({ competence, findings, conclusion }: BatteryResult): string {
  const rows = findings.map((finding) => {
    const criterion = decisive(finding);
    return [
      finding.id,
      finding.title,
      VERDICT_WORDS[finding.verdict],
      criterion?.name ?? '',
      criterion === undefined ? '' : intervalCell(criterion.estimate, format),
      criterion?.reference == null ? '' : format(criterion.reference),
      criterion === undefined ? '' : thresholdCell(criterion),
      pCell(finding.correctedP),
      criterion === undefined ? '' : sampleCell(criterion.estimate),
    ];
  });
  const competenceRow = [
    '',
    'Competence',
    competence.verdict,
    competence.name,
    intervalCell(competence.estimate, format),
    format(competence.reference ?? 0),
    thresholdCell(competence),
    pCell(competence.p),
    sampleCell(competence.estimate),
  ];
  const heading = ['', 'prediction', 'verdict', 'decided by', 'effect', 'without', 'threshold', 'p', 'n'];
  return [
    alignColumns([heading, competenceRow, ...rows], 4),
    '',
    'effect: estimate [95 % interval over graphs]. without: its value without the effect. threshold: the whole interval lies beyond it',
    'to support (beyond the one in brackets, on the other side, to contradict). p: the largest of the test’s criteria, one-sided against',
    `the threshold, corrected (Holm) over the tests, the necessary ones as one where all support; below ${LEVEL} to support.`,
    'n: items, or items at each thought (graphs).',
    `Effects beyond 1 are in points of T: ${T_DEFINITION}.`,
    '',
    ...findings.map(({ id, verdict, reason }) => `${id.padEnd(3)} ${VERDICT_WORDS[verdict]}: ${reason}`),
    '',
    conclusion.sentence,
  ].join('\n');
}

function thresholdCell({ direction, support, contradict }: Criterion): string {
  const sign = direction === 'above' ? '>' : '<';
  return contradict === null || contradict === support
    ? `${sign} ${format(support)}`
    : `${sign} ${format(support)} (${format(contradict)})`;
}
