import { nodesWhere } from '../../dataset/index.js';
import { effectiveNumber, softmaxWeights } from '../../statistics/index.js';
import { aucOf } from '../auc-of.js';
import { logitsAt } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { meanOf, ratioOf, slopeOf } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

interface Thought {
  /** AUC of frontier nodes off every shortest path against nodes that are never reachable. */
  readonly auc: number | undefined;
  /** The same against the other root's nodes alone. */
  readonly aucOther: number | undefined;
  /** exp(H) of the distribution over the graph's nodes. */
  readonly effective: number;
  readonly frontier: number;
  /** Mean probability of a node expanded before, and of a node of the frontier. */
  readonly held: { readonly expanded: number; readonly frontier: number };
}

interface Breadth {
  readonly graph: string;
  /** Thoughts 1 .. depth of the target - 1: later ones have the target in reach. */
  readonly thoughts: readonly Thought[];
}

/** The measure that tells a search that keeps what it has found from one that holds the frontier alone. */
export const EXPANDED_AGAINST_FRONTIER = 'expanded against frontier';

const THRESHOLDS = {
  breadthAuc: {
    direction: 'above',
    support: 0.75,
    contradict: 0.65,
    why: 'AUC of frontier nodes on no shortest path against nodes that are never reachable. A single path gives up to .65.',
  },
  breadthSlope: {
    direction: 'above',
    support: 0.1,
    contradict: 0.05,
    why: 'Slope of log effective nodes on log frontier size within a thought: 1 for a uniform superposition of the frontier, 0 for a fixed number of branches.',
  },
} as const satisfies Thresholds;

export const breadth = definePrediction<Breadth>({
  id: 'F4',
  title: 'Breadth, in disjoint groups',
  predicts:
    'Until the target is in reach, thought t ranks frontier nodes on no shortest path above the nodes that the root never reaches. It holds more nodes where the frontier is larger.',
  falsifiedBy:
    'Frontier nodes off the shortest paths are ranked among the unreachable, or the number of nodes held does not grow with the frontier.',
  doesNotShow:
    'That what is held is used (F1, F6, F8), or that it was found by search and not read off the prompt (F13).',
  role: 'search',
  necessary: true,
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const readings = await batch.readings();
    return batch.searches.map((search, row) => {
      const never = search.neverReached();
      const count = Math.min(batch.thoughts, search.depth - 1);
      return {
        graph: search.key,
        thoughts: Array.from({ length: count }, (_, c): Thought => {
          const logits = logitsAt(readings[row], c + 1);
          const frontier = search.atDepth(c + 1);
          const others = frontier.filter((node) => search.toTarget[node] !== search.depth - c - 1);
          // In float32, as the logits are.
          const weights = Float32Array.from(softmaxWeights(logits));
          const total = weights.reduce((a, b) => a + b, 0);
          const meanShare = (nodes: readonly number[]): number =>
            nodes.reduce((sum, node) => sum + weights[node], 0) / total / nodes.length;
          return {
            auc: aucOf(logits, others, never),
            aucOther: aucOf(
              logits,
              others,
              never.filter((node) => search.otherDepths[node] >= 0),
            ),
            effective: effectiveNumber(weights),
            frontier: frontier.length,
            held: {
              expanded: meanShare(nodesWhere(search.depths, (depth) => depth >= 0 && depth <= c)),
              frontier: meanShare(frontier),
            },
          };
        }),
      };
    });
  },
  judge(observations, settings) {
    const flat = observations.flatMap(({ graph, thoughts }) => thoughts.map((thought, c) => ({ graph, thought, c })));
    const strata = flat.map(({ thought, c }) =>
      Array.from({ length: c + 1 }, (_, s) =>
        s === c ? [[Math.log(thought.frontier), Math.log(thought.effective)] as const] : [],
      ),
    );
    const aucAt = (c: number): (number | undefined)[] => flat.map((one) => (one.c === c ? one.thought.auc : undefined));
    const last = Math.max(0, ...flat.map(({ c }) => c + 1));
    return judge(
      flat,
      {
        criteria: [
          {
            name: 'non-optimal frontier above unreachable',
            description: 'AUC within the graph, mean over items and thoughts before the target is in reach',
            statistic: meanOf(
              flat.map(({ thought }) => thought.auc),
              0.5,
            ),
            reference: 0.5,
            threshold: THRESHOLDS.breadthAuc,
          },
          {
            name: 'breadth follows the frontier',
            description: 'slope of log effective nodes on log frontier size, within each thought',
            statistic: slopeOf(strata),
            reference: 0,
            threshold: THRESHOLDS.breadthSlope,
          },
        ],
        measures: [
          {
            name: EXPANDED_AGAINST_FRONTIER,
            description:
              'mean probability of a node expanded before over that of a frontier node: 1 if all is kept, 0 if none is',
            statistic: ratioOf(
              flat.map(({ thought }) => thought.held.expanded),
              flat.map(({ thought }) => thought.held.frontier),
              0,
            ),
            reference: null,
          },
          {
            name: 'non-optimal frontier above the other root’s nodes',
            description: 'the same AUC against what the other root reaches',
            statistic: meanOf(
              flat.map(({ thought }) => thought.aucOther),
              0.5,
            ),
            reference: 0.5,
          },
          ...Array.from({ length: last }, (_, c) => ({
            name: `non-optimal frontier above unreachable, thought ${c + 1}`,
            description: 'the first AUC at one thought',
            statistic: meanOf(aucAt(c), 0.5),
            reference: 0.5,
          })),
          ...Array.from({ length: last }, (_, c) => ({
            name: `effective nodes, thought ${c + 1}`,
            description: 'exp of the entropy over the nodes of the graph, mean',
            statistic: meanOf(
              flat.map((one) => (one.c === c ? one.thought.effective : undefined)),
              0,
            ),
            reference: null,
          })),
        ],
      },
      settings,
      {
        supports: 'the thoughts hold the frontier beyond the winning path, and more of it where it is larger',
        contradicts: 'the thoughts do not hold the breadth of the frontier',
      },
    );
  },
});
