import { ops, type Tensor } from '../tensor/index.js';
import type { Tap } from './tap.js';

/**
 * The additive mask of a position that must not be attended to. Its exponential underflows to exactly 0 beside any
 * real score, a fully masked row (padding that looks at padding) still has a finite softmax, and several of them added
 * (padding in the future) stay finite in float32, which minus infinity or the smallest float would not.
 */
export const MASKED = -1e30;

/** Keys and values that earlier passes left, for every layer. */
export interface Segment {
  /** Per layer [segmentBatch, heads, length, headWidth]. */
  readonly keys: readonly Tensor[];
  /** Per layer [segmentBatch, heads, length, headWidth]. */
  readonly values: readonly Tensor[];
  /** [segmentBatch, length], additive: 0 where attended to, `MASKED` where not. Absent: everything is attended to. */
  readonly mask?: Tensor | undefined;
}

/** One layer's share of a segment, or of the pass's own positions. */
export interface KeysValues {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** Twice as far down as padding: even padding, which has only padding to look at, does not look ahead. */
function causalMask(length: number): Tensor {
  const mask = new Float32Array(length * length);
  for (let query = 0; query < length; query++) mask.fill(2 * MASKED, query * length + query + 1, (query + 1) * length);
  return ops.tensor(mask, [1, 1, length, length]);
}

/** [segmentBatch, length] -> [batch, 1, queries, length]: each row of a shared segment serves several rows in turn. */
function spread(mask: Tensor, batch: number, queries: number): Tensor {
  const [rows, length] = mask.shape;
  const perRow = ops.tile(ops.reshape(mask, [rows, 1, 1, length]), [1, batch / rows, queries, 1]);
  return ops.reshape(perRow, [batch, 1, queries, length]);
}

/**
 * What is added to the scores of one pass, the same in every layer and head: the masks of the segments and, over the
 * pass's own positions, their mask and causality.
 *
 * @param own mask over the pass's own positions [batch, length], additive
 * @param queries how many of the pass's positions ask, counted from the last
 * @returns [batch or 1, 1, queries, all keys], or nothing where nothing is masked
 */
export function attentionBias(
  batch: number,
  length: number,
  past: readonly Segment[],
  own: Tensor | undefined,
  queries: number,
): Tensor | undefined {
  const causal =
    queries === 1 ? undefined : ops.slice(causalMask(length), [0, 0, length - queries, 0], [1, 1, queries, length]);
  const masked = own !== undefined || past.some(({ mask }) => mask !== undefined);
  if (!masked && (causal === undefined || past.length === 0)) return causal;
  const parts = past.map(({ keys, mask }) =>
    mask === undefined ? ops.zeros([batch, 1, queries, keys[0].shape[2] ?? 0]) : spread(mask, batch, queries),
  );
  const base = own === undefined ? ops.zeros([batch, 1, queries, length]) : spread(own, batch, queries);
  parts.push(causal === undefined ? base : ops.add(base, causal));
  return parts.length === 1 ? parts[0] : ops.concat(parts, 3);
}

/** [batch, heads, queries, n] -> [shared, heads, rows * queries, n] for `rows` = batch / shared rows of each group. */
function fold(x: Tensor, shared: number): Tensor {
  const [batch, heads, queries, width] = x.shape;
  if (batch === shared) return x;
  const rows = batch / shared;
  const grouped = ops.transpose(ops.reshape(x, [shared, rows, heads, queries, width]), [0, 2, 1, 3, 4]);
  return ops.reshape(grouped, [shared, heads, rows * queries, width]);
}

/** The inverse of `fold`. */
function unfold(x: Tensor, batch: number, queries: number): Tensor {
  const [shared, heads, , width] = x.shape;
  if (batch === shared) return x;
  const rows = batch / shared;
  const grouped = ops.transpose(ops.reshape(x, [shared, heads, rows, queries, width]), [0, 2, 1, 3, 4]);
  return ops.reshape(grouped, [batch, heads, queries, width]);
}

/**
 * Scaled dot-product attention over several stretches of keys and values with one softmax over all of them. Only
 * scores are concatenated, never keys or values. A stretch whose batch is a fraction of the queries' batch is shared:
 * its row r serves the consecutive query rows r * m .. r * m + m - 1, without being copied.
 *
 * @param query [batch, heads, queries, headWidth]
 * @param stretches keys and values [batch / m, heads, length, headWidth], in the order of the bias's last axis
 * @param bias from `attentionBias`
 * @param tap sees `hook_attn_scores` (scaled and masked) and `hook_pattern`, [batch, heads, queries, all keys]
 * @returns [batch, heads, queries, headWidth]
 */
export function attend(query: Tensor, stretches: readonly KeysValues[], bias: Tensor | undefined, tap: Tap): Tensor {
  const [batch, , queries, headWidth] = query.shape;
  const alpha = 1 / Math.sqrt(headWidth);
  const scores = stretches.map(({ keys }) =>
    unfold(ops.scaledMatMul(fold(query, keys.shape[0]), keys, { alpha, transposeB: true }), batch, queries),
  );
  const joined = scores.length === 1 ? scores[0] : ops.concat(scores, 3);
  const masked = tap('hook_attn_scores', bias === undefined ? joined : ops.add(joined, bias));
  const pattern = tap('hook_pattern', ops.softmax(masked, -1));
  const lengths = stretches.map(({ keys }) => keys.shape[2] ?? 0);
  const weights = lengths.length === 1 ? [pattern] : ops.split(pattern, lengths, 3);
  return weights
    .map((weight, i) => {
      const { values } = stretches[i];
      return unfold(ops.scaledMatMul(fold(weight, values.shape[0]), values), batch, queries);
    })
    .reduce((total, part) => ops.add(total, part));
}
