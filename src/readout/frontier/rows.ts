import type { Estimate } from '../../statistics/index.js';
import type { ReadoutRow } from '../kit/readout-rows.js';
import type { FrontierReadout, GroupReadout, ThoughtReadout } from './schema.js';

/** One number of the readout as a flat row, for CSV. Published groups are prefixed `published:`. */
export interface FrontierRow extends ReadoutRow {
  readonly thought: number;
}

/**
 * Every number of a readout as one flat row, for CSV and data frames; in the readout's order. Groups are the disjoint
 * classes, the published groups as `published:<name>`, `mass`, `breadth`, `topOne` and the contrasts.
 */
export function frontierRows(readout: FrontierReadout): FrontierRow[] {
  return readout.perThought.flatMap((thought) =>
    thoughtEstimates(thought).map(([group, quantity, { value, low, high, n, clusters }]) => ({
      thought: thought.thought,
      group,
      quantity,
      value,
      low,
      high,
      n,
      clusters,
    })),
  );
}

type Named = readonly [group: string, quantity: string, estimate: Estimate];

function thoughtEstimates({ classes, published, mass, breadth, topOne, auc }: ThoughtReadout): Named[] {
  return [
    ...classes.flatMap((group) => groupEstimates(group.name, group)),
    ...published.flatMap((group) => groupEstimates(`published:${group.name}`, group)),
    ...estimatesIn('mass', mass),
    ...estimatesIn('breadth', breadth),
    ...estimatesIn('topOne', topOne),
    ...auc.flatMap(({ contrast, withinGraph, pooled, logitGap }) =>
      estimatesIn(contrast, { auc: withinGraph, pooledAuc: pooled, logitGap }),
    ),
  ];
}

function groupEstimates(name: string, { probability, logit, mass, size, tokens }: GroupReadout): Named[] {
  return estimatesIn(name, { probability, logit, mass, size, tokens });
}

/** The estimates of an object of estimates and such objects, each named by its path: `uniformWithin.nodes`. */
function estimatesIn(group: string, tree: object, path = ''): Named[] {
  return Object.entries(tree as Readonly<Record<string, Estimate | object>>).flatMap(([key, value]) =>
    'clusters' in value ? [[group, path + key, value] as const] : estimatesIn(group, value, `${path}${key}.`),
  );
}
