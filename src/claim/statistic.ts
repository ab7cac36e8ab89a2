import { mean } from '../statistics/index.js';

/**
 * A statistic over observations that can be recomputed for any weighting of them, as the cluster bootstrap does. An
 * observation that does not contribute has NaN in `evidence`.
 */
export interface Statistic {
  /** @param weights [n], how often each observation counts; NaN where the weighted sample does not define it */
  of(weights: Float64Array): number;
  /**
   * [n], what each observation says against "nothing but the reference", with mean 0 there; flipping its sign over
   * graphs gives the null distribution.
   */
  readonly evidence: Float64Array;
  /** [n], where the statistic compares two groups: which one each observation is in. Each needs graphs enough of its own. */
  readonly groups?: readonly (0 | 1 | undefined)[] | undefined;
}

/** One value per observation, undefined where it has none. */
export type Values = readonly (number | undefined)[];

/** The mean of an observation's own numbers; undefined where it has none. */
export function averageOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : mean(values);
}

const numeric = (values: Values): Float64Array => Float64Array.from(values, (value) => value ?? Number.NaN);

/** The mean of the values that there are. @param reference the mean without the effect */
export function meanOf(values: Values, reference: number): Statistic {
  const numbers = numeric(values);
  return {
    of(weights) {
      let sum = 0;
      let count = 0;
      for (let i = 0; i < numbers.length; i++) {
        if (Number.isNaN(numbers[i])) continue;
        sum += weights[i] * numbers[i];
        count += weights[i];
      }
      return sum / count;
    },
    evidence: numbers.map((value) => value - reference),
  };
}

/**
 * The sum of numerators over the sum of denominators, over the observations that have both: how much of one mean another
 * one is.
 *
 * @param reference the ratio without the effect
 */
export function ratioOf(numerators: Values, denominators: Values, reference: number): Statistic {
  const [above, below] = [numeric(numerators), numeric(denominators)];
  return {
    of(weights) {
      let [sum, whole] = [0, 0];
      for (let i = 0; i < above.length; i++) {
        if (Number.isNaN(above[i] + below[i])) continue;
        sum += weights[i] * above[i];
        whole += weights[i] * below[i];
      }
      return whole > 0 ? sum / whole : Number.NaN;
    },
    evidence: above.map((value, i) => value - reference * below[i]),
  };
}

/** Pairs of numbers of one observation. */
export type Pairs = readonly (readonly [x: number, y: number])[];

/**
 * The slope of y on x by least squares, over all pairs of all observations, each stratum having its own mean: pairs of
 * different strata are not compared. Without the effect it is 0.
 *
 * @param strata [n] pairs of each observation by stratum
 */
export function slopeOf(strata: readonly (readonly Pairs[])[]): Statistic {
  const count = strata.reduce((most, own) => Math.max(most, own.length), 0);
  const moments = strata.map((own) => Array.from({ length: count }, (_, s) => momentsOf(own.at(s) ?? [])));
  const centred = (weights: Float64Array): { xy: number; xx: number; means: [number, number][] } => {
    let [xy, xx] = [0, 0];
    const means: [number, number][] = [];
    for (let s = 0; s < count; s++) {
      const total = { n: 0, x: 0, y: 0, xy: 0, xx: 0 };
      moments.forEach((own, i) => {
        for (const key of MOMENTS) total[key] += weights[i] * own[s][key];
      });
      const [mx, my] = total.n > 0 ? [total.x / total.n, total.y / total.n] : [0, 0];
      means.push([mx, my]);
      xy += total.xy - total.n * mx * my;
      xx += total.xx - total.n * mx * mx;
    }
    return { xy, xx, means };
  };
  const { means } = centred(new Float64Array(strata.length).fill(1));
  return {
    of(weights) {
      const { xy, xx } = centred(weights);
      return xx > 1e-12 ? xy / xx : Number.NaN;
    },
    evidence: Float64Array.from(strata, (own) =>
      own.every((pairs) => pairs.length === 0)
        ? Number.NaN
        : own.reduce(
            (sum, pairs, s) => sum + pairs.reduce((a, [x, y]) => a + (x - means[s][0]) * (y - means[s][1]), 0),
            0,
          ),
    ),
  };
}

const MOMENTS = ['n', 'x', 'y', 'xy', 'xx'] as const;

function momentsOf(pairs: Pairs): Record<(typeof MOMENTS)[number], number> {
  const sum = { n: pairs.length, x: 0, y: 0, xy: 0, xx: 0 };
  for (const [x, y] of pairs) {
    sum.x += x;
    sum.y += y;
    sum.xy += x * y;
    sum.xx += x * x;
  }
  return sum;
}
