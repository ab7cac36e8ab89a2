/** Mean, standard deviation (n-1) and range of one number per item. */
export interface Spread {
  readonly mean: number;
  /** 0 for a single item. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
}

/** How often each value occurs: `[value, count]` pairs in ascending order of value, without empty ones. */
export type Histogram = readonly (readonly [value: number, count: number])[];

/** Arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @param values at least one */
export function spread(values: readonly number[]): Spread {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return {
    mean: centre,
    sd: values.length === 1 ? 0 : Math.sqrt(squares / (values.length - 1)),
    // Not Math.min(...values): a large set has more items than a call can have arguments.
    min: values.reduce((least, value) => Math.min(least, value)),
    max: values.reduce((most, value) => Math.max(most, value)),
  };
}

/** Counts the values. */
export function histogram(values: readonly number[]): Histogram {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}
