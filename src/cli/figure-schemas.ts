import { z } from 'zod';
import { CONCLUSIONS, RULE_NAMES, VERDICTS } from '../claim/index.js';
import { NODE_CLASSES } from '../graph/index.js';
import {
  BELIEF_CATEGORIES,
  PROCESS_CLASSES,
  PUBLISHED_GROUPS,
  type Binned,
  type GroupMeans,
} from '../readout/index.js';

// What the figures need of results in files. More may stand there: later versions add fields.

const estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative(),
  clusters: z.int().nonnegative(),
});

const head = {
  version: z.literal(1),
  items: z.int().nonnegative(),
  graphs: z.int().nonnegative(),
  bootstrap: z.object({
    method: z.literal('percentile'),
    unit: z.literal('graph'),
    resamples: z.int(),
    level: z.number(),
    seed: z.union([z.number(), z.string()]),
  }),
};

const scorer = z.enum(['firstToken', 'sequence']);
const thought = z.int().nonnegative();

const curve = z.array(z.number().nullable());
const scale = z.object({
  top1: estimate,
  top2: estimate,
  top3: estimate,
  curves: z.object({ top1: curve, top2: curve, top3: curve }),
  second: estimate,
  third: estimate,
});

export const parallelismSchema = z.object({
  ...head,
  kind: z.literal('parallelism'),
  scorer: scorer.nullable(),
  percentiles: z.array(z.number()),
  perThought: z.array(
    z.object({
      thought,
      raw: scale,
      normalised: scale,
      uniform: z.object({ top1: estimate, second: estimate, third: estimate }),
    }),
  ),
});

const correlation = z.object({ plain: estimate, partial: estimate });
const reading = z.object({
  byHeight: z.array(
    z.object({
      height: z.int(),
      correct: estimate,
      incorrect: estimate,
      nodes: z.object({ correct: z.int(), incorrect: z.int() }),
    }),
  ),
  gap: estimate,
  gapAtEqualHeight: estimate,
  gapAtEqualHeightAndDescendants: estimate,
  correlation: z.object({ correct: correlation, incorrect: correlation }),
});

export const heightSchema = z.object({
  ...head,
  kind: z.literal('height'),
  perThought: z.array(z.object({ thought, items: z.int(), longest: reading, shortest: reading })),
});

export const interpolationSchema = z.object({
  ...head,
  kind: z.literal('interpolation'),
  blindWalk: estimate,
  guessedEnding: estimate,
  perThought: z.array(
    z.object({
      thought,
      classes: z.record(z.enum(PROCESS_CLASSES), estimate),
      answer: z.object({ right: estimate, candidate: estimate }),
      nodes: estimate,
    }),
  ),
});

const group = { members: z.int(), mean: estimate, counts: z.array(z.int()).optional() };
const groups = {
  thought,
  published: z.array(z.object({ name: z.enum(PUBLISHED_GROUPS), ...group })),
  classes: z.array(z.object({ name: z.enum(NODE_CLASSES), ...group })),
};
/** Results of older versions count no values. */
const binEdges = z.array(z.number()).optional();

function countsFit({ binEdges: edges, perThought }: Binned & { readonly perThought: readonly GroupMeans[] }): boolean {
  const bins = edges === undefined ? undefined : Math.max(0, edges.length - 1);
  return perThought.every((after) =>
    [...after.published, ...after.classes].every(({ counts }) => counts?.length === bins),
  );
}
const OTHER_BINS = 'counts of other bins than there are edges';

export const innerProductsSchema = z
  .object({ ...head, kind: z.literal('inner-products'), binEdges, perThought: z.array(z.object(groups)) })
  .refine(countsFit, OTHER_BINS);

export const edgeAttentionSchema = z
  .object({
    ...head,
    kind: z.literal('edge-attention'),
    layer: z.int().nullable(),
    heads: z.int().nullable(),
    binEdges,
    perThought: z.array(z.object({ ...groups, onEdges: estimate, even: estimate })),
  })
  .refine(countsFit, OTHER_BINS);

export const entityBeliefSchema = z.object({
  ...head,
  kind: z.literal('entity-belief'),
  perThought: z.array(
    z.object({
      thought,
      categories: z.array(z.object({ name: z.enum(BELIEF_CATEGORIES), probability: estimate, uniform: estimate })),
      entropyBits: estimate,
      uniformBits: estimate,
      targetMajority: estimate,
      nodeMass: estimate,
    }),
  ),
});

export const logitLensSchema = z.object({
  ...head,
  kind: z.literal('logit-lens'),
  perThought: z.array(
    z.object({
      thought,
      layers: z.array(
        z.object({
          layer: z.int().nonnegative(),
          auc: estimate,
          logitGap: estimate,
          frontierMass: estimate,
          neverMass: estimate,
          nodeMass: estimate,
        }),
      ),
    }),
  ),
});

const prior = z.object({
  target: estimate,
  decoy: estimate,
  targetShare: estimate,
  targetAbove: estimate,
  targetMajority: estimate,
  frontier: estimate,
  frontierUniform: estimate,
  entropyBits: estimate,
  nodeMass: estimate,
});

export const questionPriorSchema = z.object({
  ...head,
  kind: z.literal('question-prior'),
  before: prior,
  answer: prior,
});

const node = z.int().nonnegative();

const valueTree = z
  .object({
    id: z.string(),
    names: z.array(z.string()),
    root: node,
    target: node,
    decoy: node,
    depths: z.array(node.nullable()),
    parents: z.array(z.array(node)),
    reachesTarget: z.array(z.boolean()),
    perThought: z.array(z.object({ thought, values: z.array(z.number()), normalised: z.array(z.number().nullable()) })),
  })
  .refine(
    ({ names, root, target, decoy, depths, parents, reachesTarget, perThought }) =>
      [depths, parents, reachesTarget, ...perThought.flatMap((after) => [after.values, after.normalised])].every(
        ({ length }) => length === names.length,
      ) && [root, target, decoy].every((own) => own < names.length),
    'numbers of other nodes than there are names',
  )
  .refine(
    ({ depths, parents }) =>
      parents.every(
        (own, i) =>
          new Set(own).size === own.length && own.every((from) => (depths.at(from) ?? NaN) + 1 === depths.at(i)),
      ),
    'a parent that is not one step nearer to the root',
  );

export const treeSchema = z.object({
  ...head,
  kind: z.literal('tree'),
  scorer: scorer.nullable(),
  perThought: z.array(
    z.object({
      thought,
      candidates: estimate,
      candidateMass: estimate,
      graphMass: estimate,
      highest: estimate,
      evenness: estimate,
      topCorrect: z.object({ rate: estimate, chance: estimate, excess: estimate }),
    }),
  ),
  trees: z.array(valueTree),
});

export const frontierSchema = z.object({
  ...head,
  kind: z.literal('frontier'),
  scorer,
  perThought: z.array(
    z.object({
      thought,
      mass: z.object({ frontier: estimate, expanded: estimate, later: estimate, never: estimate, offGraph: estimate }),
    }),
  ),
});

const conclusion = {
  verdict: z.enum(CONCLUSIONS),
  rule: z.enum(RULE_NAMES),
};

export const calibrationSchema = z.object({
  kind: z.literal('calibration'),
  version: z.literal(1),
  items: z.int(),
  cells: z.array(
    z.object({
      model: z.string(),
      truth: z.string(),
      seed: z.int(),
      expected: z.object({
        ...conclusion,
        verdict: z.enum(['supports', 'contradicts']),
        memory: z.string().optional(),
      }),
      conclusion: z.object({ ...conclusion, memory: z.string().nullable() }),
      findings: z.array(
        z.object({
          id: z.string(),
          verdict: z.enum(VERDICTS),
        }),
      ),
    }),
  ),
});

/** A line of metrics.jsonl. */
export const metricsSchema = z.object({
  phase: z.string(),
  total: z.int().nonnegative(),
  loss: z.number(),
  accuracy: z.number().optional(),
});

export const probeMatrixSchema = z.object({
  ...head,
  kind: z.literal('probe-matrix'),
  probe: z.string(),
  question: z.string(),
  cells: z.array(z.object({ thought, step: thought, selectivity: estimate })),
  diagonality: z.object({ estimate, p: z.number().nullable() }),
});
