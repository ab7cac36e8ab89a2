import { alignColumns, formatFraction, formatMagnitude, intervalCell } from '../readout/index.js';
import type { Estimate } from '../statistics/index.js';
import type { BatteryResult } from './battery.js';
import type { Criterion } from './prediction.js';
import { PREDICTIONS } from './predictions/index.js';
import type { Judged } from './verdict.js';

const format = (x: number): string => (Math.abs(x) <= 1 ? formatFraction(x) : formatMagnitude(x));

/** The criterion that a finding's verdict hangs on: the first that has the same verdict. */
export function decisive({ criteria, verdict }: Judged): Criterion | undefined {
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
  const titles = new Map(PREDICTIONS.map(({ id, title }) => [id, title]));
  const rows = findings.map((finding) => {
    const criterion = decisive(finding);
    return [
      finding.id,
      titles.get(finding.id) ?? '',
      finding.verdict === 'notApplicable' ? 'not applicable' : finding.verdict,
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
    'effect: estimate [95 % interval over graphs]; without: what it would be without the effect; threshold: the interval must lie',
    'beyond it to support; n: items, or items at each of their thoughts (graphs); p: of the whole test, the largest of its criteria’s,',
    'by two-sided sign flips over graphs, corrected (Holm) over the tests; that of the competence is its own.',
    '',
    ...findings.map(({ id, verdict, reason }) => `${id.padEnd(3)} ${verdictWord(verdict)}: ${reason}`),
    '',
    conclusion.sentence,
  ].join('\n');
}

function verdictWord(verdict: Judged['verdict']): string {
  return verdict === 'notApplicable' ? 'not applicable' : verdict;
}

function thresholdCell({ support, contradict, ceiling }: Criterion): string {
  const sign = ceiling ? '<' : '>';
  return support === contradict ? `${sign} ${format(support)}` : `${sign} ${format(support)} (${format(contradict)})`;
}
