import {
  clusterBootstrap,
  MINIMUM_CLUSTERS,
  signFlipTest,
  toEstimate,
  type Estimate,
  type Interval,
} from '../statistics/index.js';
import type { Criterion, Finding, Measure, Observation, Verdict } from './prediction.js';
import { LEAST_GRAPHS, type Settings } from './settings.js';
import type { Statistic } from './statistic.js';
import { THRESHOLDS, type ThresholdName } from './thresholds.js';

/** A number to be estimated. */
export interface Asked {
  readonly name: string;
  readonly words: string;
  readonly statistic: Statistic;
  /** What it is without the effect; null where that is no number. */
  readonly reference: number | null;
}

/** A number that the verdict rests on. */
export interface AskedCriterion extends Asked {
  readonly threshold: ThresholdName;
  /** Why failing it contradicts nothing on these items; absent where it does. */
  readonly excused?: string | undefined;
}

/** A share that must be well above chance before the rest means anything. */
export interface Gate {
  readonly statistic: Statistic;
  /** Why there is no verdict where it is not. */
  readonly words: string;
}

/** All that a finding is made of. */
export interface AskedFinding {
  readonly criteria: readonly AskedCriterion[];
  readonly measures?: readonly Asked[];
  /** Compared with the threshold `competence`. */
  readonly gate?: Gate;
}

/**
 * Estimates all statistics on the same resamples of graphs and compares the criteria with their thresholds. The finding
 * supports if every criterion does, and contradicts if one does: what a search predicts must hold in all respects.
 *
 * @param words completes the sentence of the verdict: what a finding of each kind says
 */
export function judge(
  observations: readonly Observation[],
  asked: AskedFinding,
  settings: Settings,
  words: { readonly supports: string; readonly contradicts: string },
): Finding {
  const { criteria: criteriaAsked, measures: measuresAsked = [], gate } = asked;
  const all = [...criteriaAsked, ...measuresAsked];
  const estimates = estimateAll(observations, [...all, ...(gate === undefined ? [] : [gate])], settings);
  const measureOf = ({ name, words: said, reference }: Asked, i: number): Measure => ({
    name,
    words: said,
    estimate: estimates[i],
    reference,
  });
  const clusters = numberGraphs(observations);
  const excuses: string[] = [];
  const criteria = criteriaAsked.map((one, i): Criterion => {
    const { support, contradict } = THRESHOLDS[one.threshold];
    const found = compare(estimates[i], THRESHOLDS[one.threshold], isCeiling(one));
    const isExcused = found === 'contradicts' && one.excused !== undefined;
    if (isExcused) excuses.push(`${one.name}: ${one.excused}`);
    return {
      ...measureOf(one, i),
      support,
      contradict,
      ceiling: isCeiling(one),
      p: pValue(one, clusters, settings),
      verdict: isExcused ? 'undetermined' : found,
    };
  });
  const measures = measuresAsked.map((one, i) => measureOf(one, criteriaAsked.length + i));
  const passed = gate === undefined || compare(estimates[all.length], THRESHOLDS.competence, false) === 'supports';
  const closed = { verdict: 'undetermined', reason: gate?.words ?? '' } as const;
  return { ...(passed ? conclude(criteria, words, excuses) : closed), criteria, measures };
}

/** Thresholds that a search stays below; all others it rises above. */
const CEILINGS: ReadonlySet<ThresholdName> = new Set([
  'retainedWithoutThoughts',
  'followsShortcut',
  'winnerAtOnce',
  'cutPreference',
  'carrierSelective',
]);

function isCeiling({ threshold }: AskedCriterion): boolean {
  return CEILINGS.has(threshold);
}

function compare(
  { low, high, clusters }: Estimate,
  { support, contradict }: { readonly support: number; readonly contradict: number },
  ceiling: boolean,
): Criterion['verdict'] {
  if (low === null || high === null || clusters < LEAST_GRAPHS) return 'undetermined';
  if (ceiling ? high < support : low > support) return 'supports';
  if (ceiling ? low > contradict : high < contradict) return 'contradicts';
  return 'undetermined';
}

function conclude(
  criteria: readonly Criterion[],
  words: { readonly supports: string; readonly contradicts: string },
  excuses: readonly string[],
): { verdict: Verdict; reason: string } {
  const against = criteria.filter(({ verdict }) => verdict === 'contradicts');
  if (against.length > 0)
    return { verdict: 'contradicts', reason: `${words.contradicts} (${against.map(({ name }) => name).join(', ')})` };
  const open = criteria.filter(({ verdict }) => verdict === 'undetermined');
  if (open.length === 0) return { verdict: 'supports', reason: words.supports };
  const few = open.filter(({ estimate }) => estimate.clusters < LEAST_GRAPHS);
  const [shown] = few.length > 0 ? few : open;
  return {
    verdict: 'undetermined',
    reason:
      few.length > 0
        ? `too few graphs for ${shown.name} (${shown.estimate.clusters}; at least ${LEAST_GRAPHS})`
        : (excuses.at(0) ?? `${shown.name} is on neither side of its thresholds`),
  };
}

/** A finding of a test that could not be run. */
export function notApplicable(reason: string): Finding {
  return { verdict: 'notApplicable', reason, criteria: [], measures: [] };
}

function numberGraphs(observations: readonly Observation[]): number[] {
  const numbers = new Map<string, number>();
  return observations.map(({ graph }) => {
    const number = numbers.get(graph) ?? numbers.size;
    numbers.set(graph, number);
    return number;
  });
}

/** Every statistic on the full sample and its interval over graphs, all on the same resamples. */
export function estimateAll(
  observations: readonly Observation[],
  asked: readonly Pick<Asked, 'statistic'>[],
  { seed, resamples }: Settings,
): Estimate[] {
  const clusters = numberGraphs(observations);
  const count = Math.max(0, ...clusters) + (clusters.length > 0 ? 1 : 0);
  if (count === 0) return asked.map(() => ({ value: null, low: null, high: null, n: 0, clusters: 0 }));
  const weights = new Float64Array(observations.length);
  const intervals: Interval[] = clusterBootstrap(
    (drawn, values) => {
      for (let i = 0; i < weights.length; i++) weights[i] = drawn[clusters[i]];
      asked.forEach(({ statistic }, s) => (values[s] = statistic.of(weights)));
    },
    { clusters: count, statistics: asked.length },
    { seed, resamples },
  );
  return intervals.map((interval, s) => {
    const { evidence, groups } = asked[s].statistic;
    const graphsOf = (group?: 0 | 1): number =>
      new Set(clusters.filter((_, i) => !Number.isNaN(evidence[i]) && (group === undefined || groups?.[i] === group)))
        .size;
    const n = evidence.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
    // Resamples without the smaller group do not define the statistic: an interval over the others would be too narrow.
    const smaller = groups === undefined ? Infinity : Math.min(graphsOf(0), graphsOf(1));
    return toEstimate(interval, n, smaller < MINIMUM_CLUSTERS ? smaller : graphsOf());
  });
}

function pValue({ statistic, reference, name }: Asked, clusters: readonly number[], settings: Settings): number | null {
  if (reference === null) return null;
  const sums = new Map<number, number>();
  statistic.evidence.forEach((value, i) => {
    if (!Number.isNaN(value)) sums.set(clusters[i], (sums.get(clusters[i]) ?? 0) + value);
  });
  if (sums.size === 0) return null;
  return signFlipTest([...sums.values()], { seed: `${settings.seed} ${name}`, flips: settings.flips }).p;
}
