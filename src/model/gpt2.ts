import { LensError } from '../errors.js';
import { ops, type Tensor } from '../tensor/index.js';
import { attend, attentionBias, type KeysValues, type Segment } from './attention.js';
import { identityTap, prefixTap, rowsTap, type Tap } from './tap.js';

/**
 * GPT-2's parameters under their Hugging Face names without the `transformer.` prefix: `wte.weight` [V, d],
 * `wpe.weight` [n, d], `h.{i}.ln_1.weight` [d], `h.{i}.attn.c_attn.weight` [d, 3d] (Conv1D: [in, out]), ...,
 * `ln_f.bias` [d], and `lm_head.weight` [V, d] only where the head is not tied to `wte`.
 */
export type Gpt2Parameters = Readonly<Record<string, Tensor>>;

/** What a pass must know beside the shapes of the parameters: a part of the checkpoint's `Gpt2Config`. */
export interface PassConfig {
  readonly nLayer: number;
  readonly nHead: number;
  /** Added to the variance in every LayerNorm. */
  readonly layerNormEpsilon: number;
}

/** What the positions of a pass can look back on. */
export interface PassContext {
  /** Keys and values of earlier positions, in order; see `attend` for segments shared by several rows. */
  readonly past: readonly Segment[];
  /** [B, T] additive mask over the pass's own positions (`MASKED` for padding). Absent: none is padding. */
  readonly mask?: Tensor | undefined;
  /**
   * [B, 1, T, all keys], additive, the pass's own keys last: says of every position what it sees, in place of masks and
   * causality. For positions that are not one sequence, as in a tree of continuations; with `readPositions: 'all'`.
   */
  readonly bias?: Tensor | undefined;
}

export interface PassOptions {
  /**
   * `last`: the last layer computes only keys and values for all positions, everything else for the last position
   * alone, which is nearly half of a two-layer model's work. Equals `all` at that position to rounding.
   */
  readonly readPositions: 'all' | 'last';
}

export interface PassResult {
  /** Hidden states after ln_f, [B, T, d], or [B, 1, d] with `last`. */
  readonly hidden: Tensor;
  /** Per layer [B, H, T, headWidth]: the pass's own keys. H is the layer's own where it has fewer heads (`headsOf`). */
  readonly keys: readonly Tensor[];
  /** Per layer [B, H, T, headWidth]. */
  readonly values: readonly Tensor[];
}

/**
 * How many heads each layer has, [nLayer]: as many as its weights are for, `nHead` or fewer (`withoutSilentParts`).
 *
 * @param shapes of the parameters, by name
 */
export function headsOf(
  { nLayer, nHead, nEmbd }: PassConfig & { readonly nEmbd: number },
  shapes: Readonly<Record<string, { readonly shape: readonly number[] }>>,
): number[] {
  return Array.from({ length: nLayer }, (_, layer) => {
    const [, three] = shapes[`h.${layer}.attn.c_attn.weight`].shape;
    return (three / 3 / nEmbd) * nHead;
  });
}

function parameter(parameters: Gpt2Parameters, name: string): Tensor {
  if (!Object.hasOwn(parameters, name)) {
    throw new LensError('weights', `parameter missing (${name})`, 'give every parameter of the model');
  }
  return parameters[name];
}

function rowsOf(table: Tensor, indices: Tensor): Tensor {
  const [batch, length] = indices.shape;
  return ops.reshape(ops.gather(table, ops.reshape(indices, [batch * length])), [batch, length, table.shape[1] ?? 0]);
}

/** Token embeddings wte[ids]: int32 [B, T] -> [B, T, d]. Positions are not added. */
export function tokenEmbedding(parameters: Gpt2Parameters, ids: Tensor): Tensor {
  return rowsOf(parameter(parameters, 'wte.weight'), ids);
}

/** Position embeddings wpe[positions]: int32 [B, T] -> [B, T, d]. */
export function positionEmbedding(parameters: Gpt2Parameters, positions: Tensor): Tensor {
  return rowsOf(parameter(parameters, 'wpe.weight'), positions);
}

/**
 * What a pass reads for tokens: wte[ids] + wpe[positions].
 *
 * @param ids int32 [B, T]
 * @param positions int32 [B, T]
 * @returns [B, T, d]
 */
export function embed(parameters: Gpt2Parameters, ids: Tensor, positions: Tensor): Tensor {
  return ops.add(tokenEmbedding(parameters, ids), positionEmbedding(parameters, positions));
}

/**
 * What a pass reads for continuous thoughts: a thought stands in for the token embedding and its position's embedding
 * is still added (Hugging Face's `inputs_embeds`; Coconut, section 3).
 *
 * @param thoughts [B, n, d]
 * @param positions int32 [B, n]
 * @returns [B, n, d]
 */
export function embedThoughts(parameters: Gpt2Parameters, thoughts: Tensor, positions: Tensor): Tensor {
  return ops.add(thoughts, positionEmbedding(parameters, positions));
}

/**
 * The LM head W h. A thought is a hidden state after ln_f, so the head applies to it directly.
 *
 * @param hidden [..., d], after ln_f
 * @returns [..., V]
 */
export function logits(parameters: Gpt2Parameters, hidden: Tensor): Tensor {
  const head = parameter(parameters, Object.hasOwn(parameters, 'lm_head.weight') ? 'lm_head.weight' : 'wte.weight');
  const [vocabulary, width] = head.shape;
  const leading = hidden.shape.slice(0, -1);
  const rows = ops.reshape(hidden, [leading.reduce((a, b) => a * b, 1), width]);
  return ops.reshape(ops.matMul(rows, head, false, true), [...leading, vocabulary]);
}

/** The last position of each row: [B * T, d] -> [B, d]. */
function lastRows(rows: Tensor, batch: number): Tensor {
  const [count, width] = rows.shape;
  const length = count / batch;
  const last = ops.slice(ops.reshape(rows, [batch, length, width]), [0, length - 1, 0], [batch, 1, width]);
  return ops.reshape(last, [batch, width]);
}

/** What one layer needs of its surroundings. */
interface Block {
  readonly parameter: (name: string) => Tensor;
  readonly config: PassConfig;
  readonly batch: number;
  readonly past: readonly KeysValues[];
  readonly bias: Tensor | undefined;
  /** Query, attention output and MLP for the last position only. */
  readonly lastOnly: boolean;
  readonly tap: Tap;
}

/**
 * Query, key and value rows before they are cut into heads: [B * T, w] each, the query [B, w] with `lastOnly`. w is d, or less
 * in a layer without some of its heads.
 */
function projections(block: Block, normed: Tensor): readonly Tensor[] {
  const weight = block.parameter('attn.c_attn.weight');
  const bias = block.parameter('attn.c_attn.bias');
  const [inputs, three] = weight.shape;
  const width = three / 3;
  if (!block.lastOnly) return ops.split(ops.linear(normed, weight, bias), 3, 1);
  const queryWeight = ops.slice(weight, [0, 0], [inputs, width]);
  const query = ops.linear(lastRows(normed, block.batch), queryWeight, ops.slice(bias, [0], [width]));
  const otherWeight = ops.slice(weight, [0, width], [inputs, 2 * width]);
  const others = ops.linear(normed, otherWeight, ops.slice(bias, [width], [2 * width]));
  return [query, ...ops.split(others, 2, 1)];
}

function transformerBlock(block: Block, input: Tensor): { rows: Tensor; own: KeysValues } {
  const { batch, tap, config } = block;
  const tapRows = rowsTap(tap, batch);
  const norm = (name: string, rows: Tensor): Tensor =>
    ops.layerNorm(rows, block.parameter(`${name}.weight`), block.parameter(`${name}.bias`), config.layerNormEpsilon);
  const project = (name: string, rows: Tensor): Tensor =>
    ops.linear(rows, block.parameter(`${name}.weight`), block.parameter(`${name}.bias`));

  const before = tapRows('hook_resid_pre', input);
  const headWidth = (before.shape[1] ?? 0) / config.nHead;
  const normed = tapRows('ln1.hook_normalized', norm('ln_1', before));
  const [query, keys, values] = projections(block, normed).map((rows, i) => {
    const [count, width] = rows.shape;
    const heads = ops.reshape(rows, [batch, count / batch, width / headWidth, headWidth]);
    return ops.transpose(tap(['attn.hook_q', 'attn.hook_k', 'attn.hook_v'][i], heads), [0, 2, 1, 3]);
  });
  const own = { keys, values };
  const mixed = attend(query, [...block.past, own], block.bias, prefixTap(tap, 'attn.'));
  const [, heads, queries] = query.shape;
  const z = ops.reshape(tap('attn.hook_z', ops.transpose(mixed, [0, 2, 1, 3])), [batch * queries, heads * headWidth]);

  const attention = tapRows('hook_attn_out', project('attn.c_proj', z));
  const middle = tapRows('hook_resid_mid', ops.add(block.lastOnly ? lastRows(before, batch) : before, attention));
  const inner = tapRows('mlp.hook_pre', project('mlp.c_fc', tapRows('ln2.hook_normalized', norm('ln_2', middle))));
  const outer = tapRows('hook_mlp_out', project('mlp.c_proj', tapRows('mlp.hook_post', ops.gelu(inner))));
  return { rows: tapRows('hook_resid_post', ops.add(middle, outer)), own };
}

/**
 * One forward pass of GPT-2 over T new positions that look back on `context.past` and causally on each other. A pure
 * function: it reads no value, and everything in it has a gradient.
 *
 * @param x [B, T, d], position embeddings already added (`embed`, `embedThoughts`)
 * @param tap called once for every activation of `activationNames`, in the order of computation
 * @throws LensError if a parameter is missing
 */
export function pass(
  parameters: Gpt2Parameters,
  config: PassConfig,
  x: Tensor,
  context: PassContext = { past: [] },
  options: PassOptions = { readPositions: 'all' },
  tap: Tap = identityTap,
): PassResult {
  const [batch, length, width] = x.shape;
  const { past, mask } = context;
  const lastOnly = options.readPositions === 'last' && length > 1;
  const biasOfAll =
    context.bias ?? (config.nLayer === 1 && lastOnly ? undefined : attentionBias(batch, length, past, mask, length));
  const biasOfLast = lastOnly ? attentionBias(batch, length, past, mask, 1) : undefined;

  const own: KeysValues[] = [];
  let rows = ops.reshape(x, [batch * length, width]);
  for (let layer = 0; layer < config.nLayer; layer++) {
    const narrow = lastOnly && layer === config.nLayer - 1;
    const result = transformerBlock(
      {
        parameter: (name) => parameter(parameters, `h.${layer}.${name}`),
        config,
        batch,
        past: past.map(({ keys, values }) => ({ keys: keys[layer], values: values[layer] })),
        bias: narrow ? biasOfLast : biasOfAll,
        lastOnly: narrow,
        tap: prefixTap(tap, `blocks.${layer}.`),
      },
      rows,
    );
    rows = result.rows;
    own.push(result.own);
  }
  const gain = parameter(parameters, 'ln_f.weight');
  const normed = ops.layerNorm(rows, gain, parameter(parameters, 'ln_f.bias'), config.layerNormEpsilon);
  const hidden = ops.reshape(normed, [batch, rows.shape[0] / batch, width]);
  return {
    hidden: tap('ln_final.hook_normalized', hidden),
    keys: own.map(({ keys }) => keys),
    values: own.map(({ values }) => values),
  };
}
