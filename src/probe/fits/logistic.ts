import { LensError } from '../../errors.js';
import { allRows, checkLength, type Design } from '../design.js';
import { binaryLoss, softmaxLoss, type Loss } from './losses.js';
import { LinearObjective } from './linear-objective.js';
import { minimise, type Convergence } from './minimise.js';
import { DoubleProducts } from './products.js';
import { standardise, toRaw } from './standardisation.js';

/** A linear probe: score of output o = sum over c of x[c] * weights[c * outputs + o], plus intercepts[o]. */
export interface LinearFit {
  readonly columns: number;
  /** 1 for a regression or two classes, else one per class or node. */
  readonly outputs: number;
  /** [columns * outputs], of the columns as they are, not standardised. */
  readonly weights: Float64Array;
  /** [outputs] */
  readonly intercepts: Float64Array;
  readonly penalty: number;
}

/** A fit that was searched for, and how the search ended. */
export interface IterativeFit extends LinearFit, Convergence {
  /** The penalised mean loss at the end, in nats. */
  readonly objective: number;
}

/** How a logistic regression is fitted. */
export interface LogisticOptions {
  /** 2 for one score, more for one per class. */
  readonly classes: number;
  /** lambda / 2 times the sum of squares of the weights of standardised columns, added to the mean loss; above 0. */
  readonly penalty: number;
  /** The rows to learn from; all of them if omitted. */
  readonly rows?: Int32Array | undefined;
  /** Greatest norm of the gradient, default 1e-9. */
  readonly tolerance?: number | undefined;
  /** Default 2000. */
  readonly maxIterations?: number | undefined;
}

/**
 * L2-penalised logistic regression in double precision, binary or multinomial (softmax), the intercepts unpenalised:
 * the minimum of mean log loss + penalty / 2 * |w|^2, with w the weights of columns standardised on the rows learnt from.
 * With a penalty above 0 the minimum is unique (of the intercepts of a softmax, the one whose sum is 0), separable and
 * collinear data included.
 *
 * A fit that did not converge says so in its result.
 *
 * @param labels [design.rows], 0..classes-1
 * @throws LensError if the labels are of another length or hold a single class, or the penalty is not above 0
 */
export async function fitLogistic(
  design: Design,
  labels: ArrayLike<number>,
  { classes, penalty, rows = allRows(design), tolerance = 1e-9, maxIterations = 2000 }: LogisticOptions,
): Promise<IterativeFit> {
  checkPenalties([penalty]);
  checkClasses(labels, design.rows, classes);
  const own = Int32Array.from(rows, (row) => labels[row]);
  const standardisation = standardise(design, rows);
  const objective = new LinearObjective({
    products: new DoubleProducts(design, rows),
    loss: classLoss(own, classes),
    standardisation,
    penalty,
    intercepts: 'each',
  });
  const minimum = await minimise(objective, new Float64Array(objective.size), { tolerance, maxIterations });
  const { at, value, ...convergence } = minimum;
  const { converged, iterations, evaluations, gradientNorm } = convergence;
  const { weights, intercepts } = objective.parameters(at);
  return {
    columns: design.columns,
    outputs: intercepts.length,
    ...toRaw(standardisation, weights, intercepts),
    penalty,
    objective: value,
    converged,
    iterations,
    evaluations,
    gradientNorm,
  };
}

/** One score for two classes, one per class for more. */
export function classLoss(labels: ArrayLike<number>, classes: number): Loss {
  return classes === 2 ? binaryLoss(labels) : softmaxLoss(labels, classes);
}

/** @throws LensError if a penalty is not above 0, or there are none */
export function checkPenalties(penalties: readonly number[]): void {
  if (penalties.length === 0) throw new LensError('penalties', 'there are none', 'give at least one', 'usage');
  for (const penalty of penalties)
    if (!(penalty > 0 && penalty < Infinity))
      throw new LensError('penalties', `not above 0 (${penalty})`, 'give positive numbers', 'usage');
}

/** @throws LensError if there is not one label per row, one is out of range, or all are the same */
export function checkClasses(labels: ArrayLike<number>, rows: number, classes: number): void {
  checkLength('labels', labels.length, rows, 'probe');
  for (let row = 0; row < rows; row++)
    if (!(Number.isInteger(labels[row]) && labels[row] >= 0 && labels[row] < classes))
      throw new LensError('labels', `row ${row} has ${labels[row]}, not a class`, `give 0 to ${classes - 1}`);
  let same = true;
  for (let row = 1; row < rows && same; row++) same = labels[row] === labels[0];
  if (same)
    throw new LensError('labels', `hold a single class (${labels[0]})`, 'there is nothing to tell apart; give others');
}

/** Scores of every row. @returns [rows * outputs] */
export function scoreRows(design: Design, { weights, intercepts, outputs }: LinearFit): Float64Array {
  const { rows, columns, values } = design;
  const scores = new Float64Array(rows * outputs);
  for (let r = 0; r < rows; r++)
    for (let o = 0; o < outputs; o++) {
      let sum = intercepts[o];
      for (let c = 0; c < columns; c++) sum += values[r * columns + c] * weights[c * outputs + o];
      scores[r * outputs + o] = sum;
    }
  return scores;
}
