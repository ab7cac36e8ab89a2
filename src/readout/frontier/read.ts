import { NODE_CLASSES } from '../../graph/index.js';
import type { ThoughtRecord } from '../../recording/index.js';
import type { BootstrapOptions, Estimate } from '../../statistics/index.js';
import type { Reading } from '../kit/define-readout.js';
import { describeBootstrap, GraphEstimates } from '../kit/graph-estimates.js';
import { AUC_CONTRAST_NAMES, AUC_CONTRASTS, PUBLISHED_GROUPS, type GroupKey } from '../kit/groups.js';
import { range } from '../kit/readout-result.js';
import { addRecord } from './add-thought.js';
import { NamedReading } from './named-reading.js';
import type { FrontierReadout, GroupReadout, ThoughtReadout, TopOneReadout } from './schema.js';

/** How the intervals are to be made; the seed is required, because a number without one cannot be repeated. */
export type FrontierOptions = BootstrapOptions;

/**
 * Reads every continuous thought through the LM head and compares it with the state of breadth-first search: after
 * thought c the frontier is the set of nodes at depth c. Results are described in {@link FrontierReadout}.
 *
 * Records are read once, one at a time, and reduced to about two hundred sums per graph and thought and three numbers
 * per node and thought; no thought is kept. Graphs, with all items that ask about them, are the units of the
 * bootstrap, and all estimates share its resamples. Items may have different numbers of thoughts; each thought is
 * evaluated on the items that have it.
 *
 * @param records a recording's `records()`, or any other source; each may be reused once the next is asked for
 * @returns JSON-serialisable; `perThought` is empty where nothing was recorded
 * @throws LensError if a record's numbers are not finite, its probabilities do not add up to 1, or records were read
 * by different scorers
 * @throws RangeError if `resamples` or `level` is out of range
 */
export async function readFrontier(
  records: AsyncIterable<ThoughtRecord> | Iterable<ThoughtRecord>,
  options: FrontierOptions,
): Promise<FrontierReadout> {
  const reading = beginFrontier();
  for await (const record of records) reading.add(record);
  return reading.finish(options);
}

/** The same, with the records given one by one. */
export function beginFrontier(): Reading<ThoughtRecord, FrontierReadout> {
  const found = new GraphEstimates();
  const named = new NamedReading();
  let thoughts = 0;
  return {
    add(record) {
      named.add(record);
      addRecord(found, record);
      thoughts = Math.max(thoughts, record.count);
    },
    finish(options) {
      const estimate = found.estimates(options);
      return {
        kind: 'frontier',
        version: 1,
        ...named.describe(),
        items: found.items,
        graphs: found.graphs,
        thoughts,
        bootstrap: describeBootstrap(options),
        perThought: range(thoughts).map((i) => thoughtReadout(found, estimate, i + 1)),
      };
    },
  };
}

function thoughtReadout(found: GraphEstimates, estimate: (name: string) => Estimate, thought: number): ThoughtReadout {
  const of = (name: string): Estimate => estimate(`${thought} ${name}`);
  const group = <Name extends string>(name: Name, key: GroupKey): GroupReadout<Name> => ({
    name,
    nodes: found.totalOf(`${thought} nodes ${key}`),
    probability: of(`probability ${key}`),
    logit: of(`logit ${key}`),
    mass: of(`mass ${key}`),
    size: of(`size ${key}`),
    tokens: of(`tokens ${key}`),
  });
  const topOne = (name: string): TopOneReadout => ({
    rate: of(name),
    chance: of(`${name}Chance`),
    excess: of(`${name}Excess`),
  });
  // Every item that has this thought contributes to it.
  const offGraph = of('offGraphMass');
  return {
    thought,
    items: offGraph.n,
    graphs: offGraph.clusters,
    classes: NODE_CLASSES.map((name) => group(name, name)),
    published: PUBLISHED_GROUPS.map((name) => group(name, `published:${name}`)),
    mass: {
      frontier: of('frontierMass'),
      expanded: of('mass expanded'),
      later: of('mass reachableLater'),
      never: of('neverMass'),
      offGraph,
    },
    breadth: {
      entropyBits: of('entropyBits'),
      effectiveNodes: of('effectiveNodes'),
      uniformWithin: { entropyBits: of('withinBits'), nodes: of('withinNodes') },
      uniformFrontier: { entropyBits: of('frontierBits'), nodes: of('frontierNodes') },
    },
    topOne: {
      inFrontier: topOne('inFrontier'),
      reachesTarget: {
        ...topOne('reachesTarget'),
        lowestDegree: of('lowestDegree'),
        excessOverDegree: of('excessOverDegree'),
      },
    },
    auc: AUC_CONTRAST_NAMES.map((contrast) => ({
      contrast,
      ...AUC_CONTRASTS[contrast],
      withinGraph: of(`auc ${contrast}`),
      logitGap: of(`logitGap ${contrast}`),
      pooled: of(`pooled ${contrast}`),
      chance: 0.5,
    })),
  };
}
