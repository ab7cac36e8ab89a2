import { studentSurvival } from './student.js';

/** Two one-sided tests of whether a difference is smaller than a margin. */
export interface Tost {
  /** p against "the difference is -margin or less". */
  readonly pAbove: number;
  /** p against "the difference is margin or more". */
  readonly pBelow: number;
  /** The larger of the two: p against "the difference is at least as large as the margin". */
  readonly p: number;
}

/**
 * Two one-sided t tests for equivalence (Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987). A small
 * p says that the difference is closer to 0 than the margin; a large one says nothing, least of all that there is a
 * difference. The margin is the smallest difference that would matter, chosen before the data are seen.
 *
 * With clustered data, `standardError` must be one between clusters and `freedom` clusters - 1; {@link equivalent} does
 * without both.
 *
 * @param difference estimate of the difference
 * @param standardError of that estimate, at least 0
 * @param freedom degrees of freedom of `standardError`, above 0; Infinity for the normal distribution
 * @param margin above 0, in the units of the difference
 * @returns NaN throughout where the difference is NaN or the standard error 0: units that are all alike show no
 *   variance, which is no certainty about others
 * @throws RangeError if another number is out of range
 */
export function tost(difference: number, standardError: number, freedom: number, margin: number): Tost {
  if (!(standardError >= 0)) throw new RangeError(`the standard error is ${standardError}, not at least 0`);
  checkMargin(margin);
  if (Number.isNaN(difference) || standardError === 0) return { pAbove: Number.NaN, pBelow: Number.NaN, p: Number.NaN };
  const pAbove = studentSurvival((difference + margin) / standardError, freedom);
  const pBelow = studentSurvival((margin - difference) / standardError, freedom);
  return { pAbove, pBelow, p: Math.max(pAbove, pBelow) };
}

/**
 * Whether an interval lies inside (-margin, margin). For a 90 % interval this is the two one-sided tests at 5 %
 * (Schuirmann 1987; Westlake 1981), so that a cluster bootstrap with `level: 0.9` tests equivalence without a standard
 * error. For a 95 % interval it is the test at 2.5 %.
 *
 * @param interval of a difference; one that is not there (null, NaN) shows no equivalence
 * @param margin above 0, in the units of the difference
 * @throws RangeError if the margin is not above 0
 */
export function equivalent(
  interval: { readonly low: number | null; readonly high: number | null },
  margin: number,
): boolean {
  checkMargin(margin);
  const { low, high } = interval;
  return low !== null && high !== null && -margin < low && low <= high && high < margin;
}

function checkMargin(margin: number): void {
  if (!(margin > 0)) throw new RangeError(`the margin is ${margin}, not above 0`);
}
