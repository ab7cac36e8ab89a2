import { LensError } from '../errors.js';
import { checkDesign, checkLength, type Design } from './design.js';
import { DEFAULT_FOLDS, groupFolds } from './folds.js';
import type { LinearFit } from './fits/logistic.js';
import { addSums, normalSums, solveRidge, type NormalSums } from './fits/ridge.js';
import { scaleOf, standardise, toRaw } from './fits/standardisation.js';
import { DEFAULT_PENALTIES, nestedCrossFit } from './nested.js';
import type { PrepareOptions } from './prepared-design.js';

/** Out-of-fold predictions of a number: those of a graph's rows come from a probe that never saw that graph. */
export interface RidgeCrossFit {
  /** [rows] */
  readonly predictions: Float64Array;
  /** [rows] */
  readonly folds: Int32Array;
  /** By fold; `losses` are the mean squared errors of the penalties inside the other folds. */
  readonly fits: readonly (LinearFit & { readonly fold: number; readonly losses: readonly number[] })[];
}

/**
 * Cross-fits a ridge regression, the penalty chosen inside (`nestedCrossFit`) by the least held-out squared error. The
 * normal equations of a training set are sums of those of its folds, so that the rows are passed over once.
 *
 * @param targets [design.rows], finite
 * @param groups [design.rows], the graph of each row
 * @throws LensError on numbers that are not finite, lengths that disagree, fewer graphs than folds
 */
export async function crossFitRidge(
  design: Design,
  targets: ArrayLike<number>,
  groups: ArrayLike<number>,
  {
    folds = DEFAULT_FOLDS,
    seed,
    penalties = DEFAULT_PENALTIES,
  }: PrepareOptions & { readonly penalties?: readonly number[] | undefined },
): Promise<RidgeCrossFit> {
  checkDesign(design);
  checkLength('targets', targets.length, design.rows, 'probe');
  checkLength('groups', groups.length, design.rows, 'probe');
  for (let r = 0; r < design.rows; r++)
    if (!Number.isFinite(targets[r]))
      throw new LensError('targets', `row ${r} is not finite (${targets[r]})`, 'leave the row out');
  const foldOf = groupFolds(groups, folds, seed);
  const rows = Array.from({ length: folds }, (_, f) =>
    Int32Array.from([...foldOf.keys()].filter((r) => foldOf[r] === f)),
  );
  // One origin for all, near every fold's mean, so that the sums keep their digits.
  const { means } = standardise(design, rows[0]);
  const parts = rows.map((own) => normalSums(design, targets, own, means));
  const fit = (among: readonly number[], path: readonly number[]): LinearFit[] => {
    const sums = addSums(among.map((f) => parts[f]));
    return solveRidge(sums, deviations(sums, means), path).map(({ penalty, weights, intercepts }) => ({
      columns: design.columns,
      outputs: 1,
      ...toRaw({ means, scales: means.map(() => 1) }, weights, intercepts),
      penalty,
    }));
  };
  const chosen = await nestedCrossFit<LinearFit>(folds, penalties, {
    fit: (among, path) => Promise.resolve(fit(among, path)),
    heldOut(own, fold) {
      const sum = rows[fold].reduce((total, r) => total + (predict(design, own, r) - targets[r]) ** 2, 0);
      return Promise.resolve({ sum, count: rows[fold].length });
    },
  });
  const predictions = new Float64Array(design.rows);
  for (const { fold, solution } of chosen) for (const r of rows[fold]) predictions[r] = predict(design, solution, r);
  return {
    predictions,
    folds: foldOf,
    fits: chosen.map(({ fold, losses, solution }) => ({ ...solution, fold, losses })),
  };
}

/** Standard deviations of the columns that were summed; infinite for a constant one, whose weight is then 0. @param origin [columns], what was subtracted from them */
function deviations({ rows, gram, sums }: NormalSums, origin: Float64Array): Float64Array {
  return sums.map((sum, c) => {
    const shift = sum / rows;
    const variance = gram[c * sums.length + c] / rows - shift ** 2;
    // The difference of two squares has the digits of the larger: a deviation far below the shift is rounding too.
    const size = Math.max(Math.abs(origin[c] + shift), Math.abs(shift));
    const deviation = Math.sqrt(Math.max(0, variance));
    return scaleOf(deviation, size) === deviation ? deviation : Infinity;
  });
}

function predict({ columns, values }: Design, { weights, intercepts }: LinearFit, row: number): number {
  let sum = intercepts[0];
  for (let c = 0; c < columns; c++) sum += values[row * columns + c] * weights[c];
  return sum;
}
