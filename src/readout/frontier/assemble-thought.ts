import { NODE_CLASSES } from '../../graph/index.js';
import type { ClusterSums, Estimate } from '../../statistics/index.js';
import { AUC_CONTRAST_NAMES, AUC_CONTRASTS, PUBLISHED_GROUPS, type GroupKey } from '../kit/groups.js';
import type { RatioName, SumName } from './quantities.js';
import type { AucContrast, GroupReadout, ThoughtReadout } from './result.js';

/** All estimates of one thought by name. */
export interface ThoughtEstimates {
  readonly ratios: ReadonlyMap<RatioName, Estimate>;
  readonly pooled: ReadonlyMap<AucContrast, Estimate>;
}

/** Gives the estimates of one thought the form in which they are published. */
export function assembleThought(
  thought: number,
  sums: ClusterSums<SumName>,
  { ratios, pooled }: ThoughtEstimates,
): ThoughtReadout {
  const of = (name: RatioName): Estimate => required(ratios, name);
  const group = <Name extends string>(name: Name, key: GroupKey): GroupReadout<Name> => ({
    name,
    nodes: sums.total(`nodes:${key}`),
    probability: of(`probability:${key}`),
    logit: of(`logit:${key}`),
    mass: of(`mass:${key}`),
    size: of(`size:${key}`),
    tokens: of(`tokens:${key}`),
  });
  return {
    thought,
    items: sums.total('items'),
    graphs: sums.clustersWith('items'),
    classes: NODE_CLASSES.map((name) => group(name, name)),
    published: PUBLISHED_GROUPS.map((name) => group(name, `published:${name}`)),
    mass: {
      frontier: of('frontierMass'),
      expanded: of('mass:expanded'),
      later: of('mass:reachableLater'),
      never: of('neverMass'),
      offGraph: of('offGraphMass'),
    },
    breadth: {
      entropyBits: of('entropyBits'),
      effectiveNodes: of('effectiveNodes'),
      uniformWithin: { entropyBits: of('withinBits'), nodes: of('withinNodes') },
      uniformFrontier: { entropyBits: of('frontierBits'), nodes: of('frontierNodes') },
    },
    topOne: {
      inFrontier: { rate: of('inFrontier'), chance: of('inFrontierChance'), excess: of('inFrontierExcess') },
      reachesTarget: {
        rate: of('reachesTarget'),
        chance: of('reachesTargetChance'),
        excess: of('reachesTargetExcess'),
        lowestDegree: of('lowestDegree'),
        excessOverDegree: of('excessOverDegree'),
      },
    },
    auc: AUC_CONTRAST_NAMES.map((contrast) => ({
      contrast,
      ...AUC_CONTRASTS[contrast],
      withinGraph: of(`auc:${contrast}`),
      logitGap: of(`logitGap:${contrast}`),
      pooled: required(pooled, contrast),
      chance: 0.5,
    })),
  };
}

function required<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`no estimate was made of ${String(key)}`);
  return value;
}
