import gammaln from '@stdlib/math-base-special-gammaln';
import { clusteredShare } from '../../src/statistics/index.js';
import { independentTrials } from '../../src/statistics/independent-trials.js';
import { SHARE_METHODS, type Seen } from './share-methods.js';
import { summary, type Coverage } from './simulate.js';

/** Correlation of the two items of a graph. */
const CORRELATION = 0.5;

/** What `graphs` graphs may answer: so many with 0, 1, 2, ... right. */
interface Outcome {
  readonly counts: readonly number[];
  /** Log of the number of orders. */
  readonly orders: number;
}

/**
 * How often 95 % intervals hold a share, exactly: the sum of the probabilities of the answers whose interval does.
 *
 * @param items of a graph, 1 or 2
 * @param shares at which it is computed, in (0, 1)
 */
export function shareCoverage(graphs: number, items: 1 | 2, shares: readonly number[]): Coverage[] {
  const outcomes = outcomesOf(graphs, items);
  const covers: Record<string, (outcome: number, share: number) => boolean> = {};
  const ends = outcomes.map(({ counts }) => clusteredShare(...itemsOf(counts)));
  covers['clusteredShare'] = (i, share) => ends[i].low <= share && share <= ends[i].high;
  const seen = outcomes.map(({ counts }) => seenOf(counts));
  for (const [name, method] of Object.entries(SHARE_METHODS)) covers[name] = (i, share) => method(seen[i], share);
  if (items === 1) {
    const drawn = seen.map(({ value }) => bootstrapEnds(value, graphs));
    covers['bootstrap'] = (i, share) => drawn[i][0] <= share && share <= drawn[i][1];
  }
  const found = Object.keys(covers).map(() => new Array<number>(shares.length).fill(0));
  shares.forEach((share, s) => {
    const logs = probabilities(share, items).map(Math.log);
    outcomes.forEach(({ counts, orders }, i) => {
      const log = counts.reduce((sum, count, right) => sum + count * logs[right], orders);
      // What is left out adds up to less than 1e-4.
      if (log < -20) return;
      Object.values(covers).forEach((cover, m) => (found[m][s] += cover(i, share) ? Math.exp(log) : 0));
    });
  });
  return Object.keys(covers).map((method, m) => ({
    method,
    n: graphs,
    ...summary(shares.map((share, s) => ({ name: `share ${share}`, rate: found[m][s] }))),
  }));
}

function outcomesOf(graphs: number, items: 1 | 2): Outcome[] {
  const outcomes: Outcome[] = [];
  for (let none = 0; none <= graphs; none++)
    for (let one = items === 1 ? graphs - none : 0; none + one <= graphs; one++) {
      const counts = items === 1 ? [none, one] : [none, one, graphs - none - one];
      outcomes.push({ counts, orders: counts.reduce((sum, k) => sum - gammaln(k + 1), gammaln(graphs + 1)) });
    }
  return outcomes;
}

/** Of 0, 1, ... right answers about a graph. */
function probabilities(share: number, items: 1 | 2): number[] {
  if (items === 1) return [1 - share, share];
  const together = CORRELATION * share * (1 - share);
  return [(1 - share) ** 2 + together, 2 * (share * (1 - share) - together), share ** 2 + together];
}

function itemsOf(counts: readonly number[]): [values: number[], clusters: number[]] {
  const values: number[] = [];
  const clusters: number[] = [];
  let graph = 0;
  counts.forEach((count, right) => {
    for (let i = 0; i < count; i++, graph++)
      for (let item = 0; item < counts.length - 1; item++) {
        values.push(Number(item < right));
        clusters.push(graph);
      }
  });
  return [values, clusters];
}

function seenOf(counts: readonly number[]): Seen {
  const items = counts.length - 1;
  const clusters = counts.reduce((sum, count) => sum + count, 0);
  const value = counts.reduce((sum, count, right) => sum + count * right, 0) / (items * clusters);
  const totals = counts.flatMap((count, right) =>
    Array.from({ length: count }, () => ({ weight: items, sum: right, squaredWeight: items })),
  );
  const within = counts.reduce((sum, count, right) => sum + (count * right * (items - right)) / items, 0);
  return { value, trials: independentTrials(totals, value * (1 - value), within).trials, clusters };
}

/** The percentile interval of infinitely many resamples of n zeros and ones. */
function bootstrapEnds(value: number, n: number): [low: number, high: number] {
  if (value === 0 || value === 1) return [value, value];
  const ends: number[] = [];
  let below = 0;
  for (let k = 0; k <= n; k++) {
    const log =
      gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + k * Math.log(value) + (n - k) * Math.log(1 - value);
    const upTo = below + Math.exp(log);
    if (below < 0.025 && upTo >= 0.025) ends[0] = k / n;
    if (below < 0.975 && upTo >= 0.975) ends[1] = k / n;
    below = upTo;
  }
  return [ends[0], ends[1]];
}
