import { LensError } from '../errors.js';
import { checkDesign, checkLength, type Design } from './design.js';
import { DEFAULT_FOLDS, groupFolds } from './folds.js';
import { addSums, normalSums, solveRidge } from './fits/ridge.js';
import { scaleOf, standardise } from './fits/standardisation.js';
import { DEFAULT_PENALTIES, nestedCrossFit } from './nested.js';
import type { PrepareOptions } from './prepared-design.js';

export interface CrossFitRidgeOptions extends PrepareOptions {
  readonly penalties?: readonly number[] | undefined;
}

/** Out-of-fold predictions: those of a graph's rows come from a regression that never saw that graph. */
export interface RidgeCrossFit {
  /** [rows] */
  readonly predictions: Float64Array;
  /** By fold, chosen inside the other folds. */
  readonly penalties: readonly number[];
}

interface Weights {
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
}

/**
 * Cross-fits a ridge regression (`fitRidge`), the penalty chosen inside (`nestedCrossFit`, by squared error), columns
 * standardised on the training rows of each fit. Each fold's sums are made once and added up.
 *
 * @param targets [design.rows]
 * @param groups [design.rows], the graph of each row
 * @throws LensError on numbers that are not finite, lengths that disagree, targets that are all the same, fewer graphs
 *   than folds
 */
export async function crossFitRidge(
  design: Design,
  targets: ArrayLike<number>,
  groups: ArrayLike<number>,
  { folds = DEFAULT_FOLDS, seed, penalties = DEFAULT_PENALTIES }: CrossFitRidgeOptions,
): Promise<RidgeCrossFit> {
  checkDesign(design);
  checkLength('targets', targets.length, design.rows);
  checkLength('groups', groups.length, design.rows);
  const all = Array.from({ length: targets.length }, (_, row) => targets[row]);
  if (!all.every(Number.isFinite)) throw new LensError('targets', 'are not all finite', 'leave such rows out');
  if (all.every((target) => target === all[0]))
    throw new LensError('targets', `are all the same (${all[0]})`, 'there is nothing to predict; give others');
  const fold = groupFolds(groups, folds, seed);
  const rowsOf = Array.from({ length: folds }, (_, f) =>
    Int32Array.from([...fold.keys()].filter((row) => fold[row] === f)),
  );
  // About one origin for all folds, so that sums can be added and large means cost no digits.
  const { means } = standardise(design, Int32Array.from(fold.keys()));
  const sums = rowsOf.map((rows) => normalSums(design, targets, rows, means));
  const predict = ({ weights, intercepts }: Weights, row: number): number => {
    let sum = intercepts[0];
    for (let c = 0; c < design.columns; c++) sum += weights[c] * (design.values[row * design.columns + c] - means[c]);
    return sum;
  };
  const chosen = await nestedCrossFit<Weights>(folds, penalties, {
    fit(training, path) {
      const own = addSums(training.map((f) => sums[f]));
      const scales = Float64Array.from(own.sums, (sum, c) => {
        const mean = sum / own.rows;
        const variance = own.gram[c * design.columns + c] / own.rows - mean * mean;
        return scaleOf(Math.sqrt(Math.max(0, variance)), mean + means[c]);
      });
      return Promise.resolve(solveRidge(own, scales, path));
    },
    heldOut(solution, f) {
      const sum = rowsOf[f].reduce((total, row) => total + (targets[row] - predict(solution, row)) ** 2, 0);
      return Promise.resolve({ sum, count: rowsOf[f].length });
    },
  });
  const predictions = new Float64Array(design.rows);
  for (const { fold: own, solution } of chosen) {
    for (const row of rowsOf[own]) predictions[row] = predict(solution, row);
  }
  return { predictions, penalties: chosen.map(({ penalty }) => penalty) };
}
