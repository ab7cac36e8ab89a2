import { LensError } from '../errors.js';
import {
  embed,
  embedThoughts,
  logits,
  pass,
  type Gpt2Parameters,
  type PassConfig,
  type PassResult,
  type Segment,
} from '../model/index.js';
import { ops, type Scalar, type Tensor } from '../tensor/index.js';

/** The label of a position whose prediction is not trained. */
export const IGNORED = -1;

/** One batch of training sequences: prompt, k continuous thoughts, then a suffix in language mode. */
export interface TrainingBatch {
  /** int32 [B, P], ends at the position whose hidden state is thought 1. */
  readonly prompt: Tensor;
  /** int32 [B, S]: tokens after the thoughts. */
  readonly suffix: Tensor;
  /** int32 [B, S]: the token that each suffix position should predict, or `IGNORED`. */
  readonly labels: Tensor;
}

function positions(batch: number, from: number, length: number): Tensor {
  return ops.tile(ops.reshape(ops.range(from, from + length, 1, 'int32'), [1, length]), [batch, 1]);
}

/** Appends the keys and values of a pass to a segment. */
function extend(segment: Segment | undefined, result: PassResult): Segment {
  if (segment === undefined) return { keys: result.keys, values: result.values };
  const join = (before: readonly Tensor[], after: readonly Tensor[]): Tensor[] =>
    before.map((tensor, layer) => ops.concat([tensor, after[layer]], 2));
  return { keys: join(segment.keys, result.keys), values: join(segment.values, result.values) };
}

/**
 * Coconut's training loss (Hao et al. 2024, section 3): the mean cross-entropy of the labelled suffix positions after
 * k continuous thoughts, differentiable through all thoughts. The prompt is computed once; in its last layer only
 * keys and values are computed for positions that nothing reads. The gradient equals that of one plain forward pass.
 *
 * @param thoughts k, the number of continuous thoughts
 * @throws LensError unless k is a whole number
 */
export function coconutLoss(
  parameters: Gpt2Parameters,
  config: PassConfig,
  { prompt, suffix, labels }: TrainingBatch,
  thoughts: number,
): Scalar {
  if (!Number.isInteger(thoughts) || thoughts < 0)
    throw new LensError('number of thoughts', `not a whole number (${thoughts})`, 'give 0, 1, 2, ...', 'usage');
  const [batch, promptLength] = prompt.shape;
  const suffixLength = suffix.shape[1] ?? 0;

  let result = pass(
    parameters,
    config,
    embed(parameters, prompt, positions(batch, 0, promptLength)),
    { past: [] },
    { readPositions: 'last' },
  );
  const prefix: Segment = { keys: result.keys, values: result.values };
  let latent: Segment | undefined;
  const past = (): Segment[] => (latent === undefined ? [prefix] : [prefix, latent]);
  const thoughtInput = (c: number): Tensor =>
    embedThoughts(parameters, result.hidden, positions(batch, promptLength + c, 1));

  for (let c = 0; c < thoughts - 1; c++) {
    result = pass(parameters, config, thoughtInput(c), { past: past() });
    latent = extend(latent, result);
  }
  // The last thought and the suffix share a pass: k thoughts cost k + 1 passes.
  const language = embed(parameters, suffix, positions(batch, promptLength + thoughts, suffixLength));
  const last = thoughts === 0 ? language : ops.concat([thoughtInput(thoughts - 1), language], 1);
  const { hidden } = pass(parameters, config, last, { past: past() });
  const read = ops.slice(hidden, [0, (hidden.shape[1] ?? 0) - suffixLength, 0], [batch, suffixLength, -1]);
  return crossEntropy(logits(parameters, read), labels);
}

/**
 * Mean negative log-likelihood over the labels that are not `IGNORED`; 0, with gradient 0, if all are.
 *
 * @param scores [B, S, V]
 * @param labels int32 [B, S], each in 0..V-1 or `IGNORED`; whoever makes a batch checks that, a program cannot
 */
export function crossEntropy(scores: Tensor, labels: Tensor): Scalar {
  const [batch, length, vocabulary] = scores.shape;
  const rows = ops.reshape(scores, [batch * length, vocabulary]);
  // The one-hot row of IGNORED is empty. Chosen, not multiplied: 0 times a logit of minus infinity is not 0.
  const chosen = ops.oneHot(ops.reshape(labels, [batch * length]), vocabulary);
  const likelihoods = ops.where(ops.cast(chosen, 'bool'), ops.logSoftmax(rows), ops.zeros([1]));
  return ops.neg(ops.div(ops.sum(likelihoods), ops.maximum(ops.sum(ops.cast(chosen, 'float32')), 1)));
}
