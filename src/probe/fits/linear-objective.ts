import type { Loss } from './losses.js';
import type { Objective } from './minimise.js';
import type { Products, RowValues } from './products.js';
import type { Standardisation } from './standardisation.js';

/**
 * Intercepts of the outputs: `each` has its own, free of penalty; `shared` is one for all; `sharedAndEach` is a free one
 * for all and, for each output, a deviation from it that is penalised as a weight is, so that an output whose training
 * labels are all alike (a node id that few graphs have) stays finite.
 */
export type Intercepts = 'each' | 'shared' | 'sharedAndEach';

export interface LinearProblem {
  readonly products: Products;
  readonly loss: Loss;
  /** Of the training rows. */
  readonly standardisation: Standardisation;
  /** lambda / 2 times the sum of squares of the weights (of standardised columns) is added to the mean loss. */
  readonly penalty: number;
  readonly intercepts: Intercepts;
  /** [rank * outputs], the weights are a free [columns * rank] times this. None: the weights themselves are free. */
  readonly map?: Float64Array | undefined;
}

/** Free parameters, by the weights and offsets they stand for. */
export interface LinearParameters {
  /** [columns * outputs], of standardised columns. */
  readonly weights: Float64Array;
  /** [outputs] */
  readonly intercepts: Float64Array;
}

/**
 * Penalised mean loss of a linear score as a function of its free parameters: the weights of standardised columns
 * [columns * rank], then the intercepts. Standardisation is folded into the weights, so that the products are with the
 * columns as they are.
 */
export class LinearObjective implements Objective {
  readonly size: number;
  /** How many of the parameters are weights: the first. */
  readonly weightCount: number;
  readonly #problem: LinearProblem;
  readonly #rank: number;
  /** Overwritten in every evaluation. */
  readonly #scores: RowValues;
  readonly #residuals: RowValues;

  constructor(problem: LinearProblem) {
    const { products, loss, map, intercepts } = problem;
    this.#problem = problem;
    this.#scores = products.allocate(loss.outputs);
    this.#residuals = products.allocate(loss.outputs);
    this.#rank = map === undefined ? loss.outputs : map.length / loss.outputs;
    this.weightCount = products.columns * this.#rank;
    this.size = this.weightCount + { each: loss.outputs, shared: 1, sharedAndEach: 1 + loss.outputs }[intercepts];
  }

  async evaluate(at: Float64Array): Promise<{ value: number; gradient: Float64Array }> {
    const { products, loss, standardisation, penalty } = this.#problem;
    const { means, scales } = standardisation;
    const { outputs } = loss;
    const { weights, intercepts } = this.parameters(at);
    const raw = new Float64Array(weights.length);
    const offsets = intercepts.slice();
    for (let c = 0, i = 0; c < means.length; c++)
      for (let o = 0; o < outputs; o++, i++) {
        raw[i] = weights[i] / scales[c];
        offsets[o] -= raw[i] * means[c];
      }
    const [scores, residuals] = [this.#scores, this.#residuals];
    await products.forward(raw, scores);
    const value = loss.evaluate(scores, offsets, residuals);
    const totals = new Float64Array(outputs);
    for (let i = 0, o = 0; i < residuals.length; i++, o = o + 1 === outputs ? 0 : o + 1) totals[o] += residuals[i];
    const byWeight = await products.backward(residuals, outputs);
    for (let c = 0, i = 0; c < means.length; c++)
      for (let o = 0; o < outputs; o++, i++) byWeight[i] = (byWeight[i] - means[c] * totals[o]) / scales[c];
    const gradient = this.#gradient(byWeight, totals);
    return { value: value + this.#penalise(at, gradient, penalty), gradient };
  }

  /** What the free parameters mean. */
  parameters(at: Float64Array): LinearParameters {
    const { products, loss, map, intercepts } = this.#problem;
    const { outputs } = loss;
    const free = at.subarray(0, this.weightCount);
    const own = at.subarray(this.weightCount);
    const weights = map === undefined ? free : timesMap(free, map, products.columns, this.#rank, outputs);
    const offsets = Float64Array.from({ length: outputs }, (_, o) =>
      intercepts === 'each' ? own[o] : intercepts === 'shared' ? own[0] : own[0] + own[1 + o],
    );
    return { weights, intercepts: offsets };
  }

  #gradient(byWeight: Float64Array, byOffset: Float64Array): Float64Array {
    const { products, loss, map, intercepts } = this.#problem;
    const gradient = new Float64Array(this.size);
    gradient.set(
      map === undefined ? byWeight : timesMapTransposed(byWeight, map, products.columns, this.#rank, loss.outputs),
    );
    const own = gradient.subarray(this.weightCount);
    if (intercepts !== 'each') own[0] = byOffset.reduce((sum, g) => sum + g, 0);
    if (intercepts !== 'shared') own.set(byOffset, intercepts === 'each' ? 0 : 1);
    return gradient;
  }

  /** Adds the penalty's gradient. @returns the penalty */
  #penalise(at: Float64Array, gradient: Float64Array, penalty: number): number {
    let squares = 0;
    for (let i = 0; i < this.size; i++) {
      if (!this.isPenalised(i)) continue;
      squares += at[i] * at[i];
      gradient[i] += penalty * at[i];
    }
    return (penalty / 2) * squares;
  }

  /** Whether a parameter is penalised: every weight, and deviations from a shared intercept. */
  isPenalised(parameter: number): boolean {
    if (parameter < this.weightCount) return true;
    return this.#problem.intercepts === 'sharedAndEach' && parameter > this.weightCount;
  }
}

function timesMap(free: Float64Array, map: Float64Array, columns: number, rank: number, outputs: number): Float64Array {
  const weights = new Float64Array(columns * outputs);
  for (let c = 0; c < columns; c++)
    for (let k = 0; k < rank; k++) {
      const factor = free[c * rank + k];
      for (let o = 0; o < outputs; o++) weights[c * outputs + o] += factor * map[k * outputs + o];
    }
  return weights;
}

function timesMapTransposed(
  byWeight: Float64Array,
  map: Float64Array,
  columns: number,
  rank: number,
  outputs: number,
): Float64Array {
  const gradient = new Float64Array(columns * rank);
  for (let c = 0; c < columns; c++)
    for (let k = 0; k < rank; k++) {
      let sum = 0;
      for (let o = 0; o < outputs; o++) sum += byWeight[c * outputs + o] * map[k * outputs + o];
      gradient[c * rank + k] = sum;
    }
  return gradient;
}
