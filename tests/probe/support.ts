import { createRandom } from '../../src/random.js';
import type { Design } from '../../src/probe/index.js';

/** A design of standard normal numbers. */
export function normalDesign(rows: number, columns: number, seed: number): Design {
  const random = createRandom(seed).fork('design');
  return { rows, columns, values: Float32Array.from({ length: rows * columns }, () => random.normal()) };
}

/** Solves a x = b by Gaussian elimination with partial pivoting. @param a [n][n] @param b [n] */
export function solveDense(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i]]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i][k]) > Math.abs(m[pivot][k])) pivot = i;
    [m[k], m[pivot]] = [m[pivot], m[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = m[i][k] / m[k][k];
      for (let j = k; j <= n; j++) m[i][j] -= factor * m[k][j];
    }
  }
  const x = Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = m[i][n];
    for (let j = i + 1; j < n; j++) rest -= m[i][j] * x[j];
    x[i] = rest / m[i][i];
  }
  return x;
}

/** Columns brought to mean 0 and deviation 1, constant ones to 0: [rows][columns]. */
export function standardised({ rows, columns, values }: Design): number[][] {
  const result = Array.from({ length: rows }, () => Array<number>(columns).fill(0));
  for (let c = 0; c < columns; c++) {
    let mean = 0;
    for (let r = 0; r < rows; r++) mean += values[r * columns + c] / rows;
    let variance = 0;
    for (let r = 0; r < rows; r++) variance += (values[r * columns + c] - mean) ** 2 / rows;
    if (variance > 0)
      for (let r = 0; r < rows; r++) result[r][c] = (values[r * columns + c] - mean) / Math.sqrt(variance);
  }
  return result;
}

/**
 * An optimiser that shares nothing with the one tested: Newton's method on the full Hessian of a softmax regression,
 * halving steps that do not descend. Class 0 of two is the one whose score is fixed at 0; of more, none is, and the sum
 * of the intercepts is held at 0.
 *
 * @returns [(columns + 1) * outputs]: weights of standardised columns, c * outputs + o, then intercepts
 */
export function newtonLogistic(
  x: readonly (readonly number[])[],
  labels: ArrayLike<number>,
  classes: number,
  penalty: number,
): number[] {
  const n = x.length;
  const columns = x[0].length;
  const outputs = classes === 2 ? 1 : classes;
  const size = (columns + 1) * outputs;
  const full = x.map((row) => [...row, 1]);
  const target = (r: number, o: number): number => Number(labels[r] === (classes === 2 ? 1 : o));
  const probabilities = (at: readonly number[], r: number): { p: number[]; loss: number } => {
    const scores = Array.from({ length: outputs }, (_, o) =>
      full[r].reduce((sum, v, c) => sum + v * at[c * outputs + o], 0),
    );
    const all = classes === 2 ? [0, scores[0]] : scores;
    const top = Math.max(...all);
    const total = top + Math.log(all.reduce((sum, s) => sum + Math.exp(s - top), 0));
    return { p: scores.map((s) => Math.exp(s - total)), loss: total - all[labels[r]] };
  };
  const penalised = (i: number): number => (i < columns * outputs ? penalty : 0);
  const value = (at: readonly number[]): number => {
    const ownLoss = full.reduce((sum, _, r) => sum + probabilities(at, r).loss, 0) / n;
    const free = at.slice(columns * outputs).reduce((sum, b) => sum + b, 0);
    return (
      ownLoss + at.reduce((sum, w, i) => sum + (penalised(i) / 2) * w * w, 0) + (outputs > 1 ? free * free : 0) / 2
    );
  };
  let at = Array<number>(size).fill(0);
  for (let iteration = 0; iteration < 100; iteration++) {
    const gradient = at.map((w, i) => penalised(i) * w);
    const hessian = at.map((_a, i) => at.map((_b, j) => (i === j ? penalised(i) : 0)));
    full.forEach((row, r) => {
      const { p } = probabilities(at, r);
      for (let a = 0; a < outputs; a++) {
        for (let c = 0; c <= columns; c++) gradient[c * outputs + a] += ((p[a] - target(r, a)) * row[c]) / n;
        for (let b = 0; b < outputs; b++) {
          const curvature = (p[a] * (Number(a === b) - p[b])) / n;
          for (let c = 0; c <= columns; c++)
            for (let e = 0; e <= columns; e++) hessian[c * outputs + a][e * outputs + b] += curvature * row[c] * row[e];
        }
      }
    });
    if (outputs > 1) {
      const start = columns * outputs;
      const sum = at.slice(start).reduce((total, b) => total + b, 0);
      for (let a = start; a < size; a++) {
        gradient[a] += sum;
        for (let b = start; b < size; b++) hessian[a][b] += 1;
      }
    }
    if (Math.hypot(...gradient) < 1e-12) break;
    const step = solveDense(hessian, gradient);
    const before = value(at);
    let length = 1;
    const moved = (): number[] => at.map((w, i) => w - length * step[i]);
    while (value(moved()) > before && length > 1e-6) length /= 2;
    at = moved();
  }
  return at;
}
