import type { Gpt2Config } from '../checkpoint/index.js';
import {
  ops,
  type HostTensor,
  type ProgramFunction,
  type Signature,
  type Tensor,
  type TensorSpec,
} from '../tensor/index.js';
import type { Segment } from './attention.js';
import { logits, pass, positionEmbedding, tokenEmbedding, type PassConfig, type PassOptions } from './gpt2.js';
import { STRETCHES } from './key-value-cache.js';
import { identityTap, type Tap } from './tap.js';

/**
 * Everything that decides which program a pass needs. It reads `before` tokens of the prompts, then thoughts, then
 * `after` tokens; each may be none. With prompts there is padding, hence a mask over the pass's own positions.
 */
export interface PassShape extends PassOptions {
  readonly batch: number;
  readonly before: number;
  readonly thoughts: number;
  readonly after: number;
  /** Slots of the key/value cache that hold the prompts; 0 for a pass that looks back on nothing. */
  readonly prompt: number;
  /** Its slots after them. */
  readonly past: number;
  /**
   * `given`: an input `bias` says what every position sees, and there are no masks (`PassContext.bias`). Default: each
   * sees the unmasked positions up to its own.
   */
  readonly attention?: 'given' | undefined;
}

/**
 * The inputs of a pass beside the parameters; those of size 0 are left out.
 *
 * @param heads of each layer
 */
export function passSignature(config: Gpt2Config, shape: PassShape, heads: readonly number[]): Signature {
  const { batch, before, thoughts, after } = shape;
  const length = before + thoughts + after;
  const given = shape.attention === 'given';
  const stretches = STRETCHES.filter((name) => shape[name] > 0);
  const slots = (name: (typeof STRETCHES)[number], layer: number): TensorSpec => ({
    shape: [batch, heads[layer], shape[name], config.nEmbd / config.nHead],
    dtype: 'float32',
  });
  return {
    ...(before > 0 && { before: { shape: [batch, before], dtype: 'int32' } }),
    ...(thoughts > 0 && { thoughts: { shape: [batch, thoughts, config.nEmbd], dtype: 'float32' } }),
    ...(after > 0 && { after: { shape: [batch, after], dtype: 'int32' } }),
    positions: { shape: [batch, length], dtype: 'int32' },
    ...(given && { bias: { shape: [batch, 1, length, shape.prompt + shape.past + length], dtype: 'float32' } }),
    ...(!given && before > 0 && { mask: { shape: [batch, length], dtype: 'float32' } }),
    ...Object.fromEntries(
      stretches.flatMap((name) => [
        ...(given ? [] : [[`${name}.mask`, { shape: [batch, shape[name]], dtype: 'float32' }] as const]),
        ...heads.flatMap((_, layer) => [
          [`${name}.keys.${layer}`, slots(name, layer)] as const,
          [`${name}.values.${layer}`, slots(name, layer)] as const,
        ]),
      ]),
    ),
  };
}

/** The parameters that a pass of this shape uses. */
export function passParameters(shape: PassShape, names: readonly string[]): string[] {
  const readsTokens = shape.before + shape.after > 0;
  return names.filter((name) => name !== 'lm_head.weight' && (name !== 'wte.weight' || readsTokens));
}

/**
 * The program of one pass. Inputs: `passSignature` and the parameters. Outputs: `hidden` (after ln_f, [B, T, d] or
 * [B, 1, d]), `keys.{l}` and `values.{l}` [B, H, T, headWidth], and each recorded activation under its name.
 *
 * @param recorded names of `passActivationNames`
 * @param tap may replace activations; what is recorded is what it returned
 */
export function passFunction(
  config: Gpt2Config,
  shape: PassShape,
  recorded: ReadonlySet<string>,
  tap: Tap = identityTap,
): ProgramFunction {
  return (inputs) => {
    const activations: Record<string, Tensor> = {};
    const record: Tap = (name, activation) => {
      const result = tap(name, activation);
      if (recorded.has(name)) activations[name] = result;
      return result;
    };
    const seen = recorded.size === 0 ? tap : record;
    const pieces = [
      ...(shape.before > 0 ? [tokenEmbedding(inputs, inputs['before'])] : []),
      ...(shape.thoughts > 0 ? [inputs['thoughts']] : []),
      ...(shape.after > 0 ? [tokenEmbedding(inputs, inputs['after'])] : []),
    ];
    const embedded = seen('hook_embed', pieces.length === 1 ? pieces[0] : ops.concat(pieces, 1));
    const x = ops.add(embedded, seen('hook_pos_embed', positionEmbedding(inputs, inputs['positions'])));
    const given = shape.attention === 'given';
    const context = {
      past: cachedSegments(config, inputs),
      mask: shape.before > 0 && !given ? inputs['mask'] : undefined,
      bias: given ? inputs['bias'] : undefined,
    };
    const result = pass(inputs, config, x, context, shape, seen);
    return {
      hidden: result.hidden,
      ...Object.fromEntries(result.keys.map((keys, layer) => [`keys.${layer}`, keys])),
      ...Object.fromEntries(result.values.map((values, layer) => [`values.${layer}`, values])),
      ...activations,
    };
  };
}

/** What a pass looks back on: the stretches of a cache that are among its inputs, with their masks if these are. */
export function cachedSegments({ nLayer }: PassConfig, inputs: Readonly<Record<string, Tensor>>): Segment[] {
  const layers = Array.from({ length: nLayer }, (_, layer) => layer);
  return STRETCHES.filter((name) => Object.hasOwn(inputs, `${name}.keys.0`)).map((name) => ({
    keys: layers.map((layer) => inputs[`${name}.keys.${layer}`]),
    values: layers.map((layer) => inputs[`${name}.values.${layer}`]),
    mask: Object.hasOwn(inputs, `${name}.mask`) ? inputs[`${name}.mask`] : undefined,
  }));
}

/** The program of the LM head: `hidden` [n, d] -> `logits` [n, V]. */
export const headFunction: ProgramFunction = (inputs) => ({ logits: logits(inputs, inputs['hidden']) });

/**
 * The program of the LM head's normaliser: `hidden` [n, d] -> `highest` [n], the largest logit, and `sum` [n], the sum
 * over the vocabulary of exp(logit - highest). The logits stay inside.
 */
export const normaliserFunction: ProgramFunction = (inputs) => {
  const rows = logits(inputs, inputs['hidden']);
  const highest = ops.max(rows, 1, true);
  return {
    highest: ops.reshape(highest, [rows.shape[0]]),
    sum: ops.sum(ops.exp(ops.sub(rows, highest)), 1),
  };
};

/** A parameter as a program's input. */
export function specOf({ shape, dtype }: HostTensor): TensorSpec {
  return { shape, dtype };
}
