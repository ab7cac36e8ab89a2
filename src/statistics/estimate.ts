/**
 * One number of a report with its uncertainty. `null` stands where the data define no number: never 0, never NaN, so
 * that it survives JSON.
 */
export interface Estimate {
  /** The statistic on the full sample; null where no unit contributes. */
  readonly value: number | null;
  /** Lower end of the interval; null where fewer than `MINIMUM_CLUSTERS` clusters contribute. */
  readonly low: number | null;
  /** Upper end of the interval; null exactly where `low` is. */
  readonly high: number | null;
  /** How many items contribute to the value. */
  readonly n: number;
  /** How many distinct clusters (graphs) those items belong to: the sample size of the interval. */
  readonly clusters: number;
}
