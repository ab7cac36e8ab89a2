import { keptOf, meanOf, shareOf } from '../../src/claim/statistic.js';

/** How often a criterion supports whose share of ones lies at the threshold, one an item: all samples, by their probability. */
function errorRate(items: number, share: number, supports: (values: readonly number[]) => boolean): number {
  const values = new Array<number>(items).fill(0);
  let logarithm = items * Math.log(1 - share);
  let rate = 0;
  for (let ones = 0; ones <= items; ones++) {
    // Samples this rare add nothing to four digits.
    if (logarithm > Math.log(1e-9) && supports(values)) rate += Math.exp(logarithm);
    if (ones < items) values[ones] = 1;
    logarithm += Math.log((items - ones) / (ones + 1)) + Math.log(share / (1 - share));
  }
  return Number(rate.toFixed(4));
}

type NullKind = 'kept' | 'ablated' | 'scrubbed' | 'tooEarly' | 'beyondBeam' | 'blindBeam' | 'cut';

/**
 * The same error rates without chance, where own answers are all right: of excess kept (F9) and without thoughts (F1), of
 * answers kept by a donor's thoughts (F15, F16) and found too early (F15), of the beam of three in a layer of four (F15) and of
 * the blind one (F17), and of a share (F9).
 */
export function exactErrors(items: number): Readonly<Record<NullKind, number>> {
  const graphs = Array.from({ length: items }, (_, i) => String(i));
  const ones = graphs.map(() => 1);
  const excess = (values: readonly number[]): ReturnType<typeof shareOf> => keptOf(values, ones);
  // A linear function of the share.
  const linear = (values: readonly number[], slope: number): ReturnType<typeof shareOf> =>
    meanOf(
      values.map((value) => 1 + slope * (value - 1)),
      [1 - slope, 1],
    );
  const low = (of: ReturnType<typeof shareOf>): number => of(graphs).estimate.low ?? -Infinity;
  const high = (of: ReturnType<typeof shareOf>): number => of(graphs).estimate.high ?? Infinity;
  return {
    kept: errorRate(items, 0.85, (values) => low(excess(values)) > 0.7),
    ablated: errorRate(items, 0.75, (values) => high(excess(values)) < 0.5),
    scrubbed: errorRate(items, 0.85, (values) => low(linear(values, 2)) > 0.7),
    tooEarly: errorRate(items, 0.65, (values) => high(linear(values, 2)) < 0.3),
    // 0 where 5/6 are right, and where 7/8 are.
    beyondBeam: errorRate(items, 11 / 12, (values) => low(linear(values, 6)) > 0.5),
    blindBeam: errorRate(items, 7 / 8, (values) => low(linear(values, 8)) > 0),
    cut: errorRate(items, 0.65, (values) => high(shareOf(values)) < 0.65),
  };
}
