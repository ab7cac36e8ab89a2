import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { allRows, checkLength, type Design } from '../design.js';
import { checkPenalties, type LinearFit } from './logistic.js';
import { standardise, toRaw } from './standardisation.js';

/** Sums over rows from which ridge regressions are solved; those of several sets of rows may be added. */
export interface NormalSums {
  readonly rows: number;
  /** [columns * columns] X'X, the lower triangle. */
  readonly gram: Float64Array;
  /** [columns] X'y */
  readonly products: Float64Array;
  /** [columns] */
  readonly sums: Float64Array;
  readonly targetSum: number;
}

/**
 * Ridge regression: the minimum of half the mean squared error + penalty / 2 * |w|^2, with w the weights of standardised
 * columns and a free intercept, by the normal equations in double precision. One pass over the rows serves all penalties.
 * (A penalty here is that of |y - Xw|^2 + alpha |w|^2 divided by the number of rows.)
 *
 * @param targets [design.rows]
 * @param rows the rows to learn from; all of them if omitted
 * @returns one fit per penalty
 * @throws LensError if there is not one target per row, or a penalty is not above 0
 */
export function fitRidge(
  design: Design,
  targets: ArrayLike<number>,
  penalties: readonly number[],
  rows: Int32Array = allRows(design),
): LinearFit[] {
  checkLength('targets', targets.length, design.rows, 'probe');
  const { means, scales } = standardise(design, rows);
  // Summed after centring: the digits of the deviations are not lost to large means.
  const sums = normalSums(design, targets, rows, means);
  return solveRidge(sums, scales, penalties).map(({ penalty, weights, intercepts }) => ({
    columns: design.columns,
    outputs: 1,
    ...toRaw({ means, scales: scales.map(() => 1) }, weights, intercepts),
    penalty,
  }));
}

/** @param origin [columns], subtracted from every row first */
export function normalSums(
  { columns, values }: Design,
  targets: ArrayLike<number>,
  rows: Int32Array,
  origin: Float64Array,
): NormalSums {
  const gram = new Float64Array(columns * columns);
  const products = new Float64Array(columns);
  const sums = new Float64Array(columns);
  const row = new Float64Array(columns);
  let targetSum = 0;
  for (const r of rows) {
    const target = targets[r];
    targetSum += target;
    for (let c = 0; c < columns; c++) {
      row[c] = values[r * columns + c] - origin[c];
      sums[c] += row[c];
      products[c] += row[c] * target;
    }
    for (let i = 0; i < columns; i++) {
      const factor = row[i];
      const start = i * columns;
      for (let j = 0; j <= i; j++) gram[start + j] += factor * row[j];
    }
  }
  return { rows: rows.length, gram, products, sums, targetSum };
}

/** The sums over several sets of rows together. */
export function addSums(parts: readonly NormalSums[]): NormalSums {
  const add = (name: 'gram' | 'products' | 'sums'): Float64Array =>
    parts[0][name].map((_, i) => parts.reduce((sum, part) => sum + part[name][i], 0));
  return {
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    gram: add('gram'),
    products: add('products'),
    sums: add('sums'),
    targetSum: parts.reduce((sum, part) => sum + part.targetSum, 0),
  };
}

/**
 * @param scales [columns], standard deviations of the columns
 * @returns weights and intercepts of the columns that were summed
 */
export function solveRidge(
  { rows, gram, products, sums, targetSum }: NormalSums,
  scales: Float64Array,
  penalties: readonly number[],
): { penalty: number; weights: Float64Array; intercepts: Float64Array }[] {
  checkPenalties(penalties);
  const columns = sums.length;
  const covariance = Matrix.zeros(columns, columns);
  for (let i = 0; i < columns; i++)
    for (let j = 0; j <= i; j++) {
      const own = (gram[i * columns + j] - (sums[i] * sums[j]) / rows) / (rows * scales[i] * scales[j]);
      covariance.set(i, j, own);
      covariance.set(j, i, own);
    }
  const right = Matrix.columnVector(products.map((p, c) => (p - (sums[c] * targetSum) / rows) / (rows * scales[c])));
  return penalties.map((penalty) => {
    const system = covariance.clone();
    for (let i = 0; i < columns; i++) system.set(i, i, covariance.get(i, i) + penalty);
    const solved = new CholeskyDecomposition(system).solve(right);
    const weights = Float64Array.from({ length: columns }, (_, c) => solved.get(c, 0) / scales[c]);
    const intercept = (targetSum - weights.reduce((sum, w, c) => sum + w * sums[c], 0)) / rows;
    return { penalty, weights, intercepts: Float64Array.of(intercept) };
  });
}
