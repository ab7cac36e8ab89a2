import { z } from 'zod';
import { LensError } from '../errors.js';
import { ASSUMABLE } from './assumptions.js';
import type { Assumptions } from './assumptions.js';
import { refuseForeignConfig } from './foreign-config.js';
import { hasLatentMarkers } from './latent-markers.js';
import { describeIssues } from './messages.js';

/**
 * What a checkpoint says about itself as a Coconut model: the optional `coconut` block of config.json, a key of our
 * own. In the file:
 *
 *     "coconut": {
 *       "c_thought": 1,                                         optional
 *       "constructed": "bfs",                                   optional
 *       "format": "symbolic",
 *       "latent_names": { "end": "<eot>", "latent": "<thought>", "start": "<bot>" },   optional
 *       "latent_tokens": { "end": 32, "latent": 33, "start": 31 },   optional without markers
 *       "method": "constructed",
 *       "pad_latent_to_max": true,                              optional
 *       "stage": 6,                                             optional
 *       "thoughts": 6,
 *       "tokenizer": "symbols",                                 optional
 *       "uniform_prob": 0.05                                    optional
 *     }
 *
 * A key it does not know is refused: a misspelt one would be lost without notice.
 */
export interface CoconutConfig {
  /** The wording of prompts the model was trained on or built for. */
  readonly format: 'symbolic' | 'english';
  /** How the weights came to be: `coconut`, `cot`, `no-cot`, `pause`, `constructed`, ... Not a closed list. */
  readonly method: string;
  /** The number of continuous thoughts k that the model was trained with or built for. */
  readonly thoughts: number;
  /**
   * Token ids of `<|start-latent|>`, `<|latent|>` and `<|end-latent|>`: distinct, below the vocabulary size. Absent only
   * where the method has no latent markers (`hasLatentMarkers`).
   */
  readonly latentTokens?: { readonly start: number; readonly latent: number; readonly end: number };
  /** What the tokenizer calls them, where not `<|start-latent|>`, `<|latent|>` and `<|end-latent|>`. */
  readonly latentNames?: { readonly start: string; readonly latent: string; readonly end: string };
  /** Name of the construction, for weights built by hand. */
  readonly constructed?: string;
  /** Share of training examples drawn from a uniformly chosen stage (`uniform_prob` of facebookresearch/coconut). */
  readonly uniformProb?: number;
  /** The last stage of the curriculum the weights have seen: language steps replaced by thoughts. */
  readonly stage?: number;
  /** Thoughts that replace one language step (`c_thought`). */
  readonly cThought?: number;
  /** Whether every prompt was given the most thoughts, whatever its own number of steps (`pad_latent_to_max`). */
  readonly padLatentToMax?: boolean;
  /** A tokenizer that is built in; absent where the folder holds the tokenizer's files or the wording has its own. */
  readonly tokenizer?: 'gpt2' | 'symbols';
}

/** The hyperparameters of a GPT-2 as in a Hugging Face config.json, with defaults resolved. */
export interface Gpt2Config {
  /** Rows of the token embedding (`vocab_size`). */
  readonly vocabSize: number;
  /** Rows of the position embedding: the longest input (`n_positions`, `n_ctx` in old files). */
  readonly nPositions: number;
  /** Width d of the residual stream (`n_embd`), a multiple of `nHead`. */
  readonly nEmbd: number;
  readonly nLayer: number;
  readonly nHead: number;
  /** Width of the MLP's hidden layer (`n_inner`; null in the file means 4 `n_embd`). */
  readonly nInner: number;
  /** Added to the variance inside every LayerNorm. */
  readonly layerNormEpsilon: number;
  /** True: the LM head is the token embedding `wte.weight`. False: it is `lm_head.weight`. */
  readonly tieWordEmbeddings: boolean;
  readonly coconut?: CoconutConfig;
  /** What nothing in the checkpoint showed at import, with the grounds (`coconut_assumed`, a key of our own). */
  readonly assumed?: Assumptions;
}

/** Far above any GPT-2; keeps a corrupt n_layer from asking for billions of tensor names. */
const MAX_LAYERS = 10_000;

const count = z.int().positive();
const tokenId = z.int().nonnegative();
const tokenName = z.string().min(1);

const coconutSchema = z.strictObject({
  format: z.enum(['symbolic', 'english']),
  method: z.string().min(1),
  thoughts: z.int().nonnegative(),
  latent_tokens: z.strictObject({ start: tokenId, latent: tokenId, end: tokenId }).optional(),
  latent_names: z.strictObject({ start: tokenName, latent: tokenName, end: tokenName }).optional(),
  constructed: z.string().min(1).optional(),
  uniform_prob: z.number().min(0).max(1).optional(),
  stage: z.int().nonnegative().optional(),
  c_thought: z.int().nonnegative().optional(),
  pad_latent_to_max: z.boolean().optional(),
  tokenizer: z.enum(['gpt2', 'symbols']).optional(),
});

/**
 * Keys that change the computation are pinned to the values this project computes; keys that do not (dropout, task
 * heads, ...) may be there and are not read.
 */
const configSchema = z.looseObject({
  model_type: z.literal('gpt2'),
  vocab_size: count,
  n_positions: count.optional(),
  n_ctx: count.optional(),
  n_embd: count,
  n_layer: count.max(MAX_LAYERS),
  n_head: count,
  n_inner: count.nullish(),
  layer_norm_epsilon: z.number().positive().default(1e-5),
  // Two names of one function, GELU by tanh.
  activation_function: z.enum(['gelu_new', 'gelu_pytorch_tanh']).default('gelu_new'),
  tie_word_embeddings: z.boolean().default(true),
  scale_attn_weights: z.literal(true).optional(),
  scale_attn_by_inverse_layer_idx: z.literal(false).optional(),
  // The same in float32, in which everything is computed here.
  reorder_and_upcast_attn: z.boolean().optional(),
  add_cross_attention: z.literal(false).optional(),
  coconut: coconutSchema.optional(),
  coconut_assumed: z.partialRecord(z.enum(ASSUMABLE), z.string().min(1)).optional(),
});

/** Keys whose values other than those above are another computation, not a mistake. */
const COMPUTATIONS = [
  'activation_function',
  'scale_attn_weights',
  'scale_attn_by_inverse_layer_idx',
  'add_cross_attention',
];

/**
 * Validates the parsed content of a Hugging Face GPT-2 config.json.
 *
 * @param subject the file, for messages
 * @throws LensError listing every key that is missing, malformed or asks for a computation this project does not do
 */
export function parseGpt2Config(subject: string, value: unknown): Gpt2Config {
  refuseForeignConfig(subject, value);
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    if (parsed.error.issues.every(({ path }) => path[0] === 'coconut')) {
      // Transformers never writes the block, so its config.json is no way out.
      const problem = `the "coconut" block is not as expected (${describeIssues(parsed.error)})`;
      throw new LensError(subject, problem, 'correct it; docs/files.md says what it holds');
    }
    const isOther = parsed.error.issues.every(({ path }) => COMPUTATIONS.includes(String(path[0])));
    throw new LensError(
      subject,
      `not a GPT-2 configuration this project can run (${describeIssues(parsed.error)})`,
      isOther
        ? 'a model that was trained so computes something else than what is computed here: train one with the defaults of GPT2Config'
        : 'use the config.json that Hugging Face transformers saves with a GPT2LMHeadModel',
    );
  }
  const file = parsed.data;
  const nPositions = file.n_positions ?? file.n_ctx;
  if (nPositions === undefined) {
    throw new LensError(
      subject,
      'the number of positions is missing (neither n_positions nor n_ctx)',
      'add n_positions',
    );
  }
  const config: Gpt2Config = {
    vocabSize: file.vocab_size,
    nPositions,
    nEmbd: file.n_embd,
    nLayer: file.n_layer,
    nHead: file.n_head,
    nInner: file.n_inner ?? 4 * file.n_embd,
    layerNormEpsilon: file.layer_norm_epsilon,
    tieWordEmbeddings: file.tie_word_embeddings,
    ...(file.coconut && { coconut: coconutFromFile(file.coconut) }),
    ...(file.coconut_assumed && { assumed: file.coconut_assumed }),
  };
  checkGpt2Config(subject, config);
  return config;
}

function coconutFromFile(file: z.infer<typeof coconutSchema>): CoconutConfig {
  return {
    format: file.format,
    method: file.method,
    thoughts: file.thoughts,
    ...(file.latent_tokens !== undefined && { latentTokens: file.latent_tokens }),
    ...(file.latent_names !== undefined && { latentNames: file.latent_names }),
    ...(file.constructed !== undefined && { constructed: file.constructed }),
    ...(file.uniform_prob !== undefined && { uniformProb: file.uniform_prob }),
    ...(file.stage !== undefined && { stage: file.stage }),
    ...(file.c_thought !== undefined && { cThought: file.c_thought }),
    ...(file.pad_latent_to_max !== undefined && { padLatentToMax: file.pad_latent_to_max }),
    ...(file.tokenizer !== undefined && { tokenizer: file.tokenizer }),
  };
}

/** What no single key can show. */
function checkGpt2Config(subject: string, config: Gpt2Config): void {
  const { nEmbd, nHead, vocabSize, coconut } = config;
  if (nEmbd % nHead !== 0) {
    throw new LensError(
      subject,
      `n_embd (${nEmbd}) is not a multiple of n_head (${nHead})`,
      'correct the one that does not belong to these weights',
    );
  }
  if (coconut === undefined) return;
  const { method, latentTokens } = coconut;
  if (latentTokens === undefined) {
    if (!hasLatentMarkers(method)) return;
    throw new LensError(
      subject,
      `coconut.latent_tokens are missing, and the method reads them (${method})`,
      'give the ids under which they were added to the tokenizer, or the method (cot, no-cot, no-thoughts) that has none',
    );
  }
  const ids = [latentTokens.start, latentTokens.latent, latentTokens.end];
  const outside = ids.find((id) => id >= vocabSize);
  if (outside !== undefined) {
    throw new LensError(
      subject,
      `a token id of coconut.latent_tokens (${outside}) is outside the vocabulary (vocab_size ${vocabSize})`,
      'give the ids under which the latent tokens were added to the tokenizer',
    );
  }
  if (new Set(ids).size < ids.length) {
    throw new LensError(
      subject,
      `coconut.latent_tokens are not distinct (${ids.join(', ')})`,
      'give each of start, latent and end its own id',
    );
  }
}

/**
 * The text of config.json: two-space JSON, keys in alphabetical order as Hugging Face writes them, newline at the
 * end. The same configuration always gives the same bytes.
 *
 * @param subject the file, for messages
 * @throws LensError if `parseGpt2Config` would not read it back
 */
export function formatGpt2Config(subject: string, config: Gpt2Config): string {
  const file = {
    activation_function: 'gelu_new',
    architectures: ['GPT2LMHeadModel'],
    ...(config.coconut && { coconut: coconutToFile(config.coconut) }),
    ...(config.assumed && { coconut_assumed: config.assumed }),
    layer_norm_epsilon: config.layerNormEpsilon,
    model_type: 'gpt2',
    n_embd: config.nEmbd,
    n_head: config.nHead,
    n_inner: config.nInner,
    n_layer: config.nLayer,
    n_positions: config.nPositions,
    tie_word_embeddings: config.tieWordEmbeddings,
    vocab_size: config.vocabSize,
  };
  parseGpt2Config(subject, file);
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function coconutToFile(coconut: CoconutConfig): z.infer<typeof coconutSchema> {
  const { latentTokens: tokens, latentNames: texts } = coconut;
  return {
    ...(coconut.cThought !== undefined && { c_thought: coconut.cThought }),
    ...(coconut.constructed !== undefined && { constructed: coconut.constructed }),
    format: coconut.format,
    ...(texts !== undefined && { latent_names: { end: texts.end, latent: texts.latent, start: texts.start } }),
    ...(tokens !== undefined && { latent_tokens: { end: tokens.end, latent: tokens.latent, start: tokens.start } }),
    method: coconut.method,
    ...(coconut.padLatentToMax !== undefined && { pad_latent_to_max: coconut.padLatentToMax }),
    ...(coconut.stage !== undefined && { stage: coconut.stage }),
    thoughts: coconut.thoughts,
    ...(coconut.tokenizer !== undefined && { tokenizer: coconut.tokenizer }),
    ...(coconut.uniformProb !== undefined && { uniform_prob: coconut.uniformProb }),
  };
}
