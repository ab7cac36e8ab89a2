import { mean } from '../../statistics/index.js';
import { swappedAnswers, type Swapped } from '../swapped-answers.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { T_DEFINITION } from '../settings.js';
import { averageOf, meanOf } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

interface Patched {
  readonly graph: string;
  /** Of the target: later thoughts have nothing left to find. */
  readonly target: number;
  /** Swaps whose two questions the model answers correctly: only there does a flip mean anything. */
  readonly swaps: readonly Swapped[];
}

/**
 * Turns at d <= t < depth of the target, less those at t < d, mean over the swaps that have both. The thought at the
 * target's own depth is left out: the pass that answers may take the last step itself.
 */
export function triangle({ target, swaps }: Pick<Patched, 'target' | 'swaps'>): number | undefined {
  const terms = swaps.flatMap(({ depth, turns }) => {
    const past = turns.slice(depth - 1, target - 1);
    const before = turns.slice(0, depth - 1);
    // At depth 1 there is no earlier thought; what counts against it there is 0.
    return past.length === 0 ? [] : [mean(past) - (before.length === 0 ? 0 : mean(before))];
  });
  return averageOf(terms);
}

const THRESHOLDS = {
  patchingContrast: {
    direction: 'above',
    support: 0.3,
    contradict: 0.1,
    why: 'Fall of T / 100 when a thought at or past the changed edge is patched in, less that by earlier thoughts: 1 for a search that forgets, .5 and more for one that keeps its root.',
  },
} as const satisfies Thresholds;

export const edgeSwap = definePrediction<Patched>({
  id: 'F6',
  title: 'Edge swap at depth d, thought t patched',
  predicts:
    'Two edges that end at depth d are swapped so that the other candidate is reached. Activation patching of thought t from the swapped question into the original turns the answer exactly for t >= d: earlier thoughts hold the same nodes.',
  falsifiedBy: 'No patched thought turns the answer, or those before the swap turn it as well.',
  doesNotShow: 'That several nodes are held at a time: a single path followed step by step does the same.',
  role: 'search',
  causal: true,
  thresholds: THRESHOLDS,
  matrix: {
    pattern: /^swap at (\d+), thought (\d+)$/,
    columnFirst: false,
    title: 'Which patched thought turns the answer',
    rowName: 'edges swapped at depth',
    columnName: 'thought',
    extent: 1,
    note: 'Fall of T / 100 when one thought of the swapped question is patched in; a search has it where the thought is not before the depth.',
  },
  inapplicable: ({ thoughts }) => (thoughts === 0 ? 'the model has no thoughts' : undefined),
  async observe(batch) {
    const swapped = await swappedAnswers(batch);
    return batch.searches.map(({ key, depth }, row) => ({
      graph: key,
      target: depth,
      swaps: swapped[row].filter(({ correct, follows }) => correct > 0.5 && follows > 0.5),
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
            description: `fall of T / 100 (T: ${T_DEFINITION}) when thought t is patched, d <= t < depth of the target, less the fall for t < d; from sure to a tie is .5`,
            statistic: meanOf(observations.map(triangle), 0),
            reference: 0,
            threshold: THRESHOLDS.patchingContrast,
          },
        ],
        measures: cells.map(({ d, t }) => ({
          name: `swap at ${d}, thought ${t}`,
          description:
            'fall of T / 100 when this thought of the swapped question is patched in; targets at depth t or deeper',
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
        contradicts: 'patched thoughts do not carry the search',
      },
    );
  },
});
