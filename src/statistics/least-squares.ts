import type { WeightedStatistics } from './bootstrap.js';
import { ClusterSums } from './cluster-sums.js';

/**
 * A predictor of which less than this share (of its sum of squares) is not explained by those before it counts as a
 * linear combination of them: coefficients would keep fewer than about six of a double's sixteen digits.
 */
const SINGULAR = 1e-10;

/**
 * Ordinary least squares for clustered data: a response on a few predictors, the normal equations kept per cluster, so
 * that {@link clusterBootstrap} can solve them anew for every resample: the difference of two groups, adjusted for
 * covariates (in-degree, position in the prompt), with an interval that allows for nodes of one graph being alike.
 *
 *     const fit = new ClusterLeastSquares(3);
 *     for (const { graph, isFrontier, inDegree, score } of nodes) fit.add(graph, [1, isFrontier ? 1 : 0, inDegree], score);
 *     const [, adjusted] = clusterBootstrap(fit.coefficients(graphs), { clusters: graphs, statistics: 3 }, { seed: 1 });
 *
 * There is no intercept unless a predictor is always 1. Memory is 8 bytes x predictors^2 / 2 x clusters, whatever the
 * number of observations.
 */
export class ClusterLeastSquares {
  readonly #predictors: number;
  /** Names of the sums: the lower triangle of X'X row by row, then X'y. */
  readonly #names: readonly string[];
  readonly #sums: ClusterSums<string>;

  /**
   * @param predictors how many, at least 1
   * @throws RangeError if that is no whole number >= 1
   */
  constructor(predictors: number) {
    if (!Number.isInteger(predictors) || predictors < 1)
      throw new RangeError(`predictors is ${predictors}, not 1 or more`);
    this.#predictors = predictors;
    const indices = [...Array(predictors).keys()];
    this.#names = [
      ...indices.flatMap((row) => indices.slice(0, row + 1).map((column) => `x${row} x${column}`)),
      ...indices.map((row) => `x${row} y`),
    ];
    this.#sums = new ClusterSums(this.#names);
  }

  /**
   * Adds one observation.
   *
   * @param cluster whole number >= 0
   * @param predictors [predictors], finite
   * @param response finite
   * @throws RangeError on another number of predictors or a number that is not finite
   */
  add(cluster: number, predictors: ArrayLike<number>, response: number): void {
    if (predictors.length !== this.#predictors)
      throw new RangeError(`there are ${predictors.length} predictors, not ${this.#predictors}`);
    const values = [...Array.from(predictors), response];
    const wrong = values.find((value) => !Number.isFinite(value));
    if (wrong !== undefined) throw new RangeError(`a predictor or the response is ${wrong}, not a finite number`);
    let name = 0;
    for (let row = 0; row < predictors.length; row++)
      for (let column = 0; column <= row; column++)
        this.#sums.add(cluster, this.#names[name++], predictors[row] * predictors[column]);
    for (let row = 0; row < predictors.length; row++)
      this.#sums.add(cluster, this.#names[name++], predictors[row] * response);
  }

  /**
   * The coefficients, one per predictor, as a function of cluster weights: with draw counts, those of the resampled data
   * exactly. All NaN where the drawn clusters do not determine them (a predictor is 0 or a linear combination of others);
   * {@link clusterBootstrap} leaves such a resample out.
   *
   * What is added later does not count.
   *
   * @param clusters number of clusters, the length of the weights; higher cluster numbers must not have been used
   */
  coefficients(clusters: number): WeightedStatistics {
    const totals = this.#sums.weightedTotals(this.#names, clusters);
    return (weights, values) => {
      solve(totals(weights), this.#predictors, values);
    };
  }
}

/**
 * Solves A b = c for a symmetric positive definite A by Cholesky's method, scaled to a unit diagonal so that the pivots,
 * shares of a predictor that the ones before it leave unexplained, do not depend on units.
 *
 * @param equations [n (n + 1) / 2 + n], the lower triangle of A, then c; overwritten
 * @param solution [n], overwritten; NaN if A is singular
 */
function solve(equations: Float64Array, n: number, solution: Float64Array): void {
  const start = (row: number): number => (row * (row + 1)) / 2;
  const right = start(n);
  const scale = Float64Array.from({ length: n }, (_, row) => 1 / Math.sqrt(equations[start(row) + row]));
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = equations[start(row) + column] * scale[row] * scale[column];
      for (let k = 0; k < column; k++) rest -= equations[start(row) + k] * equations[start(column) + k];
      // Written so that the NaN of a predictor that is always 0 is singular too.
      if (row === column && !(rest > SINGULAR)) {
        solution.fill(Number.NaN, 0, n);
        return;
      }
      equations[start(row) + column] = row === column ? Math.sqrt(rest) : rest / equations[start(column) + column];
    }
  }
  for (let row = 0; row < n; row++) {
    let rest = equations[right + row] * scale[row];
    for (let k = 0; k < row; k++) rest -= equations[start(row) + k] * solution[k];
    solution[row] = rest / equations[start(row) + row];
  }
  for (let row = n - 1; row >= 0; row--) {
    let rest = solution[row];
    for (let k = row + 1; k < n; k++) rest -= equations[start(k) + row] * solution[k];
    solution[row] = rest / equations[start(row) + row];
  }
  for (let row = 0; row < n; row++) solution[row] *= scale[row];
}
