import { LensError } from '../errors.js';
import {
  embed,
  embedThoughts,
  identityTap,
  logits,
  MASKED,
  pass,
  tokenEmbedding,
  type Gpt2Parameters,
  type PassConfig,
  type PassResult,
  type Segment,
} from '../model/index.js';
import { ops, type Scalar, type Tensor } from '../tensor/index.js';
import type { PassTaps } from './dropout.js';

/** The label of a position whose prediction is not trained. */
export const IGNORED = -1;

/**
 * What stands at the latent positions. `thought`: the hidden state before it, fed back (Coconut). `detached`: the same,
 * but no gradient flows through it. `pause`: the embedding of one learned token, all in one pass. `pause-passes`: the
 * same token, one pass for each, the computation of Coconut without its recurrence.
 */
export type LatentInput = 'thought' | 'detached' | 'pause' | 'pause-passes';

/** How the latent positions are computed. */
export interface LatentOptions {
  /** k: the most latent positions of a sequence. */
  readonly thoughts: number;
  /** Default `thought`. */
  readonly input?: LatentInput | undefined;
  /** The learned token of `pause` and `pause-passes`. */
  readonly pauseToken?: number | undefined;
}

/**
 * One batch of Q training sequences on G prompts: prompt, its opening, k latent positions, then a suffix in language
 * mode. Sequences r * Q / G .. (r + 1) * Q / G - 1 share prompt r, which is computed once. Whoever makes a batch checks
 * that what has a label fits the model's positions, a program cannot.
 */
export interface TrainingBatch {
  /** int32 [G, P]. Without openings G = Q, and it ends at the position whose hidden state is thought 1. */
  readonly prompt: Tensor;
  /** int32 [G, P]. Absent: counted from 0. */
  readonly promptPositions?: Tensor | undefined;
  /** [G, P], additive: `MASKED` at padding. Absent: there is none. */
  readonly promptMask?: Tensor | undefined;
  /** int32 [Q, 1]: the position right after each sequence's prompt. Absent: P. */
  readonly start?: Tensor | undefined;
  /** int32 [Q, O]: what each sequence reads after the shared prompt. */
  readonly opening?: Tensor | undefined;
  /** int32 [Q, 1]: how many latent positions each sequence has, at most k. Absent: k. */
  readonly counts?: Tensor | undefined;
  /** int32 [Q, S]: tokens after the latent positions; padding at the right has ignored labels. */
  readonly suffix: Tensor;
  /**
   * int32: the token that each position should predict, or `IGNORED`; [Q, S] for the suffix alone, or [Q, 1 + k + S]
   * for the last position of the prompt, the k latent positions and the suffix. With a last axis [.., M]: up to M tokens,
   * each as often; `IGNORED` fills up.
   */
  readonly labels: Tensor;
}

/** Latent mode as far as it has come. */
interface Latent {
  /** Hidden states [Q, 1, d] at the prompt's last position and at the latent positions read so far. */
  readonly hidden: readonly Tensor[];
  readonly past: readonly Segment[];
  /** Inputs [Q, n, d] at latent positions that are still to be read, with the suffix. */
  readonly pending: readonly Tensor[];
}

/** Where the positions of a batch lie. */
interface Places {
  readonly rows: number;
  /** [Q, n] positions of the n places from `from` on, counted after the opening, and `shift` [Q, 1] further on. */
  at(from: number, n: number, shift?: Tensor): Tensor;
}

/** Appends the keys and values of a pass to a segment. */
function extend(segment: Segment | undefined, result: PassResult): Segment {
  if (segment === undefined) return { keys: result.keys, values: result.values };
  const join = (before: readonly Tensor[], after: readonly Tensor[]): Tensor[] =>
    before.map((tensor, layer) => ops.concat([tensor, after[layer]], 2));
  return { keys: join(segment.keys, result.keys), values: join(segment.values, result.values) };
}

const steps = (from: number, n: number): Tensor => ops.reshape(ops.range(from, from + n, 1, 'int32'), [1, n]);

/** Reads the prompts and the openings. */
function readPrompts(
  parameters: Gpt2Parameters,
  config: PassConfig,
  batch: TrainingBatch,
  tapOf: PassTaps,
): { result: PassResult; past: Segment[]; places: Places } {
  const { prompt, promptMask, opening } = batch;
  const [graphs, length] = prompt.shape;
  const rows = batch.suffix.shape[0];
  const promptPositions = batch.promptPositions ?? ops.tile(steps(0, length), [graphs, 1]);
  const start = batch.start ?? ops.fill([rows, 1], length, 'int32');
  const last = { readPositions: 'last' } as const;
  const x = embed(parameters, prompt, promptPositions);
  let result = pass(parameters, config, x, { past: [], mask: promptMask }, last, tapOf('prompt'));
  const past: Segment[] = [{ keys: result.keys, values: result.values, mask: promptMask }];
  const openingLength = opening?.shape[1] ?? 0;
  if (opening !== undefined) {
    const own = embed(parameters, opening, ops.add(start, steps(0, openingLength)));
    result = pass(parameters, config, own, { past }, last, tapOf('opening'));
    past.push({ keys: result.keys, values: result.values });
  }
  // Padding may reach beyond the last position that the model has; what is read there has no label and no reader.
  const end = ops.scalar((parameters['wpe.weight'].shape[0] ?? 0) - 1, 'int32');
  const at = (from: number, n: number, shift?: Tensor): Tensor => {
    const first = shift === undefined ? start : ops.add(start, shift);
    return ops.minimum(ops.add(first, steps(openingLength + from, n)), end);
  };
  return { result, past, places: { rows, at } };
}

/** Latent mode: one pass for every thought but the last, which is read with the suffix; pauses need none. */
function think(
  parameters: Gpt2Parameters,
  config: PassConfig,
  { result: first, past, places }: ReturnType<typeof readPrompts>,
  { thoughts, input = 'thought', pauseToken }: LatentOptions,
  tapOf: PassTaps,
): Latent {
  const pause = (c: number): Tensor => {
    if (pauseToken === undefined) throw new LensError('pause token', 'not given', 'name its id', 'usage');
    const ids = ops.fill([places.rows, 1], pauseToken, 'int32');
    return embedThoughts(parameters, tokenEmbedding(parameters, ids), places.at(c, 1));
  };
  if (input === 'pause') {
    return { hidden: [first.hidden], past, pending: Array.from({ length: thoughts }, (_, c) => pause(c)) };
  }
  const next = (hidden: Tensor, c: number): Tensor => {
    if (input === 'pause-passes') return pause(c);
    return embedThoughts(parameters, input === 'detached' ? ops.stopGradient(hidden) : hidden, places.at(c, 1));
  };
  let result = first;
  let latent: Segment | undefined;
  const hidden = [first.hidden];
  const seen = (): Segment[] => (latent === undefined ? [...past] : [...past, latent]);
  for (let c = 0; c < thoughts - 1; c++) {
    const context = { past: seen() };
    result = pass(parameters, config, next(result.hidden, c), context, undefined, tapOf(`latent ${c}`));
    latent = extend(latent, result);
    hidden.push(result.hidden);
  }
  return { hidden, past: seen(), pending: thoughts === 0 ? [] : [next(result.hidden, thoughts - 1)] };
}

/**
 * [Q, 1, n + S, all keys], additive, for a last pass over n pending latent positions and S of the suffix: a suffix sees
 * only as many latent positions as its sequence has.
 */
function suffixBias(batch: TrainingBatch, counts: Tensor, thoughts: number, pending: number, keys: number): Tensor {
  const [rows, length] = batch.suffix.shape;
  const queries = pending + length;
  const before = keys - thoughts;
  const prompt =
    batch.promptMask === undefined
      ? ops.zeros([rows, queries, batch.prompt.shape[1] ?? 0])
      : ops.reshape(ops.tile(ops.expandDims(batch.promptMask, 1), [1, (rows / batch.prompt.shape[0]) * queries, 1]), [
          rows,
          queries,
          batch.prompt.shape[1] ?? 0,
        ]);
  const opening = ops.zeros([rows, queries, before - (batch.prompt.shape[1] ?? 0)]);
  // [Q, 1, k]: a latent position beyond a sequence's own number is not seen from its suffix.
  const hidden = ops.mul(ops.cast(ops.lessEqual(counts, steps(0, thoughts)), 'float32'), MASKED);
  const fromSuffix = ops.tile(ops.expandDims(hidden, 1), [1, length, 1]);
  const read = thoughts - pending;
  const future = (n: number, offset: number, width: number): Tensor => {
    const mask = new Float32Array(n * width);
    for (let q = 0; q < n; q++) mask.fill(2 * MASKED, q * width + Math.min(width, q + offset + 1), (q + 1) * width);
    return ops.tile(ops.tensor(mask, [1, n, width]), [rows, 1, 1]);
  };
  const latent = ops.concat([future(pending, read, thoughts), fromSuffix], 1);
  const own = ops.concat([ops.fill([rows, pending, length], 2 * MASKED), future(length, 0, length)], 1);
  return ops.expandDims(ops.concat([prompt, opening, latent, own], 2), 1);
}

/**
 * Coconut's training loss (Hao et al. 2024, section 3): the mean cross-entropy of the labelled positions of sequences
 * with k continuous thoughts, differentiable through all thoughts. What sequences share is computed once; in the last
 * layer only keys and values are computed for prompt positions, which nothing reads. The gradient equals that of one
 * plain forward pass per sequence.
 *
 * @param tapOf the tap of every pass, for dropout
 * @throws LensError unless the number of thoughts is a whole number
 */
export function coconutLoss(
  parameters: Gpt2Parameters,
  config: PassConfig,
  batch: TrainingBatch,
  options: LatentOptions,
  tapOf: PassTaps = () => identityTap,
): Scalar {
  const { thoughts } = options;
  if (!Number.isInteger(thoughts) || thoughts < 0)
    throw new LensError('number of thoughts', `not a whole number (${thoughts})`, 'give 0, 1, 2, ...', 'usage');
  const { suffix, labels, counts } = batch;
  const [rows, length] = suffix.shape;
  const prompts = readPrompts(parameters, config, batch, tapOf);
  const { hidden, past, pending } = think(parameters, config, prompts, options, tapOf);
  const places = prompts.places.at(counts === undefined ? thoughts : 0, length, counts);
  const last = ops.concat([...pending, embed(parameters, suffix, places)], 1);
  const keys = past.reduce((sum, segment) => sum + (segment.keys[0].shape[2] ?? 0), pending.length);
  const bias =
    counts === undefined || thoughts === 0 ? undefined : suffixBias(batch, counts, thoughts, pending.length, keys);
  const context = bias === undefined ? { past } : { past, bias };
  const result = pass(parameters, config, last, context, undefined, tapOf('suffix'));
  const whole = labels.shape[1] === 1 + thoughts + length;
  const read = whole
    ? ops.concat([...hidden, result.hidden], 1)
    : ops.slice(result.hidden, [0, pending.length, 0], [rows, length, -1]);
  return crossEntropy(logits(parameters, read), labels);
}

/**
 * Mean cross-entropy over the positions that have a label; 0, with gradient 0, if none has.
 *
 * @param scores [B, S, V]
 * @param labels int32 [B, S], each in 0..V-1 or `IGNORED`, or [B, S, M], of which those that are not `IGNORED` differ
 * and share the probability alike; whoever makes a batch checks that, a program cannot
 */
export function crossEntropy(scores: Tensor, labels: Tensor): Scalar {
  const [batch, length, vocabulary] = scores.shape;
  const rows = ops.reshape(scores, [batch * length, vocabulary]);
  // The one-hot row of IGNORED is empty. Chosen, not multiplied: 0 times a logit of minus infinity is not 0.
  const several = labels.shape.length > 2;
  const chosen = several
    ? ops.sum(ops.oneHot(ops.reshape(labels, [batch * length, labels.shape[2] ?? 1]), vocabulary), 1)
    : ops.oneHot(ops.reshape(labels, [batch * length]), vocabulary);
  const likelihoods = ops.where(ops.cast(chosen, 'bool'), ops.logSoftmax(rows), ops.zeros([1]));
  if (!several) return ops.neg(ops.div(ops.sum(likelihoods), ops.maximum(ops.sum(ops.cast(chosen, 'float32')), 1)));
  const sizes = ops.sum(ops.cast(chosen, 'float32'), 1);
  const means = ops.div(ops.sum(likelihoods, 1), ops.maximum(sizes, 1));
  return ops.neg(ops.div(ops.sum(means), ops.maximum(ops.sum(ops.minimum(sizes, 1)), 1)));
}
