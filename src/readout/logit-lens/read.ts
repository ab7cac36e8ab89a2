import { itemSearch, type Item } from '../../dataset/index.js';
import { nodeClasses, type NodeClass } from '../../graph/index.js';
import { auc, type BootstrapOptions, type Estimate } from '../../statistics/index.js';
import { GraphEstimates } from '../kit/graph-estimates.js';
import { range, readoutHead } from '../kit/readout-result.js';
import type { LogitLensReadout } from './schema.js';

/** What every layer says of the nodes of one item, at the positions whose last hidden states are its thoughts. */
export interface LogitLensObservation {
  readonly item: Item;
  /** [layers][k]: entry [l][c - 1] is the residual stream after block l there, through ln_f and the LM head. */
  readonly layers: readonly (readonly LensReading[])[];
}

/** One layer at one position. */
export interface LensReading {
  /** [n], the logit of each node's token. */
  readonly logits: readonly number[];
  /** [n], its probability in the whole vocabulary; nodes that share a token have equal parts. */
  readonly probabilities: readonly number[];
}

/**
 * What every layer says of the frontier at each thought, with intervals over graphs.
 *
 * @throws RangeError if `resamples` or `level` is out of range, or a logit is NaN
 */
export function readLogitLens(
  observations: readonly LogitLensObservation[],
  options: BootstrapOptions,
): LogitLensReadout {
  const found = new GraphEstimates();
  const layers = Math.max(0, ...observations.map((each) => each.layers.length));
  for (const { item, layers: own } of observations) {
    found.startItem(item);
    const search = itemSearch(item);
    const { graph } = search;
    own.forEach((readings, layer) =>
      readings.forEach((reading, i) =>
        addReading(found, `${i + 1} ${layer}`, reading, nodeClasses(graph, search, i + 1)),
      ),
    );
  }
  const estimate = found.estimates(options);
  const thoughts = Math.max(0, ...observations.flatMap((each) => each.layers.map((readings) => readings.length)));
  return {
    ...readoutHead('logit-lens', found, options),
    perThought: range(thoughts).map((i) => ({
      thought: i + 1,
      layers: range(layers).map((layer) => {
        const of = (name: string): Estimate => estimate(`${i + 1} ${layer} ${name}`);
        return {
          layer,
          auc: of('auc'),
          logitGap: of('logitGap'),
          frontierMass: of('frontierMass'),
          neverMass: of('neverMass'),
          nodeMass: of('nodeMass'),
        };
      }),
    })),
  };
}

function addReading(
  found: GraphEstimates,
  key: string,
  { logits, probabilities }: LensReading,
  classes: readonly NodeClass[],
): void {
  const [frontier, never] = [
    ['frontierOptimal', 'frontierOther'],
    ['otherRoot', 'unreachable'],
  ].map((names) => [...classes.keys()].filter((node) => names.includes(classes[node])));
  const sum = (values: readonly number[], nodes: readonly number[]): number =>
    nodes.reduce((total, node) => total + values[node], 0);
  if (frontier.length > 0) found.addMean(`${key} frontierMass`, sum(probabilities, frontier));
  if (never.length > 0) found.addMean(`${key} neverMass`, sum(probabilities, never));
  found.addMean(`${key} nodeMass`, sum(probabilities, [...classes.keys()]));
  if (frontier.length === 0 || never.length === 0) return;
  const nodes = [...frontier, ...never];
  found.addMean(
    `${key} auc`,
    auc(
      nodes.map((node) => logits[node]),
      nodes.map((_, i) => i < frontier.length),
    ),
  );
  found.addMean(`${key} logitGap`, sum(logits, frontier) / frontier.length - sum(logits, never) / never.length);
}
