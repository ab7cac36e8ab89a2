import {
  clusteredShare,
  linearisedInterval,
  linearisedRatio,
  toEstimate,
  type Estimate,
} from '../../statistics/index.js';

/** One number per item, and the graph that it belongs to. */
export interface OverGraphs {
  readonly values: readonly number[];
  /** [n], as `graphKey` names them. */
  readonly graphs: readonly string[];
}

const NOTHING: Estimate = { value: null, low: null, high: null, n: 0, clusters: 0 };

/**
 * The mean of numbers that are bounded on both sides, with the closed-form interval of `clusteredShare` over graphs: it stays
 * within the bounds, and has a width where all numbers are the same.
 *
 * @param bounds between which all values are
 * @throws RangeError if one is not
 */
export function boundedMean(
  { values, graphs }: OverGraphs,
  [least, greatest]: readonly [least: number, greatest: number],
): Estimate {
  if (values.length === 0) return NOTHING;
  const found = clusteredShare(
    values.map((value) => (value - least) / (greatest - least)),
    graphs,
  );
  const [value, low, high] = [found.value, found.low, found.high].map((share) => least + share * (greatest - least));
  return toEstimate({ value, low, high }, found.n, found.clusters);
}

/**
 * A sum over another sum, with the interval of its linearisation over graphs (`linearisedRatio`).
 *
 * @param denominators [n], of the same items
 * @param halfRange all numbers of both are between this and its negative: the interval keeps a width where nothing varies
 * @returns no value unless the sum of denominators is above 0
 */
export function ratioOverGraphs(
  { values, graphs }: OverGraphs,
  denominators: readonly number[],
  halfRange: number,
): Estimate {
  if (values.length === 0) return NOTHING;
  const found = linearisedInterval(linearisedRatio(values, denominators, [halfRange, halfRange]), graphs);
  return toEstimate(found, found.n, found.clusters);
}
