import { mean } from '../../statistics/index.js';
import { swappedAnswers, type Swapped } from '../swapped-answers.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { averageOf, meanOf } from '../statistic.js';

interface Transplanted {
  readonly graph: string;
  /** Of the target: later thoughts have nothing left to find. */
  readonly target: number;
  /** Swaps that the model answers right on both sides: only there does a flip mean anything. */
  readonly swaps: readonly Swapped[];
}

/**
 * Turns at d <= t < depth of the target, less those at t < d, mean over the swaps that have both. The thought at the
 * target's own depth is left out: the pass that answers may take the last step itself.
 */
export function triangle({ target, swaps }: Pick<Transplanted, 'target' | 'swaps'>): number | undefined {
  const terms = swaps.flatMap(({ depth, turns }) => {
    const past = turns.slice(depth - 1, target - 1);
    const before = turns.slice(0, depth - 1);
    // At depth 1 there is no earlier thought; what counts against it there is 0.
    return past.length === 0 ? [] : [mean(past) - (before.length === 0 ? 0 : mean(before))];
  });
  return averageOf(terms);
}

export const edgeSwap = definePrediction<Transplanted>({
  id: 'F6',
  title: 'Edge swap at depth d, transplant at thought t',
  predicts:
    'If two edges that end at depth d are swapped so that the other candidate is reached, thought t of the swapped question turns the answer of the original one exactly for t >= d: earlier thoughts are the same set of nodes.',
  falsifiedBy: 'No transplanted thought turns the answer, or those before the swap turn it as well.',
  doesNotShow: 'That several nodes are held at a time: a single path that is followed step by step does the same.',
  role: 'search',
  inapplicable: ({ thoughts }) => (thoughts === 0 ? 'the model has no thoughts' : undefined),
  async observe(batch) {
    const swapped = await swappedAnswers(batch);
    return batch.searches.map(({ key, depth }, row) => ({
      graph: key,
      target: depth,
      swaps: swapped[row].filter(({ right, follows }) => right > 0.5 && follows > 0.5),
    }));
  },
  judge(observations, settings) {
    const depths = [...new Set(observations.flatMap(({ swaps }) => swaps.map(({ depth }) => depth)))].sort(
      (a, b) => a - b,
    );
    const last = Math.max(0, ...observations.flatMap(({ swaps }) => swaps.map(({ turns }) => turns.length)));
    const cells = depths.flatMap((d) => Array.from({ length: last }, (_, i) => ({ d, t: i + 1 })));
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'answers turn from the swapped depth on',
            words:
              'fall of T / 100 by thought t, d <= t < depth of the target, less the fall by t < d; from sure to a tie is .5',
            statistic: meanOf(observations.map(triangle), 0),
            reference: 0,
            threshold: 'transplantContrast',
          },
        ],
        measures: cells.map(({ d, t }) => ({
          name: `swap at ${d}, thought ${t}`,
          words: 'fall of T / 100 by this thought of the swapped question; targets at depth t or deeper',
          statistic: meanOf(
            observations.map(({ swaps, target }) =>
              t <= target ? swaps.find(({ depth }) => depth === d)?.turns[t - 1] : undefined,
            ),
            0,
          ),
          reference: 0,
        })),
      },
      settings,
      {
        supports: 'thoughts carry the search past a change, and only those that have passed it',
        contradicts: 'transplanted thoughts do not carry the search',
      },
    );
  },
});
