/** One bin of a reliability curve. */
export interface ReliabilityRow {
  /** Lowest and highest forecast in the bin. */
  readonly low: number;
  readonly high: number;
  /** Observations in the bin. */
  readonly n: number;
  /** Mean forecast. */
  readonly forecast: number;
  /** Share of observations that came true. */
  readonly frequency: number;
}

/** score = reliability - resolution + uncertainty + withinBins. */
export interface BrierDecomposition {
  /** Mean squared difference of forecast and outcome: 0 is perfect. */
  readonly score: number;
  /** How far forecasts are from frequencies, bin by bin; 0 is perfect. */
  readonly reliability: number;
  /** How far the bins' frequencies are from the base rate; 0 for forecasts that tell nothing apart. */
  readonly resolution: number;
  /** Base rate times one less it: the score of the base rate itself as the forecast. */
  readonly uncertainty: number;
  /** What bins of unequal forecasts leave over; 0 where all forecasts of a bin are equal. */
  readonly withinBins: number;
  /** Ascending by forecast. */
  readonly curve: readonly ReliabilityRow[];
}

/** Bins of predictions where nobody says otherwise. */
export const DEFAULT_BINS = 10;

/**
 * Brier score: the mean squared difference between forecast probabilities and outcomes (Brier, Monthly Weather Review 78,
 * 1950, for the one event; its two-class form is twice this). NaN of nothing.
 *
 * @param forecasts [n], in [0, 1]
 * @param outcomes [n]
 * @throws RangeError if the lengths differ or a forecast is not in [0, 1]
 */
export function brierScore(forecasts: ArrayLike<number>, outcomes: ArrayLike<boolean>): number {
  check(forecasts, outcomes);
  let sum = 0;
  for (let i = 0; i < forecasts.length; i++) sum += (forecasts[i] - Number(outcomes[i])) ** 2;
  return sum / forecasts.length;
}

/**
 * Brier skill score: 1 - score / score of a reference (Murphy 1973). 1 is perfect, 0 no better than the reference,
 * negative worse. The reference has a forecast per observation, so that it may be a base rate per depth or per class;
 * one estimated from the same outcomes is harder to beat than it would be on others.
 *
 * @param forecasts [n], in [0, 1]
 * @param outcomes [n]
 * @param reference [n], in [0, 1]
 * @returns NaN of nothing, and where the reference is perfect
 * @throws RangeError if the lengths differ or a forecast is not in [0, 1]
 */
export function brierSkill(
  forecasts: ArrayLike<number>,
  outcomes: ArrayLike<boolean>,
  reference: ArrayLike<number>,
): number {
  const score = brierScore(forecasts, outcomes);
  const base = brierScore(reference, outcomes);
  return base === 0 ? Number.NaN : 1 - score / base;
}

/**
 * The Brier score in Murphy's three parts (Journal of Applied Meteorology 12, 1973) and the reliability curve they are
 * computed from. Bins hold about equally many observations, so that no bin of the curve rests on a handful; equal
 * forecasts are never parted. Murphy's parts add up to the score only where the forecasts of a bin are equal; the fourth
 * part makes up for it (variance within bins less twice the covariance; Stephenson, Coelho and Jolliffe, Weather and
 * Forecasting 23, 2008).
 *
 * With few observations per bin, reliability and resolution both come out too large: frequencies scatter about their
 * expectation.
 *
 * @param forecasts [n], in [0, 1]
 * @param outcomes [n]
 * @param bins at most so many, default {@link DEFAULT_BINS}
 * @returns NaN, and no rows, of nothing
 * @throws RangeError if the lengths differ, a forecast is not in [0, 1], or `bins` is no whole number >= 1
 */
export function brierDecomposition(
  forecasts: ArrayLike<number>,
  outcomes: ArrayLike<boolean>,
  bins = DEFAULT_BINS,
): BrierDecomposition {
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`bins is ${bins}, not 1 or more`);
  const score = brierScore(forecasts, outcomes);
  const n = forecasts.length;
  const baseRate = shareTrue(outcomes, [...Array(n).keys()]);
  let reliability = 0;
  let resolution = 0;
  let withinBins = 0;
  const curve = equalCountBins(forecasts, bins).map((members) => {
    const forecast = members.reduce((sum, i) => sum + forecasts[i], 0) / members.length;
    const frequency = shareTrue(outcomes, members);
    reliability += members.length * (forecast - frequency) ** 2;
    resolution += members.length * (frequency - baseRate) ** 2;
    for (const i of members) {
      const deviation = forecasts[i] - forecast;
      withinBins += deviation * (deviation - 2 * (Number(outcomes[i]) - frequency));
    }
    return {
      low: forecasts[members[0]],
      high: forecasts[members[members.length - 1]],
      n: members.length,
      forecast,
      frequency,
    };
  });
  return {
    score,
    reliability: reliability / n,
    resolution: resolution / n,
    uncertainty: baseRate * (1 - baseRate),
    withinBins: withinBins / n,
    curve,
  };
}

/** Observations by bin, ascending by forecast: those that share a forecast go where the middle one of them belongs. */
function equalCountBins(forecasts: ArrayLike<number>, bins: number): number[][] {
  const n = forecasts.length;
  const order = [...Array(n).keys()].sort((a, b) => forecasts[a] - forecasts[b]);
  const filled = new Map<number, number[]>();
  for (let start = 0, end = 0; start < n; start = end) {
    while (end < n && forecasts[order[end]] === forecasts[order[start]]) end++;
    const bin = Math.floor((bins * (start + end)) / (2 * n));
    const members = filled.get(bin) ?? [];
    for (let i = start; i < end; i++) members.push(order[i]);
    filled.set(bin, members);
  }
  return [...filled.values()];
}

function shareTrue(outcomes: ArrayLike<boolean>, members: readonly number[]): number {
  return members.reduce((count, i) => count + Number(outcomes[i]), 0) / members.length;
}

function check(forecasts: ArrayLike<number>, outcomes: ArrayLike<boolean>): void {
  if (forecasts.length !== outcomes.length)
    throw new RangeError(`${forecasts.length} forecasts and ${outcomes.length} outcomes`);
  for (let i = 0; i < forecasts.length; i++)
    if (!(forecasts[i] >= 0 && forecasts[i] <= 1))
      throw new RangeError(`forecast ${i} is ${forecasts[i]}, not in [0, 1]`);
}
