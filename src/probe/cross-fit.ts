import { checkLength, type Design } from './design.js';
import { checkClasses, classLoss, type LinearFit } from './fits/logistic.js';
import type { Intercepts } from './fits/linear-objective.js';
import type { Loss } from './fits/losses.js';
import type { Convergence } from './fits/minimise.js';
import { solvePath, type Solution } from './fits/solve-linear.js';
import { DEFAULT_PENALTIES, nestedCrossFit } from './nested.js';
import { PreparedDesign, type PrepareOptions } from './prepared-design.js';

/** The probe that scored one fold. */
export interface FoldFit extends LinearFit, Convergence {
  readonly fold: number;
  /** [penalties] Mean held-out loss inside the other folds, in the order of the penalties; empty if there was one. */
  readonly losses: readonly number[];
}

/** Out-of-fold scores: those of a graph's rows come from a probe that never saw that graph. */
export interface CrossFit {
  readonly outputs: number;
  /** [rows * outputs] Logits, in the order of the design's rows; NaN for a node that the row's graph does not have. */
  readonly scores: Float32Array;
  /** [rows] */
  readonly folds: Int32Array;
  /** By fold. */
  readonly fits: readonly FoldFit[];
  /** The penalties tried. */
  readonly penalties: readonly number[];
  /** How many inner fits there were, and how many of them did not converge; `fits` say it of themselves. */
  readonly inner: { readonly fits: number; readonly unconverged: number };
}

export interface FitOptions {
  /** To choose from, each above 0; default {@link DEFAULT_PENALTIES}. */
  readonly penalties?: readonly number[] | undefined;
  /** Greatest norm of the gradient of the mean loss, default 1e-5: products are float32. */
  readonly tolerance?: number | undefined;
  /** Default 200. */
  readonly maxIterations?: number | undefined;
}

/** How a probe of classes is fitted and scored out of fold. */
export interface CrossFitOptions extends FitOptions, PrepareOptions {
  readonly classes: number;
}

/** What a loss over rows has to be cross-fitted. */
export interface LinearTask {
  readonly intercepts: Intercepts;
  readonly map?: Float64Array | undefined;
  readonly share: number;
  readonly outputs: number;
  /** The loss over some rows, by their numbers in the design. */
  loss(rows: Int32Array): Loss;
}

/**
 * Cross-fits an L2-penalised logistic probe (binary: one score; more classes: softmax), the penalty chosen inside
 * (`nestedCrossFit`), columns standardised on the training rows of each fit.
 *
 * @param labels [design.rows], 0..classes-1
 * @param groups [design.rows], the graph of each row
 * @throws LensError on numbers that are not finite, labels of a single class or out of range, lengths that disagree, fewer
 *   graphs than folds
 */
export async function crossFit(
  design: Design,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  { classes, folds, seed, ...options }: CrossFitOptions,
): Promise<CrossFit> {
  checkClasses(labels, design.rows, classes);
  const prepared = await PreparedDesign.prepare(design, groups, { folds, seed });
  try {
    return await crossFitClasses(prepared, labels, classes, options);
  } finally {
    await prepared.dispose();
  }
}

/** {@link crossFit} of a design that is ready, for several probes of the same rows. */
export async function crossFitClasses(
  prepared: PreparedDesign,
  labels: ArrayLike<number>,
  classes: number,
  options: FitOptions = {},
): Promise<CrossFit> {
  checkLength('labels', labels.length, prepared.rows, 'probe');
  checkClasses(labels, prepared.rows, classes);
  return crossFitTask(prepared, classTask(labels, classes), options);
}

/** The task of telling classes apart, each row by its label. */
export function classTask(labels: ArrayLike<number>, classes: number): LinearTask {
  return {
    intercepts: 'each',
    share: 1,
    outputs: classes === 2 ? 1 : classes,
    loss: (rows) =>
      classLoss(
        Int32Array.from(rows, (row) => labels[row]),
        classes,
      ),
  };
}

/** Norm of the gradient at which a fit is good enough to compare penalties by: five times as fast as 1e-5. */
const CHOOSING_TOLERANCE = 1e-3;

/** Cross-fits any loss of linear scores. */
export async function crossFitTask(
  prepared: PreparedDesign,
  task: LinearTask,
  { penalties = DEFAULT_PENALTIES, tolerance = 1e-5, maxIterations = 200 }: FitOptions,
): Promise<CrossFit> {
  const { outputs } = task;
  const inner = { fits: 0, unconverged: 0 };
  const score = async ({ weights }: Solution, fold: number): Promise<Float32Array> => {
    const scores = new Float32Array((prepared.starts[fold + 1] - prepared.starts[fold]) * outputs);
    await prepared.products([fold]).forward(weights, scores);
    return scores;
  };
  const chosen = await nestedCrossFit<Solution>(
    prepared.folds,
    penalties,
    {
      fit: (folds, path) => {
        const loss = task.loss(prepared.rowsOf(folds));
        // Several penalties: to choose from. Held-out losses differ in the third digit where they differ at all.
        const enough = path.length > 1 ? Math.max(tolerance, CHOOSING_TOLERANCE) : tolerance;
        return solvePath(prepared, folds, path, { ...task, loss, tolerance: enough, maxIterations });
      },
      async heldOut(solution, fold) {
        const loss = task.loss(prepared.rowsOf([fold]));
        const scores = await score(solution, fold);
        if (loss.count === 0) return { sum: 0, count: 0 };
        const mean = loss.evaluate(scores, solution.intercepts, new Float32Array(scores.length));
        return { sum: mean * loss.count, count: loss.count };
      },
    },
    (solutions) => {
      inner.fits += solutions.length;
      inner.unconverged += solutions.filter(({ converged }) => !converged).length;
    },
  );
  const scores = new Float32Array(prepared.rows * outputs);
  const foldOf = new Int32Array(prepared.rows);
  for (const { fold, solution } of chosen) {
    const own = await score(solution, fold);
    prepared.rowsOf([fold]).forEach((row, i) => {
      foldOf[row] = fold;
      for (let o = 0; o < outputs; o++) scores[row * outputs + o] = own[i * outputs + o] + solution.intercepts[o];
    });
  }
  return {
    outputs,
    scores,
    folds: foldOf,
    fits: chosen.map(({ fold, losses, solution }) => foldFit(prepared, fold, losses, solution)),
    penalties,
    inner,
  };
}

function foldFit(
  prepared: PreparedDesign,
  fold: number,
  losses: readonly number[],
  { penalty, converged, iterations, evaluations, gradientNorm, weights, intercepts }: Solution,
): FoldFit {
  return {
    fold,
    losses,
    columns: prepared.columns,
    outputs: intercepts.length,
    ...prepared.toDesign(weights, intercepts),
    penalty,
    converged,
    iterations,
    evaluations,
    gradientNorm,
  };
}
