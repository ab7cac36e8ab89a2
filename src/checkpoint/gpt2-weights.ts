import type { FloatTensor } from './float-tensor.js';
import type { Gpt2Config } from './gpt2-config.js';
import type { DroppedTensors } from './parameter-names.js';

/** A GPT-2 as read from a folder: complete, finite, and every tensor of the shape that `config` asks for. */
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
  /** Tensors of the file that the model has no use for. */
  readonly dropped: readonly DroppedTensors[];
}

/** One axis of a tensor: its length and the part of config.json that sets it, for messages. */
export interface Axis {
  readonly length: number;
  readonly setBy: string;
}

/** Every tensor of a GPT-2 with this configuration, axis by axis, in the order of the forward pass. */
export function gpt2TensorAxes(config: Gpt2Config): ReadonlyMap<string, readonly Axis[]> {
  const tokens: Axis = { length: config.vocabSize, setBy: 'vocab_size' };
  const positions: Axis = { length: config.nPositions, setBy: 'n_positions' };
  const width: Axis = { length: config.nEmbd, setBy: 'n_embd' };
  const queriesKeysValues: Axis = { length: 3 * config.nEmbd, setBy: '3 n_embd' };
  const inner: Axis = { length: config.nInner, setBy: 'n_inner' };

  const axes = new Map<string, readonly Axis[]>();
  const layerNorm = (name: string): void => {
    axes.set(`${name}.weight`, [width]);
    axes.set(`${name}.bias`, [width]);
  };
  const conv1d = (name: string, from: Axis, to: Axis): void => {
    axes.set(`${name}.weight`, [from, to]);
    axes.set(`${name}.bias`, [to]);
  };
  axes.set('wte.weight', [tokens, width]);
  axes.set('wpe.weight', [positions, width]);
  for (let layer = 0; layer < config.nLayer; layer++) {
    layerNorm(`h.${layer}.ln_1`);
    conv1d(`h.${layer}.attn.c_attn`, width, queriesKeysValues);
    conv1d(`h.${layer}.attn.c_proj`, width, width);
    layerNorm(`h.${layer}.ln_2`);
    conv1d(`h.${layer}.mlp.c_fc`, width, inner);
    conv1d(`h.${layer}.mlp.c_proj`, inner, width);
  }
  layerNorm('ln_f');
  if (!config.tieWordEmbeddings) axes.set('lm_head.weight', [tokens, width]);
  return axes;
}

/**
 * Every tensor of a GPT-2 with this configuration and its shape, in the order of the forward pass; names as in
 * `Gpt2Weights.tensors`. Conv1D weights are [in, out], as in Hugging Face's GPT-2.
 */
export function gpt2TensorShapes(config: Gpt2Config): ReadonlyMap<string, readonly number[]> {
  return new Map([...gpt2TensorAxes(config)].map(([name, axes]) => [name, axes.map(({ length }) => length)]));
}
