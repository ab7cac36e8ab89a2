import { AUC_CONTRAST_NAMES, GROUP_KEYS, type GroupKey } from '../kit/groups.js';
import type { AucContrast } from './result.js';

/** The sums over the items of a graph that every estimate but the pooled AUC is a function of. */
export type SumName =
  | `${'mass' | 'logit' | 'nodes' | 'tokens' | 'itemsWith'}:${GroupKey}`
  | `${'auc' | 'logitGap' | 'contrastItems' | 'positiveItems' | 'negativeItems'}:${AucContrast}`
  | (typeof PLAIN_SUMS)[number];

const PLAIN_SUMS = [
  'items',
  'itemsWithFrontier',
  'itemsWithTargetAhead',
  'frontierMass',
  'neverMass',
  'offGraphMass',
  'entropyBits',
  'effectiveNodes',
  'withinBits',
  'withinNodes',
  'frontierBits',
  'frontierNodes',
  'inFrontier',
  'inFrontierChance',
  'inFrontierExcess',
  'reachesTarget',
  'reachesTargetChance',
  'reachesTargetExcess',
  'lowestDegree',
  'excessOverDegree',
] as const;

export const SUM_NAMES: readonly SumName[] = [
  ...PLAIN_SUMS,
  ...GROUP_KEYS.flatMap((key): SumName[] => [
    `mass:${key}`,
    `logit:${key}`,
    `nodes:${key}`,
    `tokens:${key}`,
    `itemsWith:${key}`,
  ]),
  ...AUC_CONTRAST_NAMES.flatMap((name): SumName[] => [
    `auc:${name}`,
    `logitGap:${name}`,
    `contrastItems:${name}`,
    `positiveItems:${name}`,
    `negativeItems:${name}`,
  ]),
];

/** An estimate that is a ratio of two sums; `items` is the sum that counts the items it rests on. */
export interface Ratio {
  readonly numerator: SumName;
  readonly denominator: SumName;
  readonly items: SumName;
}

/** Mean over those items that `items` counts. */
function perItem(numerator: SumName, items: SumName): Ratio {
  return { numerator, denominator: items, items };
}

/** Mean over the nodes of a group, each node of each item counting once. */
function perNode(sum: 'mass' | 'logit', key: GroupKey): Ratio {
  return { numerator: `${sum}:${key}`, denominator: `nodes:${key}`, items: `itemsWith:${key}` };
}

export type GroupQuantity = `${'probability' | 'logit' | 'mass' | 'size' | 'tokens'}:${GroupKey}`;

const PLAIN_RATIOS = {
  frontierMass: perItem('frontierMass', 'items'),
  neverMass: perItem('neverMass', 'items'),
  offGraphMass: perItem('offGraphMass', 'items'),
  entropyBits: perItem('entropyBits', 'items'),
  effectiveNodes: perItem('effectiveNodes', 'items'),
  withinBits: perItem('withinBits', 'items'),
  withinNodes: perItem('withinNodes', 'items'),
  frontierBits: perItem('frontierBits', 'itemsWithFrontier'),
  frontierNodes: perItem('frontierNodes', 'itemsWithFrontier'),
  inFrontier: perItem('inFrontier', 'itemsWithFrontier'),
  inFrontierChance: perItem('inFrontierChance', 'itemsWithFrontier'),
  inFrontierExcess: perItem('inFrontierExcess', 'itemsWithFrontier'),
  reachesTarget: perItem('reachesTarget', 'itemsWithTargetAhead'),
  reachesTargetChance: perItem('reachesTargetChance', 'itemsWithTargetAhead'),
  reachesTargetExcess: perItem('reachesTargetExcess', 'itemsWithTargetAhead'),
  lowestDegree: perItem('lowestDegree', 'itemsWithTargetAhead'),
  excessOverDegree: perItem('excessOverDegree', 'itemsWithTargetAhead'),
} satisfies Record<string, Ratio>;

export type RatioName = GroupQuantity | `${'auc' | 'logitGap'}:${AucContrast}` | keyof typeof PLAIN_RATIOS;

/** Every ratio of one thought, by name. */
export const RATIOS: ReadonlyMap<RatioName, Ratio> = new Map<RatioName, Ratio>([
  ...(Object.entries(PLAIN_RATIOS) as [keyof typeof PLAIN_RATIOS, Ratio][]),
  ...GROUP_KEYS.flatMap((key): [GroupQuantity, Ratio][] => [
    [`probability:${key}`, perNode('mass', key)],
    [`logit:${key}`, perNode('logit', key)],
    [`mass:${key}`, perItem(`mass:${key}`, 'items')],
    [`size:${key}`, perItem(`nodes:${key}`, 'items')],
    [`tokens:${key}`, perItem(`tokens:${key}`, 'items')],
  ]),
  ...AUC_CONTRAST_NAMES.flatMap((name): [RatioName, Ratio][] => [
    [`auc:${name}`, perItem(`auc:${name}`, `contrastItems:${name}`)],
    [`logitGap:${name}`, perItem(`logitGap:${name}`, `contrastItems:${name}`)],
  ]),
]);
