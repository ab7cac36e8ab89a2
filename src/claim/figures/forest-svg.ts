import { scaleLinear, type ScaleLinear } from 'd3';
import {
  coordinate,
  estimateNumber,
  figureSvg,
  fixed,
  lineAt,
  markText,
  rectAt,
  textAt,
  tip,
  wrap,
} from '../../drawing/index.js';
import { VERDICT_WORDS, type Verdict } from '../prediction.js';
import { T_DEFINITION } from '../settings.js';
import type { ClaimCriterion } from './forest.js';
import { verdictMark } from './verdict-marks.js';

/** One test: what stands above its criteria. */
export interface ForestGroup {
  readonly heading: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly criteria: readonly ClaimCriterion[];
}

export interface Forest {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly description: string;
  readonly groups: readonly ForestGroup[];
}

const WIDTH = 1000;
const EDGE = 12;
const PLOT = [318, 668] as const;
const NUMBERS = 684;
const VERDICT = 868;
const HEADING = 22;
const ROW = 36;
const AXIS = 40;
/** Characters of a criterion's name and of a reason that fit into a line. */
const NAME_COLUMNS = 50;
const REASON_COLUMNS = 62;
const NOTE_COLUMNS = 170;

type Scale = ScaleLinear<number, number>;

/** Whether a criterion is in points of 100 and not a share or a difference of shares. */
function isPoints({ support, contradict }: ClaimCriterion): boolean {
  return Math.max(Math.abs(support), Math.abs(contradict ?? 0)) > 1;
}

/** An axis that holds all numbers of these criteria, as far as they lie within one unit to the left and two to the right. */
function scaleOf(criteria: readonly ClaimCriterion[], unit: number): Scale {
  const numbers = criteria.flatMap(({ estimate: { value, low, high }, support, contradict, reference }) =>
    [value, low, high, support, contradict, reference].filter((x): x is number => x !== null),
  );
  const low = Math.max(-unit, Math.min(-0.1 * unit, ...numbers));
  const high = Math.min(2 * unit, Math.max(1.05 * unit, ...numbers));
  return scaleLinear([low, high], PLOT);
}

/** Where thresholds are passed: each side of the axis that decides, with the line that bounds it. */
function thresholds({ direction, support, contradict }: ClaimCriterion, x: Scale, top: number, bottom: number): string {
  const [left, right] = PLOT;
  const clamp = (value: number): number => Math.min(right, Math.max(left, x(value)));
  const [supporting, contradicting] = direction === 'above' ? [right, left] : [left, right];
  const s = clamp(support);
  const [supportTint, supportLine] = [
    rectAt(s, top, supporting, bottom, 'class="fs tint"'),
    lineAt(s, top, s, bottom, 'whisker ks'),
  ];
  if (contradict === null) return `${supportTint}${supportLine}`;
  const c = clamp(contradict);
  return [
    supportTint,
    rectAt(c, top, contradicting, bottom, 'class="fc tint"'),
    supportLine,
    lineAt(c, top, c, bottom, 'whisker kc dashed'),
  ].join('');
}

/** An arrowhead at the end of the axis: the interval goes on. */
function arrow(at: number, y: number, direction: 1 | -1): string {
  const [tipX, back] = [at, at - direction * 7].map(coordinate);
  return `<path class="fi" d="M${tipX},${coordinate(y)}L${back},${coordinate(y - 4)}L${back},${coordinate(y + 4)}Z"/>`;
}

function interval({ estimate: { low, high } }: ClaimCriterion, x: Scale, y: number): string {
  if (low === null || high === null) return '';
  const [left, right] = PLOT;
  const [from, to] = [x(low), x(high)];
  const inside = lineAt(Math.max(left, Math.min(from, right)), y, Math.min(right, Math.max(to, left)), y, 'line ki');
  return `${inside}${from < left ? arrow(left, y, -1) : ''}${to > right ? arrow(right, y, 1) : ''}`;
}

/** A number short enough for the column: shares with three decimals, larger ones with one. */
function short(value: number | null): string {
  return value === null || Math.abs(value) < 10 ? estimateNumber(value, 3) : fixed(value, 1);
}

function numbers({ estimate: { value, low, high, n, clusters } }: ClaimCriterion): [string, string] {
  const size = `n = ${n}${n === clusters ? '' : ` (${clusters})`}`;
  if (value === null) return ['no number', size];
  return [
    low === null || high === null ? `${short(value)}, no interval` : `${short(value)} [${short(low)}, ${short(high)}]`,
    size,
  ];
}

function row(criterion: ClaimCriterion, x: Scale, top: number): string {
  const middle = top + ROW / 2;
  const { name, description, estimate, reference, verdict } = criterion;
  const lines = wrap(name, NAME_COLUMNS);
  const [effect, size] = numbers(criterion);
  const [left, right] = PLOT;
  const at = estimate.value === null ? undefined : Math.min(right, Math.max(left, x(estimate.value)));
  return [
    ...lines.map((text, i) => textAt(EDGE + 14, middle + 4 + (i - (lines.length - 1) / 2) * 13, text)),
    thresholds(criterion, x, top + 3, top + ROW - 3),
    reference === null ? '' : lineAt(x(reference), top + 3, x(reference), top + ROW - 3, 'axis dotted'),
    interval(criterion, x, middle),
    at === undefined ? '' : verdictMark(verdict, at, middle, tip(`${name} (${description}): ${markText(estimate)}`)),
    textAt(NUMBERS, middle - 3, effect),
    textAt(NUMBERS, middle + 11, size, 'small muted'),
    verdictMark(verdict, VERDICT + 6, middle),
    textAt(VERDICT + 18, middle + 4, VERDICT_WORDS[verdict]),
  ].join('\n');
}

/** A test's line: its name, and its verdict where that is more than its only criterion's. */
function heading({ heading: text, verdict, reason, criteria }: ForestGroup, top: number): string {
  const y = top + 15;
  const own = criteria.length === 1 && criteria[0].verdict === verdict ? '' : verdict;
  return [
    textAt(EDGE, y, text, 'strong'),
    ...(criteria.length > 0 || reason === ''
      ? []
      : [textAt(PLOT[0], y, wrap(reason, REASON_COLUMNS)[0], 'small muted')]),
    ...(own === ''
      ? []
      : [verdictMark(own, VERDICT + 6, y - 4), textAt(VERDICT + 18, y, VERDICT_WORDS[own], 'strong')]),
  ].join('\n');
}

interface Drawn {
  readonly body: string;
  readonly bottom: number;
}

/** Groups that share an axis, one below the other, and the axis. */
function block(groups: readonly ForestGroup[], unit: number, label: string, start: number): Drawn {
  const criteria = groups.flatMap((group) => group.criteria);
  const x = scaleOf(criteria, unit);
  const parts: string[] = [];
  let top = start;
  for (const group of groups) {
    parts.push(lineAt(EDGE, top, WIDTH - EDGE, top, 'grid'), heading(group, top + 2));
    top += HEADING;
    for (const criterion of group.criteria) {
      parts.push(row(criterion, x, top));
      top += ROW;
    }
    top += 4;
  }
  if (criteria.length === 0) return { body: parts.join('\n'), bottom: top };
  const ticks = x.ticks(6);
  parts.push(
    lineAt(PLOT[0], top, PLOT[1], top, 'axis'),
    ...ticks.map((tick) => lineAt(x(tick), top, x(tick), top + 4, 'axis')),
    ...ticks.map((tick) => textAt(x(tick), top + 15, fixed(tick, unit === 1 ? 1 : 0), 'small muted', 'middle')),
    textAt((PLOT[0] + PLOT[1]) / 2, top + 29, label, 'small', 'middle'),
  );
  return { body: parts.join('\n'), bottom: top + AXIS };
}

/** Draws the criteria with their thresholds. Those in points of 100 stand below, on an axis of their own. */
export function forestSvg({ id, title, notes, description, groups }: Forest): string {
  const only = (points: boolean): ForestGroup[] =>
    groups.flatMap((group) => {
      const criteria = group.criteria.filter((one) => isPoints(one) === points);
      return criteria.length > 0 || (!points && group.criteria.length === 0) ? [{ ...group, criteria }] : [];
    });
  const lines = notes.flatMap((note) => wrap(note, NOTE_COLUMNS));
  const head = [
    textAt(EDGE, 24, title, 'heading'),
    ...lines.map((line, i) => textAt(EDGE, 42 + 15 * i, line, 'small muted')),
  ];
  let bottom = 50 + 15 * lines.length;
  const blocks = [
    { own: only(false), unit: 1, label: 'share, AUC, correlation or difference' },
    { own: only(true), unit: 100, label: `points of T (${T_DEFINITION})` },
  ].flatMap(({ own, unit, label }) => {
    if (own.length === 0) return [];
    const drawn = block(own, unit, label, bottom);
    bottom = drawn.bottom;
    return [drawn.body];
  });
  return figureSvg({ id, width: WIDTH, height: bottom, title, description, body: [...head, ...blocks].join('\n') });
}
