import {
  clusteredShare,
  excessRatio,
  excessRatioP,
  linearisedInterval,
  linearisedMean,
  linearisedP,
  linearisedRatio,
  linearisedSlope,
  mean,
  MINIMUM_CLUSTERS,
  shareDifference,
  shareDifferenceP,
  shareP,
  sharePair,
  toEstimate,
  type Alternative,
  type ClusteredValues,
  type Estimate,
  type Interval,
  type Linearised,
} from '../statistics/index.js';
import type { Threshold } from './thresholds.js';

/** An estimate over graphs, and how surely it is beyond a threshold. */
export interface Estimated {
  readonly estimate: Estimate;
  /**
   * One-sided, against "it is the threshold, or on the other side": below .025 exactly where the whole 95 % interval lies beyond the
   * threshold in this direction; null where there is no interval.
   */
  p(threshold: number, direction: Threshold['direction']): number | null;
}

/** A statistic of observations. @param graphs [n], the graph of each, the unit of its interval */
export type Statistic = (graphs: readonly string[]) => Estimated;

/** One value per observation, undefined where it has none. */
export type Values = readonly (number | undefined)[];

/** The mean of an observation's own numbers; undefined where it has none. */
export function averageOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : mean(values);
}

/** What nothing is observed of. */
export const NOTHING: Estimated = {
  estimate: { value: null, low: null, high: null, n: 0, clusters: 0 },
  p: () => null,
};

const sideOf = (direction: Threshold['direction']): Exclude<Alternative, 'two-sided'> =>
  direction === 'above' ? 'greater' : 'less';

/** The observations that have all that is asked for, and their graphs. */
function present<T>(of: readonly (T | undefined)[], graphs: readonly string[]): { values: T[]; graphs: string[] } {
  const there = [...of.keys()].filter((i) => of[i] !== undefined);
  return { values: there.map((i) => of[i] as T), graphs: there.map((i) => graphs[i]) };
}

/** The mean of values between 0 and 1, those that there are: a share, or an AUC. */
export function shareOf(values: Values): Statistic {
  return meanOf(values, [0, 1]);
}

/**
 * The mean of the values that there are.
 *
 * @param bounds between which all values are: then the interval is too, and keeps a width where all are the same
 */
export function meanOf(values: Values, bounds?: readonly [least: number, greatest: number]): Statistic {
  return (all) => {
    const { values: there, graphs } = present(values, all);
    if (there.length === 0) return NOTHING;
    if (bounds === undefined) return linearised(linearisedMean(there), graphs);
    const [least, greatest] = bounds;
    const toShare = (value: number): number => (value - least) / (greatest - least);
    const ofShare = (share: number): number => least + share * (greatest - least);
    const found = clusteredShare(there.map(toShare), graphs);
    const [value, low, high] = [found.value, found.low, found.high].map(ofShare);
    return estimated({ value, low, high }, there.length, found.clusters, (threshold, side) =>
      shareP(found, toShare(threshold), side),
    );
  };
}

/**
 * How much of the excess of own answers over chance is kept by edited ones, over the observations that have both:
 * (mean edited - 1/2) / (mean own - 1/2).
 *
 * @param edited from 0 to 1: shares right
 * @param own likewise
 */
export function keptOf(edited: Values, own: Values): Statistic {
  const pairs = edited.map((after, i) => {
    const before = own[i];
    return after === undefined || before === undefined ? undefined : { after, before };
  });
  return (all) => {
    const { values: there, graphs: clusters } = present(pairs, all);
    if (there.length === 0) return NOTHING;
    const pair = sharePair(
      { values: there.map(({ after }) => after), clusters },
      { values: there.map(({ before }) => before), clusters },
    );
    return estimated(excessRatio(pair), there.length, pair.one.clusters, (threshold, side) =>
      excessRatioP(pair, threshold, side),
    );
  };
}

/**
 * The mean of one group less that of another. Questions about one graph may be in both.
 *
 * @param values from 0 to 1
 * @param groups of each: its mean counts (1), is taken away (0), or neither. There is an interval where each is of graphs enough
 */
export function differenceOf(values: readonly number[], groups: readonly (0 | 1 | undefined)[]): Statistic {
  return (graphs) => {
    const [one, other] = ([1, 0] as const).map((group) => partOf(values, graphs, (i) => groups[i] === group));
    if (one.values.length === 0 || other.values.length === 0) return NOTHING;
    const pair = sharePair(one, other);
    const smaller = Math.min(pair.one.clusters, pair.other.clusters);
    // An interval over all would hide that there is hardly one graph to compare with.
    const clusters = smaller < MINIMUM_CLUSTERS ? smaller : new Set([...one.clusters, ...other.clusters]).size;
    return estimated(shareDifference(pair), pair.one.n + pair.other.n, clusters, (threshold, side) =>
      shareDifferenceP(pair, threshold, side),
    );
  };
}

function partOf(values: readonly number[], graphs: readonly string[], isIn: (i: number) => boolean): ClusteredValues {
  const part = [...values.keys()].filter(isIn);
  return { values: part.map((i) => values[i]), clusters: part.map((i) => graphs[i]) };
}

/**
 * The sum of numerators over the sum of denominators, over the observations that have both: how much of one mean another
 * one is. For probabilities, whatever chance is; of shares less chance, {@link keptOf} has the better interval.
 */
export function ratioOf(numerators: Values, denominators: Values): Statistic {
  const pairs = numerators.map((above, i) => {
    const below = denominators[i];
    return above === undefined || below === undefined ? undefined : { above, below };
  });
  return (all) => {
    const { values: there, graphs } = present(pairs, all);
    if (there.length === 0) return NOTHING;
    const ratio = linearisedRatio(
      there.map(({ above }) => above),
      there.map(({ below }) => below),
      [0.5, 0.5],
    );
    return linearised(ratio, graphs);
  };
}

/** Pairs of numbers of one observation. */
export type Pairs = readonly (readonly [x: number, y: number])[];

/**
 * The slope of y on x by least squares, over all pairs of all observations, each stratum having its own mean: pairs of
 * different strata are not compared. Without the effect it is 0.
 *
 * @param strata [n] pairs of each observation by stratum
 * @param halfRange half of the range that y has; 1/2 for shares
 */
export function slopeOf(strata: readonly (readonly Pairs[])[], halfRange = 0): Statistic {
  return (all) => {
    const points = strata.flatMap((own, i) =>
      own.flatMap((pairs, stratum) => pairs.map(([x, y]) => ({ x, y, stratum, cluster: all[i] }))),
    );
    if (points.length === 0) return NOTHING;
    const found = linearised(
      linearisedSlope(points, halfRange),
      points.map(({ cluster }) => cluster),
    );
    const n = strata.filter((own) => own.some((pairs) => pairs.length > 0)).length;
    return { ...found, estimate: { ...found.estimate, n } };
  };
}

/** An estimate from its linearisation. @param graphs [n], those of its influences */
export function linearised(of: Linearised, graphs: readonly string[]): Estimated {
  const found = linearisedInterval(of, graphs);
  return estimated(found, found.n, found.clusters, (threshold, side) => linearisedP(found, threshold, side));
}

/** An estimate that has an interval, and a p, only where there are clusters enough. @param p NaN where there is none */
function estimated(
  { value, low, high }: Interval,
  n: number,
  clusters: number,
  p: (threshold: number, side: Exclude<Alternative, 'two-sided'>) => number,
): Estimated {
  return {
    estimate: toEstimate({ value, low, high }, n, clusters),
    p(threshold, direction) {
      const found = clusters < MINIMUM_CLUSTERS ? NaN : p(threshold, sideOf(direction));
      return Number.isNaN(found) ? null : found;
    },
  };
}
