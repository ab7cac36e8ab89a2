import { NODE_CLASSES } from '../../../src/graph/index.js';
import {
  AUC_CONTRASTS,
  BELIEF_CATEGORIES,
  PROCESS_CLASSES,
  PUBLISHED_GROUPS,
  type AucContrast,
  type EdgeAttentionReadout,
  type EntityBeliefReadout,
  type FrontierReadout,
  type GroupMean,
  type GroupMeans,
  type GroupReadout,
  type HeightReading,
  type HeightReadout,
  type InnerProductsReadout,
  type InterpolationReadout,
  type LogitLensReadout,
  type MediationReadout,
  type ParallelismReadout,
  type ParallelismScale,
  type PriorReading,
  type QuestionPriorReadout,
  type TreeReadout,
} from '../../../src/readout/index.js';
import type { Estimate } from '../../../src/statistics/index.js';

/** An estimate with an interval of this half width. */
export function estimate(value: number | null, half = 0.05, n = 40): Estimate {
  return value === null
    ? { value, low: null, high: null, n: 0, clusters: 0 }
    : { value, low: value - half, high: value + half, n, clusters: n - 2 };
}

export const HEAD = {
  version: 1,
  items: 40,
  graphs: 38,
  bootstrap: { method: 'percentile', unit: 'graph', resamples: 2000, level: 0.95, seed: 0 },
} as const;

function scale(top1: number): ParallelismScale {
  const curve = (from: number, to: number): number[] => [0, 50, 100].map((x) => from + ((to - from) * x) / 100);
  return {
    top1: estimate(top1),
    top2: estimate(top1 + 0.2),
    top3: estimate(top1 + 0.25),
    curves: { top1: curve(0.1, 0.6), top2: curve(0.3, 0.8), top3: curve(0.4, 0.8) },
    second: estimate(0.2),
    third: estimate(0.05),
  };
}

export const PARALLELISM: ParallelismReadout = {
  ...HEAD,
  kind: 'parallelism',
  scorer: 'sequence',
  percentiles: [0, 50, 100],
  perThought: [1, 2].map((thought) => ({
    thought,
    raw: scale(thought / 4),
    normalised: scale(thought / 4),
    uniform: { top1: estimate(1 / 3), second: estimate(0.3), third: estimate(0.3) },
  })),
};

function reading(shift: number): HeightReading {
  const correlation = { plain: estimate(0.1), partial: estimate(0.1) };
  return {
    byHeight: [0, 1, 2].map((height) => ({
      height,
      correct: estimate(height === 0 ? null : 0.2 * height + shift),
      incorrect: estimate(0.1 + shift, 0.02, 30),
      nodes: { correct: 50, incorrect: 60 },
    })),
    gap: estimate(0.2),
    gapAtEqualHeight: estimate(0.2),
    gapAtEqualHeightAndDescendants: estimate(0.2),
    correlation: { correct: correlation, incorrect: correlation },
  };
}

export const HEIGHT: HeightReadout = {
  ...HEAD,
  kind: 'height',
  scorer: 'sequence',
  perThought: [1, 2].map((thought) => ({ thought, items: 40, longest: reading(0), shortest: reading(0.1) })),
};

export const INTERPOLATION: InterpolationReadout = {
  ...HEAD,
  kind: 'interpolation',
  blindWalk: estimate(0.2),
  guessedEnding: estimate(0.45),
  perThought: [0, 1].map((thought) => {
    const shares = thought === 0 ? [0.5, 0, 0.25, 0.15, 0.08, 0.02] : [0, 0, 0, 0, 0.75, 0.25];
    const classes = Object.fromEntries(PROCESS_CLASSES.map((name, i) => [name, estimate(shares[i])]));
    return {
      thought,
      classes: classes as InterpolationReadout['perThought'][number]['classes'],
      answer: { right: estimate(0.6 + thought / 5), candidate: estimate(1) },
      nodes: estimate(3),
    };
  }),
};

function groups(thought: number): GroupMeans {
  const means = <Name extends string>(names: readonly Name[]): GroupMean<Name>[] =>
    names.map((name, i) => ({ name, members: 10, mean: estimate(thought - i / 2, 0.2) }));
  return { classes: means(NODE_CLASSES), published: means(PUBLISHED_GROUPS) };
}

export const INNER_PRODUCTS: InnerProductsReadout = {
  ...HEAD,
  kind: 'inner-products',
  perThought: [1, 2].map((thought) => ({
    thought,
    ...groups(thought),
    auc: Object.fromEntries(
      Object.keys(AUC_CONTRASTS).map((name) => [name, estimate(0.7)]),
    ) as InnerProductsReadout['perThought'][number]['auc'],
  })),
};

/** As it is written today; the one above is of a version that counted no values. Ten members: 4 below .5, 6 above 1. */
export const INNER_PRODUCTS_BINNED: InnerProductsReadout = {
  ...INNER_PRODUCTS,
  binEdges: [0, 0.5, 1, 1.5],
  perThought: INNER_PRODUCTS.perThought.map((after) => ({
    ...after,
    classes: after.classes.map((group, i) =>
      i === 1 ? { ...group, members: 0, counts: [0, 0, 0] } : { ...group, counts: [4, 0, 6] },
    ),
    published: after.published.map((group) => ({ ...group, counts: [10, 0, 0] })),
  })),
};

export const EDGE_ATTENTION: EdgeAttentionReadout = {
  ...HEAD,
  kind: 'edge-attention',
  layer: 1,
  heads: 4,
  perThought: [0, 1].map((thought) => ({
    thought,
    ...groups(thought),
    onEdges: estimate(0.8),
    even: estimate(0.1, 0),
  })),
};

function frontierGroups<Name extends string>(names: readonly Name[]): GroupReadout<Name>[] {
  return names.map((name) => ({
    name,
    nodes: 80,
    probability: estimate(0.1),
    logit: estimate(2),
    mass: estimate(0.2),
    size: estimate(2),
    tokens: estimate(2),
  }));
}

const TOP_ONE = { rate: estimate(0.75), chance: estimate(0.5, 0), excess: estimate(0.25) };

export const FRONTIER: FrontierReadout = {
  ...HEAD,
  kind: 'frontier',
  scorer: 'firstToken',
  prefix: 'thought c',
  candidates: 'the nodes',
  collisions: [],
  thoughts: 2,
  perThought: [1, 2].map((thought) => ({
    thought,
    items: 40,
    graphs: 38,
    classes: frontierGroups(NODE_CLASSES),
    published: frontierGroups(PUBLISHED_GROUPS),
    mass: {
      frontier: estimate(0.5),
      expanded: estimate(0.25),
      later: estimate(0.15),
      never: estimate(0),
      offGraph: estimate(0.1),
    },
    breadth: {
      entropyBits: estimate(1.5),
      effectiveNodes: estimate(3),
      uniformWithin: { entropyBits: estimate(2), nodes: estimate(4) },
      uniformFrontier: { entropyBits: estimate(1), nodes: estimate(2) },
    },
    topOne: {
      inFrontier: TOP_ONE,
      reachesTarget: { ...TOP_ONE, lowestDegree: estimate(0.6), excessOverDegree: estimate(0.15) },
    },
    auc: (Object.keys(AUC_CONTRASTS) as AucContrast[]).map((contrast) => ({
      contrast,
      ...AUC_CONTRASTS[contrast],
      withinGraph: estimate(0.8),
      logitGap: estimate(1.5),
      pooled: estimate(0.7),
      chance: 0.5,
    })),
  })),
};

export const TRAINING = [
  { phase: 'recall', total: 250, loss: 2, accuracy: 0.5 },
  { phase: 'recall', total: 500, loss: 1 },
  { phase: 'questions, all stages', total: 1000, loss: 0.5, accuracy: 0.9 },
];

export const ENTITY_BELIEF: EntityBeliefReadout = {
  ...HEAD,
  kind: 'entity-belief',
  perThought: [0, 1].map((thought) => ({
    thought,
    categories: BELIEF_CATEGORIES.map((name, i) => ({
      name,
      // After the last step no node is a next one.
      probability: estimate(name === 'correctNext' && thought === 1 ? null : 0.1 * (i + 1) + thought / 5),
      uniform: estimate(name === 'correctNext' && thought === 1 ? null : 0.25, 0),
    })),
    entropyBits: estimate(2 - thought),
    uniformBits: estimate(3, 0),
    targetMajority: estimate(0.25 + thought / 2),
    nodeMass: estimate(0.9),
  })),
};

function prior(target: number): PriorReading {
  return {
    target: estimate(target),
    decoy: estimate(target / 2),
    targetShare: estimate(2 / 3),
    targetAbove: estimate(0.75),
    targetMajority: estimate(0.05),
    frontier: estimate(0.6),
    frontierUniform: estimate(0.2, 0),
    entropyBits: estimate(1.5),
    nodeMass: estimate(0.95),
  };
}

export const QUESTION_PRIOR: QuestionPriorReadout = {
  ...HEAD,
  kind: 'question-prior',
  before: prior(0.1),
  answer: prior(0.5),
};

export const LOGIT_LENS: LogitLensReadout = {
  ...HEAD,
  kind: 'logit-lens',
  perThought: [1, 2].map((thought) => ({
    thought,
    layers: [0, 1, 2].map((layer) => ({
      layer,
      auc: estimate(layer === 0 && thought === 2 ? null : 0.5 + (layer - thought / 2) / 4),
      logitGap: estimate(layer - thought),
      frontierMass: estimate(0.25 * layer + 0.1),
      neverMass: estimate(0.2),
      nodeMass: estimate(0.9, 0),
    })),
  })),
};

export const MEDIATION: MediationReadout = {
  ...HEAD,
  kind: 'mediation',
  width: 64,
  tied: true,
  correct: estimate(0.9),
  used: estimate(0.5),
  pooled: mediated(0.8),
  perThought: [1, 3].map((thought) => ({ thought, ...mediated(thought / 4) })),
};

function mediated(full: number): MediationReadout['pooled'] {
  const effect = (share: number): MediationReadout['pooled']['bases'][number]['inside'] => ({
    fall: estimate(share * full),
    ofFull: estimate(share),
  });
  return {
    full: estimate(full),
    bases: (['head', 'random'] as const).map((name, i) => ({
      name,
      rank: { least: 12, greatest: 20 },
      share: estimate(0.6 - i / 2),
      inside: effect(0.75 - 0.75 * i),
      rest: effect(0.25 + 0.75 * i),
    })),
  };
}

/**
 * Two thoughts. `both` has two parents, `end` lies deeper than there are thoughts, `far` is not reached, and a name has to be
 * escaped.
 */
export const TREE: TreeReadout = {
  ...HEAD,
  kind: 'tree',
  scorer: 'sequence',
  perThought: [1, 2].map((thought) => ({
    thought,
    candidates: estimate(3, 0),
    candidateMass: estimate(0.8 - thought / 5),
    graphMass: estimate(0.9),
    highest: estimate(0.4),
    evenness: estimate(thought === 1 ? 0.7 : null),
    topCorrect: { rate: estimate(0.75), chance: estimate(0.5, 0), excess: estimate(0.25) },
  })),
  trees: [
    {
      id: 'first',
      names: ['root', 'right', '<wrong>', 'goal', 'both', 'end', 'far'],
      root: 0,
      target: 3,
      decoy: 6,
      depths: [0, 1, 1, 2, 2, 3, null],
      parents: [[], [0], [0], [1], [1, 2], [4], []],
      reachesTarget: [true, true, false, true, false, false, false],
      perThought: [
        { thought: 1, values: [0, 0.6, 0.2, 0.1, 0, 0, 0.05], normalised: [null, 0.75, 0.25, null, null, null, null] },
        { thought: 2, values: [0, 0, 0, 0.3, 0.1, 0, 0.2], normalised: [null, null, null, 0.75, 0.25, null, null] },
      ],
    },
  ],
};
