import { inDegree, outDegree, UNREACHED } from '../../graph/index.js';
import { softmaxWeights } from '../../statistics/index.js';
import { aucOf } from '../auc-of.js';
import { logitsAt } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { meanOf, shareOf } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

interface Value {
  readonly graph: string;
  /** Thoughts 1 .. depth of the target - 1 with nodes of both kinds at their depth. */
  readonly thoughts: readonly {
    readonly thought: number;
    readonly auc: number;
    /** The same for low in-degree minus out-degree, which knows nothing of the thought. */
    readonly byDegree: number;
    /** Brier score of the share of the frontier's probability, times its nodes that lead there, as a forecast... */
    readonly brier: number;
    /** ...and of the same for all nodes alike. */
    readonly baseRate: number;
  }[];
}

const THRESHOLDS = {
  valueAuc: {
    direction: 'above',
    support: 0.6,
    contradict: 0.6,
    why: 'AUC of frontier nodes that can reach the target against those that cannot: .5 for a search that does not evaluate.',
  },
} as const satisfies Thresholds;

export const value = definePrediction<Value>({
  id: 'F12',
  title: 'Thoughts as a value function',
  predicts:
    'A search that evaluates what it finds (Coconut, section 4.4) gives frontier nodes that can reach the target more than those that cannot. A search that only expands does not.',
  falsifiedBy: 'Values on the frontier do not tell its two kinds of nodes apart.',
  doesNotShow: 'Breadth-first search, which needs no values: either outcome is compatible with it.',
  role: 'character',
  evidence: 'readout',
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const readings = await batch.readings();
    return batch.searches.map((search, row) => ({
      graph: search.key,
      thoughts: Array.from({ length: Math.min(batch.thoughts, search.depth - 1) }, (_, c) => c + 1).flatMap(
        (thought) => {
          const logits = logitsAt(readings[row], thought);
          const frontier = search.atDepth(thought);
          const leads = frontier.filter((node) => search.toTarget[node] !== UNREACHED);
          const astray = frontier.filter((node) => search.toTarget[node] === UNREACHED);
          const balance = search.graph.successors.map(
            (_, node) => outDegree(search.graph, node) - inDegree(search.graph, node),
          );
          const auc = aucOf(logits, leads, astray);
          const byDegree = aucOf(balance, leads, astray);
          if (auc === undefined || byDegree === undefined) return [];
          const weights = softmaxWeights(frontier.map((node) => logits[node]));
          const total = weights.reduce((a, b) => a + b, 0);
          const rate = leads.length / frontier.length;
          const score = (forecast: (i: number) => number): number =>
            frontier.reduce((sum, node, i) => sum + (forecast(i) - Number(leads.includes(node))) ** 2, 0) /
            frontier.length;
          return [
            {
              thought,
              auc,
              byDegree,
              brier: score((i) => Math.min(1, (leads.length * weights[i]) / total)),
              baseRate: score(() => rate),
            },
          ];
        },
      ),
    }));
  },
  judge(observations) {
    const flat = observations.flatMap(({ graph, thoughts }) => thoughts.map((one) => ({ graph, ...one })));
    return judge(
      flat,
      {
        criteria: [
          {
            name: 'nodes that lead to the target above those that do not',
            description: 'AUC on the frontier, mean over items and thoughts before the target is in reach',
            statistic: shareOf(flat.map(({ auc }) => auc)),
            reference: 0.5,
            threshold: THRESHOLDS.valueAuc,
          },
        ],
        measures: [
          {
            name: 'beyond the degree heuristic',
            description: 'the AUC less that of out-degree minus in-degree on the same nodes',
            statistic: meanOf(
              flat.map(({ auc, byDegree }) => auc - byDegree),
              [-1, 1],
            ),
            reference: 0,
          },
          {
            name: 'Brier skill',
            description:
              'fall of the Brier score of "this node leads to the target", forecast by its share of the frontier’s probability times the nodes that do (1 at most), below that of the item’s own base rate',
            statistic: meanOf(flat.map(({ brier, baseRate }) => baseRate - brier)),
            reference: 0,
          },
        ],
      },
      {
        supports: 'the frontier’s values tell what leads to the target',
        contradicts: 'the frontier’s values do not tell what leads to the target',
      },
    );
  },
});
