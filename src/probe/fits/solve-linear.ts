import type { PreparedDesign } from '../prepared-design.js';
import { LinearObjective, type Intercepts } from './linear-objective.js';
import type { Loss } from './losses.js';
import { minimise, type Convergence } from './minimise.js';
import { toRaw } from './standardisation.js';

/** What is the same for all penalties of a path. */
export interface SolveOptions {
  readonly loss: Loss;
  readonly intercepts: Intercepts;
  /**
   * [rank * outputs], rows orthogonal to each other: the weights are a free [columns * rank] times this. None: the weights
   * themselves are free.
   */
  readonly map?: Float64Array | undefined;
  /**
   * What the penalties are divided by: the number of outputs where the loss is a mean over outputs too, so that a penalty
   * means the same for many outputs as for one.
   */
  readonly share: number;
  /** Greatest norm of the gradient. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** A fit of one penalty, in the scale of the prepared design. */
export interface Solution extends Convergence {
  readonly penalty: number;
  /** [columns * outputs] */
  readonly weights: Float64Array;
  /** [outputs] */
  readonly intercepts: Float64Array;
  /** The penalised mean loss at the end. */
  readonly objective: number;
}

/** Two mean losses computed from float32 products agree to this share. */
const FLOAT32_NOISE = 3e-7;

/** Labels that are all but alike have no curvature at their base rate; elsewhere they have. */
const LEAST_CURVATURE = 1e-3;

/**
 * Minimises a penalised loss on some folds for each penalty in turn, each from the minimum of the one before.
 *
 * The parameters are changed for others in which the Hessian is nearly the identity: along the principal axes of the
 * columns, divided by the root of curvature times eigenvalue plus penalty. The minimum stays where it is; ten to thirty
 * steps of L-BFGS reach it where hundreds were needed.
 *
 * @param penalties descending is fastest
 */
export async function solvePath(
  prepared: PreparedDesign,
  folds: readonly number[],
  penalties: readonly number[],
  { loss, intercepts, map, share, tolerance, maxIterations }: SolveOptions,
): Promise<Solution[]> {
  const products = prepared.products(folds);
  const standardisation = prepared.standardisation(folds);
  const solutions: Solution[] = [];
  let start: Float64Array | undefined;
  for (const penalty of penalties) {
    const own = penalty / share;
    const problem = { products, loss, standardisation, penalty: own, intercepts, map };
    const objective = new LinearObjective(problem);
    const change = new ChangeOfVariables(prepared, objective, { loss, intercepts, map, share, penalty: own });
    start ??= new Float64Array(objective.size);
    const minimum = await minimise(
      {
        size: objective.size,
        async evaluate(at) {
          const { value, gradient } = await objective.evaluate(await change.toParameters(at));
          return { value, gradient: await change.ofGradient(gradient) };
        },
      },
      await change.fromParameters(start),
      { tolerance, maxIterations, noise: FLOAT32_NOISE, norm: (gradient) => change.originalNorm(gradient) },
    );
    start = await change.toParameters(minimum.at);
    const { converged, iterations, evaluations, gradientNorm, value } = minimum;
    const parameters = objective.parameters(start);
    const raw = toRaw(standardisation, parameters.weights, parameters.intercepts);
    solutions.push({ penalty, ...raw, objective: value, converged, iterations, evaluations, gradientNorm });
  }
  return solutions;
}

/** Parameters p and others z with p = Q z / root, Q the principal axes for the weights and nothing for the intercepts. */
class ChangeOfVariables {
  readonly #prepared: PreparedDesign;
  readonly #weights: number;
  readonly #width: number;
  /** [size] Roots of the approximate Hessian's eigenvalues. */
  readonly #roots: Float64Array;

  constructor(
    prepared: PreparedDesign,
    objective: LinearObjective,
    {
      loss,
      intercepts,
      map,
      share,
      penalty,
    }: Pick<SolveOptions, 'loss' | 'intercepts' | 'map' | 'share'> & { penalty: number },
  ) {
    this.#prepared = prepared;
    this.#weights = objective.weightCount;
    this.#width = objective.weightCount / prepared.columns;
    const { outputs } = loss;
    const curvature = Math.max(loss.curvature, LEAST_CURVATURE);
    const strengths = Float64Array.from({ length: this.#width }, (_, k) =>
      map === undefined ? 1 : map.subarray(k * outputs, (k + 1) * outputs).reduce((sum, x) => sum + x * x, 0),
    );
    this.#roots = Float64Array.from({ length: objective.size }, (_, i) => {
      if (i < this.#weights) {
        const own = strengths[i % this.#width] * prepared.spectrum[Math.floor(i / this.#width)];
        return Math.sqrt((curvature * own) / share + penalty);
      }
      const shared = intercepts !== 'each' && i === this.#weights;
      return Math.sqrt(curvature / (shared ? 1 : share) + (objective.isPenalised(i) ? penalty : 0));
    });
  }

  // Loops, here and below: closures over typed arrays took a tenth of a fit.
  async toParameters(z: Float64Array): Promise<Float64Array> {
    const scaled = new Float64Array(z.length);
    for (let i = 0; i < z.length; i++) scaled[i] = z[i] / this.#roots[i];
    return this.#rotated(scaled, false);
  }

  async fromParameters(p: Float64Array): Promise<Float64Array> {
    const rotated = await this.#rotated(p, true);
    for (let i = 0; i < rotated.length; i++) rotated[i] *= this.#roots[i];
    return rotated;
  }

  async ofGradient(gradient: Float64Array): Promise<Float64Array> {
    const rotated = await this.#rotated(gradient, true);
    for (let i = 0; i < rotated.length; i++) rotated[i] /= this.#roots[i];
    return rotated;
  }

  /** The norm of a gradient by z as one by p. */
  originalNorm(gradient: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < gradient.length; i++) sum += (gradient[i] * this.#roots[i]) ** 2;
    return Math.sqrt(sum);
  }

  async #rotated(values: Float64Array, transposed: boolean): Promise<Float64Array> {
    const result = values.slice();
    result.set(await this.#prepared.rotate(values.subarray(0, this.#weights), this.#width, transposed));
    return result;
  }
}
