import type { Estimate } from '../statistics/index.js';
import type { Criterion, Finding, Measure, Observation, Verdict } from './prediction.js';
import { LEAST_GRAPHS } from './settings.js';
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
  /** Absent where no criterion can contradict. */
  readonly contradicts?: string;
}

/**
 * Estimates all statistics over graphs and compares the criteria with their thresholds. The finding supports if every
 * criterion does, and contradicts if one does: what a search predicts must hold in all respects.
 */
export function judge(
  observations: readonly Observation[],
  { criteria: criterionSpecs, measures: measureSpecs = [], gate }: FindingSpec,
  sentences: Sentences,
): Finding {
  const graphs = observations.map(({ graph }) => graph);
  const exemptions: string[] = [];
  const criteria = criterionSpecs.map(
    ({ name, description, statistic, reference, threshold, exemption }): Criterion => {
      const { direction, support, contradict } = threshold;
      const estimated = statistic(graphs);
      const { estimate } = estimated;
      const found = compare(estimate, threshold);
      const isExempt = found === 'contradicts' && exemption !== undefined;
      if (isExempt) exemptions.push(`${name}: ${exemption}`);
      return {
        name,
        description,
        estimate,
        reference,
        direction,
        support,
        contradict,
        p: estimated.p(support, direction),
        verdict: isExempt ? 'undetermined' : found,
      };
    },
  );
  const measures = measureSpecs.map(({ name, description, statistic, reference }): Measure => {
    return { name, description, estimate: statistic(graphs).estimate, reference };
  });
  const passed = gate === undefined || compare(gate.statistic(graphs).estimate, COMPETENCE) === 'supports';
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
    if (value === null || low === null || high === null) return clusters < LEAST_GRAPHS ? missing : null;
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
  if (contradict !== null && (direction === 'above' ? high < contradict : low > contradict)) return 'contradicts';
  return 'undetermined';
}

function combine(
  criteria: readonly Criterion[],
  { supports, contradicts }: Sentences,
  exemptions: readonly string[],
): { verdict: Verdict; reason: string } {
  const against = criteria.filter(({ verdict }) => verdict === 'contradicts');
  if (contradicts !== undefined && against.length > 0)
    return { verdict: 'contradicts', reason: `${contradicts} (${against.map(({ name }) => name).join(', ')})` };
  const open = criteria.filter(({ verdict }) => verdict === 'undetermined');
  if (open.length === 0) return { verdict: 'supports', reason: supports };
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
