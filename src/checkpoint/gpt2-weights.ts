import type { Gpt2Config } from './gpt2-config.js';

/** A tensor of a checkpoint in float32, row-major. */
export interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A GPT-2 as read from a folder: complete, and every tensor of the shape that `config` asks for. */
export interface Gpt2Weights {
  readonly config: Gpt2Config;
  /**
   * By Hugging Face name without the `transformer.` prefix (`wte.weight`, `h.0.attn.c_attn.weight`, `ln_f.bias`;
   * `gpt2TensorShapes` lists them). Conv1D weights are [in, out]. `lm_head.weight` is there only if the head is
   * not tied.
   */
  readonly tensors: Readonly<Record<string, FloatTensor>>;
  /** SHA-256 of model.safetensors, in hexadecimal. */
  readonly sha256: string;
  /** What the user should know about these weights, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Every tensor of a GPT-2 with this configuration and its shape, in the order of the forward pass; names as in
 * `Gpt2Weights.tensors`. Conv1D weights are [in, out], as in Hugging Face's GPT-2.
 */
export function gpt2TensorShapes(config: Gpt2Config): ReadonlyMap<string, readonly number[]> {
  const { vocabSize, nPositions, nEmbd: d, nInner, nLayer, tieWordEmbeddings } = config;
  const shapes = new Map<string, readonly number[]>();
  const layerNorm = (name: string): void => {
    shapes.set(`${name}.weight`, [d]);
    shapes.set(`${name}.bias`, [d]);
  };
  const conv1d = (name: string, from: number, to: number): void => {
    shapes.set(`${name}.weight`, [from, to]);
    shapes.set(`${name}.bias`, [to]);
  };
  shapes.set('wte.weight', [vocabSize, d]);
  shapes.set('wpe.weight', [nPositions, d]);
  for (let layer = 0; layer < nLayer; layer++) {
    layerNorm(`h.${layer}.ln_1`);
    conv1d(`h.${layer}.attn.c_attn`, d, 3 * d);
    conv1d(`h.${layer}.attn.c_proj`, d, d);
    layerNorm(`h.${layer}.ln_2`);
    conv1d(`h.${layer}.mlp.c_fc`, d, nInner);
    conv1d(`h.${layer}.mlp.c_proj`, nInner, d);
  }
  layerNorm('ln_f');
  if (!tieWordEmbeddings) shapes.set('lm_head.weight', [vocabSize, d]);
  return shapes;
}
