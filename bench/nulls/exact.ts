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

/**
 * The same error rates without chance, where donors and own answers are all right: of excess kept (F9, F15, F16) and without
 * thoughts (F1), of the beam of three in a layer of four (F15), and of a share (F9).
 */
export function exactErrors(items: number): Readonly<Record<'kept' | 'ablated' | 'beyondBeam' | 'cut', number>> {
  const graphs = Array.from({ length: items }, (_, i) => String(i));
  const ones = graphs.map(() => 1);
  const excess = (values: readonly number[]): ReturnType<typeof shareOf> => keptOf(values, ones);
  // 0 where 5/6 are right.
  const beyond = (values: readonly number[]): ReturnType<typeof shareOf> =>
    meanOf(
      values.map((value) => 6 * value - 5),
      [-5, 1],
    );
  const low = (of: ReturnType<typeof shareOf>): number => of(graphs).estimate.low ?? -Infinity;
  const high = (of: ReturnType<typeof shareOf>): number => of(graphs).estimate.high ?? Infinity;
  return {
    kept: errorRate(items, 0.85, (values) => low(excess(values)) > 0.7),
    ablated: errorRate(items, 0.75, (values) => high(excess(values)) < 0.5),
    beyondBeam: errorRate(items, 11 / 12, (values) => low(beyond(values)) > 0.5),
    cut: errorRate(items, 0.65, (values) => high(shareOf(values)) < 0.65),
  };
}
