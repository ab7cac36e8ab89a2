import { z } from 'zod';
import { LensError } from '../errors.js';
import { SYMBOLIC_NODES } from '../tokenizer/index.js';
import { METHODS, type Method } from './methods/index.js';

const count = z.int().positive();
const share = z.number().min(0).max(1);

/** Graphs that are drawn while training goes on: every step sees new ones. */
export const graphsSchema = z.strictObject({
  /** Nodes drawn, before the isolated ones are dropped. */
  nodes: z.int().min(3).default(28),
  /** Least and greatest number of nodes that are left. */
  minNodes: z.int().nonnegative().default(0),
  minDepth: count.default(3),
  maxDepth: count.default(6),
  /** Greatest difference between the depths of decoy and target; absent: any, as in ProsQA. */
  depthGap: z.int().nonnegative().optional(),
  /**
   * `one`: the question that ProsQA would ask of a graph; `all`: any of the questions of its form, see
   * `prosqaQuestions`.
   */
  questions: z.enum(['one', 'all']).default('all'),
  /**
   * Whether the depth of a graph's deepest questions is drawn first, each of minDepth .. maxDepth as often, and every second
   * question is one of these; in random graphs deep targets are rare. Absent: no; it is no default that is filled in, as with
   * `dropout`.
   */
  balanced: z.boolean().optional(),
});

const phaseSchema = z.strictObject({
  name: z.string().min(1),
  /** `question`: what the method makes of questions. `recall`: edges, source then target, before any question. */
  task: z.enum(['question', 'recall']).default('question'),
  /** The stage of the curriculum. */
  stage: z.int().nonnegative().default(0),
  /** Share of questions whose stage is drawn from all, 0 .. the question's steps (`uniform_prob`). */
  uniformProb: share.default(0),
  /** Where questions come from; absent: the training items. */
  graphs: graphsSchema.optional(),
  /** Graphs per batch, and questions about each, which share its statements. */
  batchGraphs: count,
  batchQuestions: count.default(1),
  /** Batches per step. */
  accumulate: count.default(1),
  /** Steps, or passes over the training items. */
  steps: count.optional(),
  epochs: count.optional(),
  learningRate: z.number().positive(),
  /** Steps over which the learning rate rises from 0. */
  warmup: z.int().nonnegative().default(0),
  decay: z.enum(['none', 'linear', 'cosine']).default('none'),
  /** Whether AdamW's moments start anew with this phase. */
  resetOptimizer: z.boolean().default(false),
  /** Whether they start anew with each pass over the items, as the official code has it. */
  resetEveryEpoch: z.boolean().default(false),
  /** Whether the first token stands at a random position, so that short prompts train all positions. */
  randomOffsets: z.boolean().default(false),
  /** Ends the phase before its last step once this accuracy is reached on the validation questions. */
  until: share.optional(),
  /**
   * Ends the phase once so many measurements in a row brought no better accuracy on the validation questions. However it
   * ends, what was measured best is what is gone on with, and AdamW's moments start anew.
   */
  patience: count.optional(),
});

const configSchema = z.strictObject({
  method: z.enum(METHODS.map(({ name }) => name)),
  wording: z.enum(['symbolic', 'english']).default('symbolic'),
  model: z
    .strictObject({
      layers: count,
      heads: count,
      width: count,
      positions: count,
      /** Standard deviation of initial weights and embeddings. */
      deviation: z.number().positive(),
      /** Heads of the first layer that start as previous-token heads, see `initialWeights`. */
      previousTokenHeads: z.int().nonnegative().default(0),
    })
    .optional(),
  thoughts: z
    .strictObject({
      /** c: latent positions that replace one language step. */
      perStep: count.default(1),
      /** The last stage. */
      stages: z.int().nonnegative().default(6),
      /** Whether every question gets its stage's latent positions, also those with fewer steps. */
      padToMax: z.boolean().default(true),
      /** Whether no gradient flows through a thought. */
      detach: z.boolean().default(false),
      /** Whether every latent position predicts the step that it replaces, see `SequenceOptions`. */
      supervised: z.boolean().default(false),
    })
    .prefault({}),
  optimizer: z
    .strictObject({
      beta1: share.lt(1).default(0.9),
      beta2: share.lt(1).default(0.999),
      epsilon: z.number().positive().default(1e-8),
      weightDecay: z.number().nonnegative().default(0.01),
      decay: z.enum(['all', 'matrices']).default('all'),
      /** What updates the layers' matrices. Absent: AdamW, as all else; no default that is filled in, as with `dropout`. */
      matrices: z.enum(['adamw', 'muon']).optional(),
      maxNorm: z.number().positive().optional(),
    })
    .prefault({}),
  /**
   * The share of activations that GPT-2's dropout drops, the same at the embeddings, in attention patterns and on the
   * residual branches. Absent: none; it is no default that is filled in, so that trainings begun before there was
   * dropout can be gone on with.
   */
  dropout: z.union([z.literal(0), z.number().min(0.001).max(0.9)]).optional(),
  /** Node tokens: drawn anew for every question, or the item's own numbers, which tell a depth (literature: a cue). */
  ids: z.enum(['random', 'item']).default('random'),
  /** Orders in which an item's statements come: that many fixed ones, or a new one every time. */
  edgeOrders: z.union([count, z.literal('new')]).default('new'),
  phases: z.array(phaseSchema).min(1),
  /** Questions that accuracy is measured on, and how often, in steps. */
  validation: z.strictObject({ questions: count.default(200), every: count.default(250) }).prefault({}),
  /** Steps between checkpoints. */
  checkpointEvery: count.default(500),
  /** Steps between models that stay, in half precision, each a folder of its own. Absent: none does. */
  keepEvery: count.optional(),
});

/**
 * How a model is trained, every default filled in; the content of training.json.
 *
 * @interface
 */
export type TrainingConfig = z.infer<typeof configSchema>;
export type PhaseConfig = TrainingConfig['phases'][number];
export type GraphsConfig = z.infer<typeof graphsSchema>;

/**
 * Reads a training configuration and fills in its defaults.
 *
 * @param subject the file, for messages
 * @throws LensError naming every key that is missing, malformed, unknown, or contradicts another
 */
export function parseTrainingConfig(subject: string, value: unknown): TrainingConfig {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`);
    throw new LensError(subject, `not a training configuration (${problems.join('; ')})`, 'correct it', 'usage');
  }
  const config = parsed.data;
  const wrong = contradictions(config);
  if (wrong.length > 0) throw new LensError(subject, wrong.join('; '), 'correct it', 'usage');
  return config;
}

function contradictions({ model, phases, thoughts, wording, ids }: TrainingConfig): string[] {
  return [
    ...(model !== undefined && model.width % model.heads !== 0
      ? [`model.width is no multiple of model.heads (${model.width}, ${model.heads})`]
      : []),
    ...(model !== undefined && model.previousTokenHeads > model.heads
      ? [`model.previousTokenHeads is above model.heads (${model.previousTokenHeads}, ${model.heads})`]
      : []),
    ...phases.flatMap((phase) => {
      const where = `phase ${phase.name}`;
      const { graphs } = phase;
      return [
        ...(phase.stage > thoughts.stages
          ? [`${where} is at stage ${phase.stage}, beyond the last (thoughts.stages is ${thoughts.stages})`]
          : []),
        ...((phase.steps === undefined) === (phase.epochs === undefined)
          ? [`${where} needs either steps or epochs`]
          : []),
        ...(phase.epochs !== undefined && graphs !== undefined
          ? [`${where} draws its graphs, which have no epochs; give steps`]
          : []),
        ...(graphs === undefined ? [] : graphContradictions(where, phase, graphs, wording)),
        ...(phase.task === 'question' && graphs === undefined && phase.batchQuestions > 1
          ? [`${where} reads items, which have one question each (batchQuestions is ${phase.batchQuestions})`]
          : []),
        ...(phase.task === 'question' && graphs?.questions === 'one' && phase.batchQuestions > 1
          ? [`${where} asks one question of a graph (batchQuestions is ${phase.batchQuestions})`]
          : []),
        ...(wording === 'english' && (phase.batchQuestions > 1 || phase.task === 'recall')
          ? [`${where}: several questions on one graph, and recall, are for the symbolic wording`]
          : []),
      ];
    }),
    ...(wording === 'english' && ids === 'item' ? ["ids are the symbolic wording's"] : []),
  ];
}

function graphContradictions(
  where: string,
  { resetEveryEpoch }: PhaseConfig,
  { nodes, minNodes, minDepth, maxDepth }: GraphsConfig,
  wording: TrainingConfig['wording'],
): string[] {
  return [
    ...(resetEveryEpoch ? [`${where} draws its graphs, which have no epochs to reset the optimizer at`] : []),
    ...(minNodes > nodes ? [`${where} has graphs.minNodes above graphs.nodes (${minNodes}, ${nodes})`] : []),
    ...(minDepth > maxDepth ? [`${where} has graphs.minDepth above graphs.maxDepth (${minDepth}, ${maxDepth})`] : []),
    ...(wording === 'english' ? [`${where} draws its graphs, whose nodes have no English names; give items`] : []),
    ...(wording === 'symbolic' && nodes > SYMBOLIC_NODES
      ? [`${where} has graphs of more nodes than the symbolic wording can name (${nodes}, ${SYMBOLIC_NODES})`]
      : []),
  ];
}

/** The method of a configuration. */
export function methodOf({ method }: Pick<TrainingConfig, 'method'>): Method {
  const found = METHODS.find(({ name }) => name === method);
  if (found === undefined) throw new RangeError(`no method ${method}`);
  return found;
}
