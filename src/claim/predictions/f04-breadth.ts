import { nodesWhere, type ItemSearch } from '../../dataset/index.js';
import { effectiveNumber, softmaxWeights } from '../../statistics/index.js';
import { layerAt } from '../alignment.js';
import { aucOf } from '../auc-of.js';
import { logitsAt } from '../batch.js';
import { judge } from '../judge.js';
import { definePrediction } from '../prediction.js';
import { meanOf, shareOf, ratioOf, slopeOf } from '../statistic.js';
import type { Thresholds } from '../thresholds.js';

/** One thought, read for one layer of the search. */
interface LayerReading {
  /** AUC of the layer's nodes off every shortest path against nodes that are never reachable and that the question does not name. */
  readonly auc: number | undefined;
  /** The same against the other root's nodes alone. */
  readonly aucOther: number | undefined;
  /** The same of the decoy: it is never reachable, but named. */
  readonly decoy: number | undefined;
  /** exp(H) of the distribution over the graph's nodes. */
  readonly effective: number;
  /** How many nodes the layer has. */
  readonly frontier: number;
  /** Mean probability of a node nearer to the root, and of a node of the layer. */
  readonly held: { readonly expanded: number; readonly frontier: number };
}

interface Breadth {
  readonly graph: string;
  /** [t - 1][d - 1] for layers d = 1 .. depth of the target - 1: later thoughts have the target in reach. */
  readonly thoughts: readonly (readonly LayerReading[])[];
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
    'Until the target is in reach, a thought ranks nodes of the frontier that it has reached (F6), on no shortest path, above nodes that the root never reaches and the question does not name. It shows more nodes where the frontier is larger.',
  falsifiedBy:
    'Frontier nodes off the shortest paths are ranked among the unreachable, or the number of nodes shown does not grow with the frontier. Alone it contradicts only where no causal test finds the search in other directions.',
  doesNotShow:
    'That what is shown is used (F15, F16), or that it was found by search and not read off the prompt (F16).',
  role: 'search',
  evidence: 'readout',
  thresholds: THRESHOLDS,
  inapplicable: () => undefined,
  async observe(batch) {
    const readings = await batch.readings();
    return batch.searches.map((search, row) => ({
      graph: search.key,
      thoughts: Array.from({ length: batch.thoughts }, (_, t) => {
        const logits = logitsAt(readings[row], t + 1);
        return Array.from({ length: search.depth - 1 }, (_, d) => readLayer(search, logits, d + 1));
      }),
    }));
  },
  judge(observations, settings) {
    const flat = observations.flatMap(({ graph, thoughts }) =>
      thoughts.flatMap((layers, c) => {
        const layer = layerAt(settings.alignment.of(graph), c + 1);
        return layer >= 1 && layer <= layers.length ? [{ graph, thought: layers[layer - 1], c }] : [];
      }),
    );
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
            statistic: shareOf(flat.map(({ thought }) => thought.auc)),
            reference: 0.5,
            threshold: THRESHOLDS.breadthAuc,
          },
          {
            name: 'breadth follows the frontier',
            description: 'slope of log effective nodes on log frontier size, within each thought',
            // In nats, or standard deviations: a slope without any scatter keeps a width.
            statistic: slopeOf(strata, 0.5),
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
            ),
            reference: null,
          },
          {
            name: 'decoy above unreachable',
            description: 'AUC of the decoy, which the question names, against unreachable nodes that it does not',
            statistic: shareOf(flat.map(({ thought }) => thought.decoy)),
            reference: 0.5,
          },
          {
            name: 'non-optimal frontier above the other root’s nodes',
            description: 'the same AUC against what the other root reaches',
            statistic: shareOf(flat.map(({ thought }) => thought.aucOther)),
            reference: 0.5,
          },
          ...Array.from({ length: last }, (_, c) => ({
            name: `non-optimal frontier above unreachable, thought ${c + 1}`,
            description: 'the first AUC at one thought',
            statistic: shareOf(aucAt(c)),
            reference: 0.5,
          })),
          ...Array.from({ length: last }, (_, c) => ({
            name: `effective nodes, thought ${c + 1}`,
            description: 'exp of the entropy over the nodes of the graph, mean',
            statistic: meanOf(flat.map((one) => (one.c === c ? one.thought.effective : undefined))),
            reference: null,
          })),
        ],
      },
      {
        supports: 'the thoughts show the frontier beyond the winning path, and more of it where it is larger',
        contradicts: 'the thoughts do not show the breadth of the frontier',
      },
    );
  },
});

function readLayer(search: ItemSearch, logits: ArrayLike<number>, layer: number): LayerReading {
  const { decoy } = search.item;
  const unnamed = search.neverReached().filter((node) => node !== decoy);
  const frontier = search.atDepth(layer);
  const others = frontier.filter((node) => search.toTarget[node] !== search.depth - layer);
  // In float32, as the logits are.
  const weights = Float32Array.from(softmaxWeights(logits));
  const total = weights.reduce((a, b) => a + b, 0);
  const meanShare = (nodes: readonly number[]): number =>
    nodes.reduce((sum, node) => sum + weights[node], 0) / total / nodes.length;
  return {
    auc: aucOf(logits, others, unnamed),
    aucOther: aucOf(
      logits,
      others,
      unnamed.filter((node) => search.otherDepths[node] >= 0),
    ),
    decoy: aucOf(logits, [decoy], unnamed),
    effective: effectiveNumber(weights),
    frontier: frontier.length,
    held: {
      expanded: meanShare(nodesWhere(search.depths, (depth) => depth >= 0 && depth < layer)),
      frontier: meanShare(frontier),
    },
  };
}
