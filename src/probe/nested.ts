import { LensError } from '../errors.js';
import { checkPenalties } from './fits/logistic.js';

/** Penalties tried if none are given, from strong to weak. */
export const DEFAULT_PENALTIES: readonly number[] = [10, 1, 0.1, 0.01, 0.001, 0.0001];

/** What nested cross-fitting needs of a kind of fit. */
export interface FoldedProblem<Solution> {
  /** Fits on the rows of some folds, one solution per penalty. */
  fit(folds: readonly number[], penalties: readonly number[]): Promise<readonly Solution[]>;
  /** The loss of a solution summed over the rows of a fold, and over how many terms. */
  heldOut(solution: Solution, fold: number): Promise<{ sum: number; count: number }>;
}

/** The fit that scores a fold, and how its penalty was chosen. */
export interface Chosen<Solution> {
  readonly fold: number;
  readonly penalty: number;
  /** [penalties] Mean held-out loss on the other folds; empty where there was one penalty and nothing to choose. */
  readonly losses: readonly number[];
  /** Fitted on all folds but `fold`. */
  readonly solution: Solution;
}

/**
 * Nested cross-fitting. For each fold, the penalty is the one with the least loss in a cross-validation over the other
 * folds (the minimum, not the one-standard-error rule; of equal ones the stronger); then a fit on all other folds scores
 * it. The inner folds are the outer ones that are left, so that a fit without folds a and b serves the choice for a
 * (judged on b) as well as that for b (judged on a): half the fits, and still nothing of a fold has part in its own
 * probe.
 *
 * @param onInner called with the solutions of every inner path
 * @throws LensError if there are penalties to choose from and fewer than three folds, or one is not above 0
 */
export async function nestedCrossFit<Solution>(
  folds: number,
  penalties: readonly number[],
  problem: FoldedProblem<Solution>,
  onInner: (solutions: readonly Solution[]) => void = () => undefined,
): Promise<Chosen<Solution>[]> {
  checkPenalties(penalties);
  const path = [...penalties].sort((a, b) => b - a);
  const losses = path.length === 1 ? [] : await innerLosses(folds, path, problem, onInner);
  const all = Array.from({ length: folds }, (_, f) => f);
  const chosen: Chosen<Solution>[] = [];
  for (const fold of all) {
    const own = losses.at(fold) ?? [];
    const penalty = path[Math.max(0, own.indexOf(Math.min(...own)))];
    const [solution] = await problem.fit(
      all.filter((f) => f !== fold),
      [penalty],
    );
    // In the order in which the penalties were given.
    chosen.push({
      fold,
      penalty,
      losses: own.length === 0 ? [] : penalties.map((p) => own[path.indexOf(p)]),
      solution,
    });
  }
  return chosen;
}

/** [folds][penalties] */
async function innerLosses<Solution>(
  folds: number,
  path: readonly number[],
  problem: FoldedProblem<Solution>,
  onInner: (solutions: readonly Solution[]) => void,
): Promise<number[][]> {
  if (folds < 3)
    throw new LensError(
      'folds',
      `too few to choose a penalty inside (${folds})`,
      'give 3 or more, or one penalty',
      'usage',
    );
  const totals = Array.from({ length: folds }, () => path.map(() => ({ sum: 0, count: 0 })));
  for (let a = 0; a < folds; a++)
    for (let b = a + 1; b < folds; b++) {
      const rest = Array.from({ length: folds }, (_, f) => f).filter((f) => f !== a && f !== b);
      const solutions = await problem.fit(rest, path);
      onInner(solutions);
      for (const [p, solution] of solutions.entries())
        for (const [chooser, judge] of [
          [a, b],
          [b, a],
        ]) {
          const { sum, count } = await problem.heldOut(solution, judge);
          totals[chooser][p].sum += sum;
          totals[chooser][p].count += count;
        }
    }
  return totals.map((own) => own.map(({ sum, count }) => sum / count));
}
