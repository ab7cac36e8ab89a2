import betainc from '@stdlib/math-base-special-betainc';
import { studentQuantile975 } from '../../src/statistics/student.js';
import { NORMAL_975 } from '../../src/statistics/wilson.js';

/** What is seen of a share. */
export interface Seen {
  readonly value: number;
  /** Independent trials; need not be whole. */
  readonly trials: number;
  readonly clusters: number;
}

/** Whether the 95 % interval of what is seen holds a share, in (0, 1). */
export type ShareMethod = (seen: Seen, share: number) => boolean;

/** Wilson's and its rivals, with quantiles of the normal distribution or (`T`) of Student's with clusters - 1 degrees. */
export const SHARE_METHODS: Readonly<Record<string, ShareMethod>> = {
  wilson: (seen, share) => wilson(seen, share, NORMAL_975),
  wilsonT: (seen, share) => wilson(seen, share, studentQuantile975(seen.clusters - 1)),
  agrestiCoull: (seen, share) => agrestiCoull(seen, share, NORMAL_975),
  agrestiCoullT: (seen, share) => agrestiCoull(seen, share, studentQuantile975(seen.clusters - 1)),
  jeffreys: (seen, share) => jeffreys(seen, share),
  jeffreysT: (seen, share) => jeffreys(shrunk(seen), share),
  midP: (seen, share) => midP(seen, share),
  midPT: (seen, share) => midP(shrunk(seen), share),
};

/** As many trials as a method of the normal distribution must be told of, for Student's quantile to be the one it uses. */
function shrunk(seen: Seen): Seen {
  return { ...seen, trials: seen.trials * (NORMAL_975 / studentQuantile975(seen.clusters - 1)) ** 2 };
}

function wilson({ value, trials }: Seen, share: number, quantile: number): boolean {
  return (value - share) ** 2 <= (quantile * quantile * share * (1 - share)) / trials;
}

/** Agresti and Coull, The American Statistician 52, 1998. */
function agrestiCoull({ value, trials }: Seen, share: number, quantile: number): boolean {
  const n = trials + quantile * quantile;
  const centre = (value * trials + (quantile * quantile) / 2) / n;
  return (centre - share) ** 2 <= (quantile * quantile * centre * (1 - centre)) / n;
}

/** Equal tails of the posterior of Jeffreys' prior, with the ends 0 and 1 at 0 and 1 (Brown, Cai and DasGupta 2001). */
function jeffreys({ value, trials }: Seen, share: number): boolean {
  const below = beta(share, value * trials + 0.5, (1 - value) * trials + 0.5);
  return (below >= 0.025 || value === 0) && (below <= 0.975 || value === 1);
}

/** Clopper and Pearson's, the trial that is seen itself counting half (Lancaster 1961). */
function midP({ value, trials }: Seen, share: number): boolean {
  const [successes, failures] = [value * trials, (1 - value) * trials];
  const above = (beta(share, successes, failures + 1) + beta(share, successes + 1, failures)) / 2;
  return above >= 0.025 && above <= 0.975;
}

/** Distribution function of the beta distribution; all at 0 or 1 where a parameter is 0. */
function beta(x: number, a: number, b: number): number {
  if (a === 0) return 1;
  return b === 0 ? 0 : betainc(x, a, b);
}
