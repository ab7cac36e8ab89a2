import type { Estimate } from '../statistics/index.js';
import type { FrontierReadout, FrontierRow, GroupReadout, ThoughtReadout } from './frontier-readout.js';

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
  const { inFrontier, reachesTarget } = topOne;
  return [
    ...classes.flatMap((group) => groupEstimates(group.name, group)),
    ...published.flatMap((group) => groupEstimates(`published:${group.name}`, group)),
    ['mass', 'frontier', mass.frontier],
    ['mass', 'expanded', mass.expanded],
    ['mass', 'later', mass.later],
    ['mass', 'unreachable', mass.unreachable],
    ['mass', 'offGraph', mass.offGraph],
    ['breadth', 'entropyBits', breadth.entropyBits],
    ['breadth', 'effectiveNodes', breadth.effectiveNodes],
    ['breadth', 'uniformWithin.entropyBits', breadth.uniformWithin.entropyBits],
    ['breadth', 'uniformWithin.nodes', breadth.uniformWithin.nodes],
    ['breadth', 'uniformFrontier.entropyBits', breadth.uniformFrontier.entropyBits],
    ['breadth', 'uniformFrontier.nodes', breadth.uniformFrontier.nodes],
    ['topOne', 'inFrontier.rate', inFrontier.rate],
    ['topOne', 'inFrontier.chance', inFrontier.chance],
    ['topOne', 'inFrontier.excess', inFrontier.excess],
    ['topOne', 'reachesTarget.rate', reachesTarget.rate],
    ['topOne', 'reachesTarget.chance', reachesTarget.chance],
    ['topOne', 'reachesTarget.excess', reachesTarget.excess],
    ['topOne', 'reachesTarget.lowestDegree', reachesTarget.lowestDegree],
    ['topOne', 'reachesTarget.excessOverDegree', reachesTarget.excessOverDegree],
    ...auc.flatMap(({ contrast, withinGraph, pooled, logitGap }): Named[] => [
      [contrast, 'auc', withinGraph],
      [contrast, 'pooledAuc', pooled],
      [contrast, 'logitGap', logitGap],
    ]),
  ];
}

function groupEstimates(name: string, { probability, logit, mass, size }: GroupReadout): Named[] {
  return [
    [name, 'probability', probability],
    [name, 'logit', logit],
    [name, 'mass', mass],
    [name, 'size', size],
  ];
}
