import { moverP, reachOf, turned, type Reach } from './mover.js';
import type { Alternative } from './permutation.js';
import type { SharePair } from './share-pair.js';
import type { Proportion } from './wilson.js';

/** Of one of two candidates. */
const CHANCE = 0.5;

/**
 * The excess of one share over chance as a share of another's, R = (p1 - 1/2) / (p2 - 1/2), with the 95 % interval that the shares'
 * own intervals give (MOVER for ratios: Donner and Zou, Statistical Methods in Medical Research 21, 2012): its ends are the R
 * at which the limit of (p1 - 1/2) - R (p2 - 1/2) is 0. With a, b the two excesses, l how far the first interval
 * reaches below p1, m how far the second reaches above p2 (below, where the end is negative), and r the correlation:
 *
 *     low = (a b - r l m - sqrt((a b - r l m)^2 - (a^2 - l^2) (b^2 - m^2))) / (b^2 - m^2)
 *     high = -low of -a / b, its reach being that above p1, and its correlation -r
 *
 * - Where p2 is 1, low is that of the first share's own interval. high is a little farther than that: answers that were all right
 *   need not be so next time. Taken for certain, they would let high be too low in up to .26 of samples (30 graphs, own
 *   answers and edited ones right in .98 of cases, independently).
 * - Where the second interval is not above chance as a whole, there is no interval: there may be nothing to have a share of.
 *
 * Where R is .7, and the second share .9 to 1, low was too high in .007 to .034 of simulated samples of 30 to 1,000 graphs, and
 * high too low in .007 to .044; a linearised interval's ends were in .013 to .061, and .001 to .032.
 *
 * @returns NaN where undefined
 */
export function excessRatio({ one, other, correlation }: SharePair<Pick<Proportion, 'value' | 'low' | 'high'>>): {
  readonly value: number;
  readonly low: number;
  readonly high: number;
} {
  const [above, below] = [one.value - CHANCE, other.value - CHANCE];
  const value = below > 0 ? above / below : Number.NaN;
  if (!(other.low > CHANCE)) return { value, low: Number.NaN, high: Number.NaN };
  const [a, b] = [reachOf(one), reachOf(other)];
  return {
    value,
    low: lowerEnd(above, a, below, b, correlation),
    high: -lowerEnd(-above, turned(a), below, b, -correlation),
  };
}

/** The lower end of above / below, below > 0 with its whole interval. */
function lowerEnd(above: number, ofAbove: Reach, below: number, ofBelow: Reach, correlation: number): number {
  const reach = above < ofAbove.below ? ofBelow.below : ofBelow.above;
  const middle = above * below - correlation * ofAbove.below * reach;
  const square = below ** 2 - reach ** 2;
  // Not negative: at the ratio itself the limit is below 0.
  const root = Math.sqrt(Math.max(0, middle ** 2 - square * (above ** 2 - ofAbove.below ** 2)));
  return (middle - root) / square;
}

/**
 * One-sided p of {@link excessRatio} against a threshold: below .025 exactly where its whole interval lies beyond the threshold on
 * the side of the alternative.
 *
 * @param threshold finite, chosen before the data are seen
 * @param alternative 'greater': p against "the ratio is the threshold or less"; 'less' the reverse
 * @returns NaN where there is no interval
 */
export function excessRatioP(
  pair: SharePair,
  threshold: number,
  alternative: Exclude<Alternative, 'two-sided'>,
): number {
  if (!(pair.other.low > CHANCE)) return Number.NaN;
  return moverP(pair, threshold, CHANCE * (1 - threshold), alternative);
}
