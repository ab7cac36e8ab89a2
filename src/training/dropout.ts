import type { Tap } from '../model/index.js';
import { ops, type Tensor } from '../tensor/index.js';
import { dropoutMask } from './dropout-mask.js';

/**
 * Where GPT-2 drops activations: what enters the first block (`embd_pdrop`), attention patterns (`attn_pdrop`), and what
 * either branch of a block adds to the residual stream (`resid_pdrop`).
 */
const SITES = /^blocks\.(?:0\.hook_resid_pre|\d+\.(?:attn\.hook_pattern|hook_attn_out|hook_mlp_out))$/;

/** The tap of a pass, by the pass's name. */
export type PassTaps = (pass: string) => Tap;

/**
 * Dropout as in Hugging Face's GPT-2 in train mode, at one rate everywhere. It acts in every pass, those that compute
 * thoughts included; a position that later passes read from the cache was dropped from once. Sequences that share a
 * prompt share its masks.
 *
 * @param keys `dropoutKeys` of this batch
 * @param rate in 0.001..0.9
 */
export function dropoutTaps(keys: Tensor, rate: number): PassTaps {
  return (pass) => (name, activation) =>
    SITES.test(name) ? ops.mul(activation, dropoutMask(keys, `${pass} ${name}`, activation.shape, rate)) : activation;
}
