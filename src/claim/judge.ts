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
import { COMPETENCE, type Threshold } from './thresholds.js';

/** A number to be estimated. */
export interface MeasureSpec {
  readonly name: string;
  readonly description: string;
  readonly statistic: Statistic;
  /** What it is without the effect; null where that is no number. */
  readonly reference: number | null;
}

/** A number that the verdict rests on. */
export interface CriterionSpec extends MeasureSpec {
  readonly threshold: Threshold;
  /** Why failing it contradicts nothing on these items; absent where it does. */
  readonly exemption?: string | undefined;
}

/** A share of correct answers that must be above chance before the rest means anything. */
export interface Gate {
  readonly statistic: Statistic;
  /** Why there is no verdict where it is not. */
  readonly reason: string;
}

/** All that a finding is made of. */
export interface FindingSpec {
  readonly criteria: readonly CriterionSpec[];
  readonly measures?: readonly MeasureSpec[];
  /** Compared with {@link COMPETENCE}. */
  readonly gate?: Gate;
}

/** What a finding of each kind says. */
export interface Sentences {
  readonly supports: string;
  readonly contradicts: string;
}

/**
 * Estimates all statistics on the same resamples of graphs and compares the criteria with their thresholds. The finding
 * supports if every criterion does, and contradicts if one does: what a search predicts must hold in all respects.
 */
export function judge(
  observations: readonly Observation[],
  { criteria: criterionSpecs, measures: measureSpecs = [], gate }: FindingSpec,
  settings: Settings,
  sentences: Sentences,
): Finding {
  const specs = [...criterionSpecs, ...measureSpecs];
  const estimates = estimateAll(observations, [...specs, ...(gate === undefined ? [] : [gate])], settings);
  const measureOf = ({ name, description, reference }: MeasureSpec, i: number): Measure => ({
    name,
    description,
    estimate: estimates[i],
    reference,
  });
  const clusters = numberGraphs(observations);
  const exemptions: string[] = [];
  const criteria = criterionSpecs.map((spec, i): Criterion => {
    const { direction, support, contradict } = spec.threshold;
    const found = compare(estimates[i], spec.threshold);
    const isExempt = found === 'contradicts' && spec.exemption !== undefined;
    if (isExempt) exemptions.push(`${spec.name}: ${spec.exemption}`);
    return {
      ...measureOf(spec, i),
      direction,
      support,
      contradict,
      p: pValue(spec, clusters, settings),
      verdict: isExempt ? 'undetermined' : found,
    };
  });
  const measures = measureSpecs.map((spec, i) => measureOf(spec, criterionSpecs.length + i));
  const passed = gate === undefined || compare(estimates[specs.length], COMPETENCE) === 'supports';
  const closed = { verdict: 'undetermined', reason: gate?.reason ?? '' } as const;
  const found = passed ? combine(criteria, sentences, exemptions) : closed;
  const growth = passed && found.verdict === 'undetermined' ? growthOf(criteria) : null;
  return { ...found, criteria, measures, growth };
}

/** By what factor more graphs would let every criterion support; null where an estimate is not beyond its threshold. */
function growthOf(criteria: readonly Criterion[]): number | null {
  const factors = criteria.map(({ verdict, estimate: { value, low, high, clusters }, direction, support }) => {
    if (verdict === 'supports') return 1;
    const missing = clusters === 0 ? null : Math.max(1, LEAST_GRAPHS / clusters);
    if (value === null || low === null || high === null) return missing;
    const [margin, width] = direction === 'above' ? [value - support, value - low] : [support - value, high - value];
    return missing === null || margin <= 0 ? null : Math.max(missing, (width / margin) ** 2);
  });
  return factors.includes(null) ? null : Math.max(...factors.map((factor) => factor ?? 1));
}

function compare(
  { low, high, clusters }: Estimate,
  { direction, support, contradict }: Threshold,
): Criterion['verdict'] {
  if (low === null || high === null || clusters < LEAST_GRAPHS) return 'undetermined';
  if (direction === 'above' ? low > support : high < support) return 'supports';
  if (direction === 'above' ? high < contradict : low > contradict) return 'contradicts';
  return 'undetermined';
}

function combine(
  criteria: readonly Criterion[],
  sentences: Sentences,
  exemptions: readonly string[],
): { verdict: Verdict; reason: string } {
  const against = criteria.filter(({ verdict }) => verdict === 'contradicts');
  if (against.length > 0)
    return {
      verdict: 'contradicts',
      reason: `${sentences.contradicts} (${against.map(({ name }) => name).join(', ')})`,
    };
  const open = criteria.filter(({ verdict }) => verdict === 'undetermined');
  if (open.length === 0) return { verdict: 'supports', reason: sentences.supports };
  const few = open.filter(({ estimate }) => estimate.clusters < LEAST_GRAPHS);
  const [shown] = few.length > 0 ? few : open;
  return {
    verdict: 'undetermined',
    reason:
      few.length > 0
        ? `too few graphs for ${shown.name} (${shown.estimate.clusters}; at least ${LEAST_GRAPHS})`
        : (exemptions.at(0) ?? `${shown.name} is on neither side of its thresholds`),
  };
}

/** A finding of a test that could not be run. */
export function notApplicable(reason: string): Finding {
  return { verdict: 'notApplicable', reason, criteria: [], measures: [], growth: null };
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
  specs: readonly Pick<MeasureSpec, 'statistic'>[],
  { seed, resamples }: Settings,
): Estimate[] {
  const clusters = numberGraphs(observations);
  const count = Math.max(0, ...clusters) + (clusters.length > 0 ? 1 : 0);
  if (count === 0) return specs.map(() => ({ value: null, low: null, high: null, n: 0, clusters: 0 }));
  const weights = new Float64Array(observations.length);
  const intervals: Interval[] = clusterBootstrap(
    (drawn, values) => {
      for (let i = 0; i < weights.length; i++) weights[i] = drawn[clusters[i]];
      specs.forEach(({ statistic }, s) => (values[s] = statistic.of(weights)));
    },
    { clusters: count, statistics: specs.length },
    { seed, resamples },
  );
  return intervals.map((interval, s) => {
    const { evidence, groups } = specs[s].statistic;
    const graphsOf = (group?: 0 | 1): number =>
      new Set(clusters.filter((_, i) => !Number.isNaN(evidence[i]) && (group === undefined || groups?.[i] === group)))
        .size;
    const n = evidence.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
    // Resamples without the smaller group do not define the statistic: an interval over the others would be too narrow.
    const smaller = groups === undefined ? Infinity : Math.min(graphsOf(0), graphsOf(1));
    return toEstimate(interval, n, smaller < MINIMUM_CLUSTERS ? smaller : graphsOf());
  });
}

function pValue(
  { statistic, reference, name }: CriterionSpec,
  clusters: readonly number[],
  settings: Settings,
): number | null {
  if (reference === null) return null;
  const sums = new Map<number, number>();
  statistic.evidence.forEach((value, i) => {
    if (!Number.isNaN(value)) sums.set(clusters[i], (sums.get(clusters[i]) ?? 0) + value);
  });
  if (sums.size === 0) return null;
  return signFlipTest([...sums.values()], { seed: `${settings.seed} ${name}`, flips: settings.flips }).p;
}
