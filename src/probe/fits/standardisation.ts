import type { Design } from '../design.js';

/** What brings each column to mean 0 and standard deviation 1 on the rows it was computed from. */
export interface Standardisation {
  /** [columns] */
  readonly means: Float64Array;
  /** [columns] Standard deviations, divided by n; 1 for a column that is constant, which becomes 0. */
  readonly scales: Float64Array;
}

/** A column whose deviation is below this share of its size is constant but for float32's rounding. */
const CONSTANT = 1e-7;

/**
 * Means and standard deviations of the columns over some rows, in two passes, so that a mean far larger than the
 * deviation costs no digits. The design is not changed: fits fold the two into their weights (`toRaw`).
 */
export function standardise({ columns, values }: Design, rows: Int32Array): Standardisation {
  const n = rows.length;
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let i = 0; i < n; i++) {
    const start = rows[i] * columns;
    for (let c = 0; c < columns; c++) means[c] += values[start + c];
  }
  for (let c = 0; c < columns; c++) means[c] /= n;
  for (let i = 0; i < n; i++) {
    const start = rows[i] * columns;
    for (let c = 0; c < columns; c++) squares[c] += (values[start + c] - means[c]) ** 2;
  }
  return { means, scales: squares.map((sum, c) => scaleOf(Math.sqrt(sum / n), means[c])) };
}

/** A deviation as a divisor: 1 where it is nothing but rounding beside the mean. */
export function scaleOf(deviation: number, mean: number): number {
  return deviation > CONSTANT * Math.abs(mean) ? deviation : 1;
}

/**
 * Weights of standardised columns as weights of the columns as they are: score = sum_c raw_c x_c + offset is what
 * sum_c w_c (x_c - mean_c) / scale_c + intercept was.
 *
 * @param weights [columns * outputs], weights[c * outputs + o]
 * @param intercepts [outputs]
 */
export function toRaw(
  { means, scales }: Standardisation,
  weights: Float64Array,
  intercepts: Float64Array,
): { weights: Float64Array; intercepts: Float64Array } {
  const outputs = intercepts.length;
  const raw = new Float64Array(weights.length);
  const offsets = Float64Array.from(intercepts);
  for (let c = 0; c < means.length; c++)
    for (let o = 0; o < outputs; o++) {
      const weight = weights[c * outputs + o] / scales[c];
      raw[c * outputs + o] = weight;
      offsets[o] -= weight * means[c];
    }
  return { weights: raw, intercepts: offsets };
}
