import { nodesWhere } from '../../dataset/index.js';
import { UNREACHED } from '../../graph/index.js';
import { thoughtReaching, type Alignment } from '../alignment.js';
import { aucOf } from '../auc-of.js';
import { logitsAt } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { averageOf, meanOf, shareOf } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

interface Advance {
  readonly graph: string;
  /** [t - 1][d - 1], t and d up to the target's depth: AUC, at thought t, of the nodes at depth d against those farther away or out of reach. */
  readonly matrix: readonly (readonly (number | undefined)[])[];
  /** Whether thought 1 ranks the target above the decoy; a tie is one half. */
  readonly winnerAtOnce: number | undefined;
}

/**
 * How much higher each depth is at the thought that reaches it than at the others: the mean over depths d of AUC(t(d), d) minus
 * the mean of AUC(t, d) over the other thoughts t. Within depths, and no nodes nearer than d on the other side: a search that
 * keeps what it has found still shows depth d at its thought. Permuting the thoughts makes it 0 in the mean.
 */
export function diagonality(matrix: Advance['matrix'], alignment: Alignment): number | undefined {
  const terms = matrix.flatMap((_, d) => {
    const at = thoughtReaching(alignment, d + 1) - 1;
    const column = matrix.map((row) => row.at(d));
    const own = at < column.length ? column[at] : undefined;
    const others = column.filter((value, t): value is number => t !== at && value !== undefined);
    const rest = averageOf(others);
    return own === undefined || rest === undefined ? [] : [own - rest];
  });
  return averageOf(terms);
}

const THRESHOLDS = {
  diagonality: {
    direction: 'above',
    support: 0.1,
    contradict: 0.05,
    why: 'AUC of depth d against farther nodes at thought d, less that at other thoughts: 0 if thoughts do not advance, about .5 for a frontier held and then dropped, about .3 where nodes are held for good.',
  },
  winnerAtOnce: {
    direction: 'below',
    support: 0.8,
    contradict: 0.95,
    why: 'Share of items in which thought 1 ranks the target above the decoy. A search cannot know it: the target lies at least three steps away.',
  },
} as const satisfies Thresholds;

export const advance = definePrediction<Advance>({
  id: 'F5',
  title: 'The frontier advances with the thoughts',
  predicts:
    'Nodes at depth d stand out at the thought that reaches them (F6) more than at any other. Thought 1, which cannot know the target, does not rank it above the decoy.',
  falsifiedBy:
    'The thought at which a depth stands out has nothing to do with the depth, or thought 1 knows the winner.',
  doesNotShow: 'That each thought is computed from the one before (F16), or that more than one node is held (F4, F15).',
  role: 'search',
  evidence: 'readout',
  thresholds: THRESHOLDS,
  matrix: {
    pattern: /^AUC of depth (\d+) at thought (\d+)$/,
    columnFirst: true,
    title: 'At which thought each depth stands out',
    rowName: 'thought',
    columnName: 'depth',
    extent: 0.5,
    note: 'AUC of the nodes at a depth against those farther away or out of reach; a search has the diagonal high.',
  },
  inapplicable: ({ thoughts }) => (thoughts < 2 ? 'the model has fewer than two thoughts' : undefined),
  async observe(batch) {
    const readings = await batch.readings();
    return batch.searches.map((search, row) => {
      const count = Math.min(batch.thoughts, search.depth);
      const first = logitsAt(readings[row], 1);
      const [target, decoy] = [first[search.item.target], first[search.item.decoy]];
      return {
        graph: search.key,
        matrix: Array.from({ length: count }, (_, t) => {
          const logits = logitsAt(readings[row], t + 1);
          return Array.from({ length: count }, (_, d) =>
            aucOf(
              logits,
              search.atDepth(d + 1),
              nodesWhere(search.depths, (depth) => depth > d + 1 || depth === UNREACHED),
            ),
          );
        }),
        winnerAtOnce: search.depth < 3 ? undefined : target === decoy ? 0.5 : Number(target > decoy),
      };
    });
  },
  judge(observations, settings) {
    const size = Math.max(0, ...observations.map(({ matrix }) => matrix.length));
    const cells = Array.from({ length: size * size }, (_, i) => ({ t: Math.floor(i / size), d: i % size }));
    return judge(
      observations,
      {
        criteria: [
          {
            name: 'diagonality',
            description:
              'AUC of depth d at the thought that reaches it, less its mean at the other thoughts, mean over depths up to the target’s',
            statistic: meanOf(
              observations.map(({ graph, matrix }) => diagonality(matrix, settings.alignment.of(graph))),
              [-1, 1],
            ),
            reference: 0,
            threshold: THRESHOLDS.diagonality,
          },
          {
            name: 'winner known at thought 1',
            description:
              'share of items, target at depth 3 or deeper, whose thought 1 ranks the target above the decoy',
            statistic: shareOf(observations.map(({ winnerAtOnce }) => winnerAtOnce)),
            reference: null,
            threshold: THRESHOLDS.winnerAtOnce,
          },
        ],
        measures: cells.map(({ t, d }) => ({
          name: `AUC of depth ${d + 1} at thought ${t + 1}`,
          description: 'nodes at that depth against nodes farther away or out of reach, mean over items',
          statistic: shareOf(observations.map(({ matrix }) => matrix.at(t)?.at(d))),
          reference: 0.5,
        })),
      },
      {
        supports: 'each depth stands out at its own thought, and the winner is not known before the search',
        contradicts: 'the thoughts do not move outwards step by step',
      },
    );
  },
});
