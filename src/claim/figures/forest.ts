import { figureHtml, type Figure, type FigureOptions, type FigureRow } from '../../drawing/index.js';
import type { ClaimResult } from '../result.js';
import { forestSvg, type ForestGroup } from './forest-svg.js';

/** One prediction's test as a result of `claim` has it. */
export type ClaimFinding = ClaimResult['findings'][number];

/** What a verdict rests on, as a result of `claim` has it. */
export type ClaimCriterion = ClaimResult['competence'];

const NOTES = [
  'Line: 95 % interval over graphs. Shaded: where the whole interval must lie to support (solid line) or to contradict (dashed line); dotted: without the effect.',
  'An arrow: the interval goes on beyond the axis; its numbers stand beside it. n: items (graphs where they are fewer).',
];

/** Every criterion of a battery against its thresholds, the competence first. */
export function claimForest(
  result: Pick<ClaimResult, 'competence' | 'findings' | 'conclusion'>,
  { id = 'forest' }: FigureOptions = {},
): Figure {
  const { competence, findings, conclusion } = result;
  const groups: ForestGroup[] = [
    { heading: 'Competence', verdict: competence.verdict, reason: '', criteria: [competence] },
    ...findings.map((finding) => groupOf(finding)),
  ];
  return forest(id, 'The battery: effects against their thresholds', groups, conclusion.sentence, [
    competenceRow(competence),
    ...findings.flatMap(rowsOf),
  ]);
}

/** The criteria of one prediction against their thresholds. */
export function findingForest(finding: ClaimFinding, { id = `forest-${finding.id}` }: FigureOptions = {}): Figure {
  const title = `${finding.id} ${finding.title}`;
  return forest(id, title, [groupOf(finding)], `${finding.verdict}: ${finding.reason}`, rowsOf(finding));
}

function groupOf({ id, title, verdict, reason, criteria }: ClaimFinding): ForestGroup {
  return { heading: `${id} ${title}`, verdict, reason, criteria };
}

function forest(
  id: string,
  title: string,
  groups: readonly ForestGroup[],
  sentence: string,
  rows: readonly FigureRow[],
): Figure {
  const description = `${sentence} Each criterion of ${groups.length === 1 ? 'the test' : `${groups.length} tests`} with its effect, interval and the thresholds that support or contradict breadth-first search.`;
  const svg = (): string => forestSvg({ id, title, notes: NOTES, description, groups });
  return { svg, html: () => figureHtml(svg(), title), data: () => rows };
}

function criterionRow(criterion: ClaimCriterion): FigureRow {
  const { name, description, verdict, estimate, reference, direction, support, contradict, p } = criterion;
  const { value, low, high, n, clusters } = estimate;
  return {
    criterion: name,
    description,
    verdict,
    value,
    low,
    high,
    n,
    graphs: clusters,
    without: reference,
    supports: `${direction} ${support}`,
    contradicts: contradict === null ? '' : `${direction === 'above' ? 'below' : 'above'} ${contradict}`,
    p,
  };
}

function competenceRow(competence: ClaimCriterion): FigureRow {
  return {
    test: '',
    title: 'Competence',
    testVerdict: competence.verdict,
    correctedP: null,
    ...criterionRow(competence),
  };
}

/** One row for each criterion; a test that has none has one row all the same, so that it is not forgotten. */
function rowsOf({ id, title, verdict, correctedP, criteria }: ClaimFinding): FigureRow[] {
  const test = { test: id, title, testVerdict: verdict, correctedP };
  if (criteria.length > 0) return criteria.map((criterion) => ({ ...test, ...criterionRow(criterion) }));
  const nothing = { value: null, low: null, high: null, n: 0, graphs: 0, without: null };
  return [{ ...test, criterion: '', description: '', verdict, ...nothing, supports: '', contradicts: '', p: null }];
}
