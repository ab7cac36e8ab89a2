import { createRandom } from '../../random.js';
import {
  clusterBootstrap,
  DEFAULT_PERMUTATIONS,
  permutationP,
  toEstimate,
  type BootstrapOptions,
  type Estimate,
} from '../../statistics/index.js';

/** Of one graph: [thought][depth], both from 1; undefined where there is nothing to compare. */
export type DepthMatrix = readonly (readonly (number | undefined)[])[];

export interface DiagonalityOptions extends BootstrapOptions {
  /** Default 2000. */
  readonly permutations?: number | undefined;
}

/** How far depth d stands out at thought d. */
export interface Diagonality {
  /** Mean on the diagonal less mean off it; mean over graphs, with its interval over them. */
  readonly estimate: Estimate;
  /** One-sided: how rarely thoughts in random order have as large a value. Null where no graph contributes. */
  readonly p: number | null;
  readonly permutations: number;
}

/**
 * Whether depth d stands out at thought d: the mean of the diagonal of each graph's matrix of thoughts and depths less the
 * mean of the rest, over the graphs, and its permutation test.
 *
 * Each graph is cut to the largest set of indices for which every thought and depth has its cell, so that on and off the
 * diagonal stand the same thoughts and the same depths: a thought that does better at all depths, or a depth that is
 * easier at all thoughts, changes neither the statistic nor any permutation of it.
 *
 * The null hypothesis: it does not matter which thought for which depth. Under it the rows of a graph's matrix may change
 * places, in every graph on its own; graphs are independent, cells of one graph are not and stay together by row.
 * p = (b + 1) / (m + 1) (Phipson and Smyth 2010).
 *
 * @param matrices one per graph; average those of a graph's items before
 */
export function diagonality(matrices: readonly DepthMatrix[], options: DiagonalityOptions): Diagonality {
  const { seed, permutations = DEFAULT_PERMUTATIONS } = options;
  const squares = matrices.map(completeSquare).filter(({ length }) => length >= 2);
  const values = squares.map((square) => contrast(square, [...square.keys()]));
  const count = squares.length;
  if (count === 0)
    return { estimate: { value: null, low: null, high: null, n: 0, clusters: 0 }, p: null, permutations };
  const [interval] = clusterBootstrap(
    (weights, result) => {
      let [sum, drawn] = [0, 0];
      values.forEach((value, g) => {
        sum += weights[g] * value;
        drawn += weights[g];
      });
      result[0] = sum / drawn;
    },
    { clusters: count, statistics: 1 },
    options,
  );
  const random = createRandom(seed).fork('thoughts of a graph');
  const orders = squares.map((square) => [...square.keys()]);
  const rounding = 1e-12 * values.reduce((sum, value) => sum + Math.abs(value), 0);
  const bound = values.reduce((sum, value) => sum + value, 0) - rounding;
  let extreme = 0;
  for (let m = 0; m < permutations; m++) {
    let sum = 0;
    squares.forEach((square, g) => (sum += contrast(square, random.shuffle(orders[g]))));
    if (sum >= bound) extreme++;
  }
  return { estimate: toEstimate(interval, count, count), p: permutationP(extreme, permutations), permutations };
}

/** Mean on the diagonal less mean off it, the row at index i being that of `order[i]`. */
function contrast(square: readonly (readonly number[])[], order: readonly number[]): number {
  const size = square.length;
  let on = 0;
  let all = 0;
  for (let i = 0; i < size; i++) {
    on += square[order[i]][i];
    for (let j = 0; j < size; j++) all += square[i][j];
  }
  return on / size - (all - on) / (size * (size - 1));
}

/** The cells of those indices, thoughts and depths alike, that have them all: the emptiest index goes first, of equal ones the highest. */
function completeSquare(matrix: DepthMatrix): number[][] {
  const cell = (t: number, d: number): number | undefined => matrix.at(t)?.at(d);
  const widest = Math.max(0, ...matrix.map(({ length }) => length));
  let kept = Array.from({ length: Math.min(matrix.length, widest) }, (_, i) => i);
  for (;;) {
    const missing = kept.map(
      (i) => kept.filter((j) => cell(i, j) === undefined).length + kept.filter((j) => cell(j, i) === undefined).length,
    );
    const most = Math.max(0, ...missing);
    if (most === 0) return kept.map((t) => kept.map((d) => cell(t, d) ?? Number.NaN));
    const dropped = kept[missing.lastIndexOf(most)];
    kept = kept.filter((i) => i !== dropped);
  }
}
