import type { Item } from '../dataset/index.js';
import type { Coconut } from '../model/index.js';
import type { HostTensor } from '../tensor/index.js';
import type { Wording } from '../tokenizer/index.js';
import { LensError } from '../errors.js';
import type { Random } from '../random.js';

/** An attention head: layer and head from 0. */
export interface HeadSite {
  readonly layer: number;
  readonly head: number;
}

/**
 * A way in which a thought could carry a node, hence a direction for every node.
 *
 * - `embedding`: the LM head's row of the node's token (in English the first token of its name), along which the thought
 *   is read as a logit.
 * - `queryKey`: the direction along which a thought, as the query of an attention head, matches keys that hold the
 *   node's token; see {@link queryKeyDirection}.
 * - `probe`: rows of a matrix of the caller's, such as the weights of linear probes for "this node is in the frontier".
 */
export type DirectionSource =
  | { readonly kind: 'embedding' }
  | ({ readonly kind: 'queryKey' } & QueryKeyOptions)
  | {
      readonly kind: 'probe';
      /** float32 [n, d]. */
      readonly matrix: HostTensor;
      /** The row of an item's node. Default: the node's index. */
      readonly row?: ((item: Item, node: number) => number) | undefined;
    };

/** Which head reads, and where. */
export interface QueryKeyOptions extends HeadSite {
  /**
   * The head of an earlier layer that brings the node's token to the position looked at, such as a previous-token head
   * that brings an edge's source to its target. Default: none, the position looked at is the node's token itself.
   */
  readonly carrier?: HeadSite | undefined;
}

/**
 * The directions of some nodes of an item, not of length 1, in the order of the nodes. Nodes that the wording tells
 * apart only by later tokens (`Wording.collisions`) have the same.
 *
 * @returns [node][d]
 * @throws LensError if a layer, head or row does not exist, or a probe is of another width
 */
export function branchDirections(
  model: Coconut,
  source: DirectionSource,
  wording: Wording,
  item: Item,
  nodes: readonly number[],
): Float64Array[] {
  switch (source.kind) {
    case 'embedding':
      return nodes.map((node) => headRow(model, wording.nodeToken(item, node)));
    case 'queryKey':
      return nodes.map((node) => queryKeyDirection(model, wording.nodeToken(item, node), source));
    case 'probe':
      return nodes.map((node) => probeRow(model, source.matrix, (source.row ?? ((_, n) => n))(item, node)));
  }
}

/**
 * The direction v in the residual stream along which a query matches a token's key in one head.
 *
 * With C x = x - mean(x), gain g and bias b of the layer's ln_1, and sigma(x) the root of ln_1's variance, a position
 * with residual stream x asks q = W_Q' (g * C x / sigma(x) + b) + b_Q, and one with y is found by
 * k = W_K' (g * C y / sigma(y) + b) + b_K; the score is q . k / sqrt(head width). Token embedding e is one summand of y.
 * The part of the score that is bilinear in x and e is
 *
 *     (C x) . (g * (W_Q W_K' (g * C e))) / (sigma(x) sigma(y) sqrt(head width)) = x . v / (...),
 *     v = C (g * (W_Q W_K' (g * C e))),
 *
 * with the positive denominator left out, which depends on everything else at both positions. A stream orthogonal to v
 * has none of that part, whatever its length. Biases give terms that do not hold x and e both; they are not in v.
 *
 * With a carrier, e is replaced by what that head adds to the stream for a token with embedding e attended to,
 * W_O' W_V' (g0 * C e) with its own layer's gain g0, again without biases and positive factors.
 *
 * The thought is a summand of x: beside the position embedding in layer 0, through the residual connections in later
 * ones. Without its part along v it adds nothing to that part of the score. What attention and MLPs before the layer
 * make of the thought is another path, and not in v.
 *
 * @returns [d], in double precision
 * @throws LensError if a layer or head does not exist, the carrier is not of an earlier layer, or the token is none
 */
export function queryKeyDirection(model: Coconut, token: number, options: QueryKeyOptions): Float64Array {
  const { layer, head, carrier } = options;
  checkHead(model, { layer, head });
  let embedding = rowOf(model, 'wte.weight', token);
  if (carrier !== undefined) {
    checkHead(model, carrier);
    if (carrier.layer >= layer)
      throw new LensError(
        'carrier',
        `not of an earlier layer (${carrier.layer}, for a head of layer ${layer})`,
        'name a head of an earlier one',
        'usage',
      );
    const heard = intoHead(model, carrier, 2, normalised(model, carrier.layer, embedding));
    embedding = throughOutput(model, carrier, heard);
  }
  const key = intoHead(model, { layer, head }, 1, normalised(model, layer, embedding));
  const asked = outOfHead(model, { layer, head }, 0, key);
  const gain = weight(model, `h.${layer}.ln_1.weight`);
  return centred(asked.map((x, i) => x * gain[i]));
}

/**
 * Nodes of an item that are not among some, drawn without repetition: their directions, as many as those of the nodes,
 * are the reference that has the same kind and number.
 *
 * @throws RangeError if the item has too few
 */
export function otherNodes(random: Random, item: Item, nodes: readonly number[], count = nodes.length): number[] {
  const others = [...item.names.keys()].filter((node) => !nodes.includes(node));
  if (others.length < count)
    throw new RangeError(`${count} other nodes asked for, but item ${item.id} has ${others.length}`);
  return random.shuffle(others).slice(0, count);
}

/** The LM head's weights of a token [d]. @throws LensError if the model has no such token */
export function headRow(model: Coconut, token: number): Float64Array {
  return rowOf(model, model.config.tieWordEmbeddings ? 'wte.weight' : 'lm_head.weight', token);
}

function rowOf(model: Coconut, name: string, token: number): Float64Array {
  const { vocabSize, nEmbd } = model.config;
  if (!(Number.isInteger(token) && token >= 0 && token < vocabSize))
    throw new LensError(
      'token',
      `outside the model's vocabulary (${token}; it has ${vocabSize})`,
      'correct it',
      'usage',
    );
  return Float64Array.from(weight(model, name).subarray(token * nEmbd, (token + 1) * nEmbd));
}

function probeRow(model: Coconut, { data, shape, dtype }: HostTensor, row: number): Float64Array {
  const { nEmbd } = model.config;
  if (dtype !== 'float32' || shape.length !== 2 || shape[1] !== nEmbd)
    throw new LensError(
      'probe',
      `wrong shape or type (${dtype} [${shape.join(', ')}])`,
      `give float32 [n, ${nEmbd}]`,
      'usage',
    );
  if (!(Number.isInteger(row) && row >= 0 && row < shape[0]))
    throw new LensError('probe', `no such row (${row} of ${shape[0]})`, 'give one for every node', 'usage');
  return Float64Array.from(data.subarray(row * nEmbd, (row + 1) * nEmbd));
}

function checkHead({ config }: Coconut, { layer, head }: HeadSite): void {
  const { nLayer, nHead } = config;
  const below = (n: number, count: number): boolean => Number.isInteger(n) && n >= 0 && n < count;
  if (below(layer, nLayer) && below(head, nHead)) return;
  throw new LensError(
    'head',
    `no head ${head} in layer ${layer} (${nLayer} layers with ${nHead} heads)`,
    'count both from 0',
    'usage',
  );
}

function weight(model: Coconut, name: string): Float32Array {
  return model.weights.tensors[name].data;
}

/** g * C e: what ln_1 makes of a summand of the stream, without bias and division. */
function normalised(model: Coconut, layer: number, vector: Float64Array): Float64Array {
  const gain = weight(model, `h.${layer}.ln_1.weight`);
  return centred(vector).map((x, i) => x * gain[i]);
}

function centred(vector: Float64Array): Float64Array {
  const mean = vector.reduce((sum, x) => sum + x, 0) / vector.length;
  return vector.map((x) => x - mean);
}

/** A head's columns of `c_attn` [d, 3d]: `part` 0 for queries, 1 for keys, 2 for values. */
function columns(model: Coconut, { layer, head }: HeadSite, part: number): { data: Float32Array; first: number } {
  const { nEmbd, nHead } = model.config;
  return { data: weight(model, `h.${layer}.attn.c_attn.weight`), first: part * nEmbd + (head * nEmbd) / nHead };
}

/** [d] -> [head width]: a vector of the normalised stream as the head's query, key or value. */
function intoHead(model: Coconut, site: HeadSite, part: number, vector: Float64Array): Float64Array {
  const { nEmbd, nHead } = model.config;
  const { data, first } = columns(model, site, part);
  const out = new Float64Array(nEmbd / nHead);
  vector.forEach((x, i) => {
    for (let j = 0; j < out.length; j++) out[j] += x * data[i * 3 * nEmbd + first + j];
  });
  return out;
}

/** [head width] -> [d]: the transpose of `intoHead`. */
function outOfHead(model: Coconut, site: HeadSite, part: number, vector: Float64Array): Float64Array {
  const { nEmbd } = model.config;
  const { data, first } = columns(model, site, part);
  return Float64Array.from({ length: nEmbd }, (_, i) =>
    vector.reduce((sum, x, j) => sum + x * data[i * 3 * nEmbd + first + j], 0),
  );
}

/** [head width] -> [d]: what the head's output weights make of what it heard. */
function throughOutput(model: Coconut, { layer, head }: HeadSite, heard: Float64Array): Float64Array {
  const { nEmbd, nHead } = model.config;
  const data = weight(model, `h.${layer}.attn.c_proj.weight`);
  const first = (head * nEmbd) / nHead;
  const out = new Float64Array(nEmbd);
  heard.forEach((x, j) => {
    for (let i = 0; i < nEmbd; i++) out[i] += x * data[(first + j) * nEmbd + i];
  });
  return out;
}
