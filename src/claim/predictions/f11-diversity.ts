import { mean, midRanks, softmax } from '../../statistics/index.js';
import { logitsAt } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { meanOf, slopeOf } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

/** Draws at temperature 1 from each thought, as in Weak and Strong Supervision (arXiv 2602.22441). */
const DRAWS = 100;

interface Diversity {
  readonly graph: string;
  /** Thoughts 1 .. depth of the target. `even`: distinct nodes of a thought with all of the graph's nodes alike. */
  readonly thoughts: readonly { readonly distinct: number; readonly even: number; readonly frontier: number }[];
}

/** Distinct outcomes expected in so many independent draws: sum of 1 - (1 - p)^draws. */
export function expectedDistinct(probabilities: readonly number[], draws: number): number {
  // expm1 and log1p keep probabilities that are far below 1 / draws.
  return probabilities.reduce((sum, p) => sum - (p >= 1 ? -1 : Math.expm1(draws * Math.log1p(-p))), 0);
}

/** Mid-ranks, scaled to variance 1, so that a slope between two of them is Spearman's correlation. */
function standardRanks(values: readonly number[]): number[] {
  const ranks = Array.from(midRanks(values));
  const average = mean(ranks);
  const spread = Math.sqrt(mean(ranks.map((rank) => (rank - average) ** 2)));
  return ranks.map((rank) => (spread > 0 ? (rank - average) / spread : 0));
}

const THRESHOLDS = {
  diversity: {
    direction: 'above',
    support: 0.3,
    contradict: 0.1,
    why: 'Rank correlation, within a thought, of the distinct next steps expected in 100 draws with the size of the frontier. .3 is a medium effect, .1 a small one (Cohen 1988).',
  },
} as const satisfies Thresholds;

export const diversity = definePrediction<Diversity>({
  id: 'F11',
  title: 'Diversity of the next steps',
  predicts: 'Sampling from a thought names as many next steps as the frontier has nodes.',
  falsifiedBy: 'The number of next steps has nothing to do with the size of the frontier.',
  doesNotShow:
    'A search that keeps what it has expanded: its thoughts name all nodes reached so far, which need not follow the frontier.',
  role: 'character',
  evidence: 'readout',
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const readings = await batch.readings();
    return batch.searches.map((search, row) => ({
      graph: search.key,
      thoughts: Array.from({ length: Math.min(batch.thoughts, search.depth) }, (_, c) => {
        const logits = logitsAt(readings[row], c + 1);
        return {
          distinct: expectedDistinct(softmax(logits), DRAWS),
          even: expectedDistinct(new Array<number>(logits.length).fill(1 / logits.length), DRAWS),
          frontier: search.atDepth(c + 1).length,
        };
      }),
    }));
  },
  judge(observations) {
    const last = Math.max(0, ...observations.map(({ thoughts }) => thoughts.length));
    const ranks = Array.from({ length: last }, (_, c) => {
      const there = observations.flatMap(({ thoughts }) => thoughts.slice(c, c + 1));
      const [x, y, even] = (['frontier', 'distinct', 'even'] as const).map((key) =>
        standardRanks(there.map((thought) => thought[key])),
      );
      // Larger graphs have larger frontiers, and a thought that knows nothing names more of their nodes. The slope on a
      // difference is the difference of the slopes.
      return x.map((value, i) => [value, y[i] - even[i]] as const);
    });
    const next = ranks.map(() => 0);
    const strata = observations.map(({ thoughts }) => thoughts.map((_, c) => [ranks[c][next[c]++]]));
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'distinct next steps follow the frontier',
            description: `rank correlation, within each thought, of the graph’s nodes expected in ${DRAWS} draws with the size of the frontier, less that of draws from all nodes alike`,
            // In nats, or standard deviations: a slope without any scatter keeps a width.
            statistic: slopeOf(strata, 0.5),
            reference: 0,
            threshold: THRESHOLDS.diversity,
          },
        ],
        measures: Array.from({ length: last }, (_, c) => ({
          name: `distinct nodes, thought ${c + 1}`,
          description: `expected in ${DRAWS} draws, mean`,
          statistic: meanOf(observations.map(({ thoughts }) => thoughts.at(c)?.distinct)),
          reference: null,
        })),
      },
      {
        supports: 'more next steps are open where the frontier is larger',
        contradicts: 'how many next steps are open has nothing to do with the frontier',
      },
    );
  },
});
