import { createRandom } from '../../src/random.js';
import type { HostTensor } from '../../src/tensor/index.js';

export const CONFIG = { nLayer: 2, nHead: 2, layerNormEpsilon: 1e-5 };
export const VOCABULARY = 11;

/** Random GPT-2 parameters (2 layers, width 8, 24 positions) under the names of a training step's inputs. */
export function tinyParameters(seed: string): Record<string, HostTensor> {
  const width = 8;
  const shapes: Record<string, number[]> = {
    'wte.weight': [VOCABULARY, width],
    'wpe.weight': [24, width],
    'ln_f.weight': [width],
    'ln_f.bias': [width],
  };
  const matrices: [string, number, number][] = [
    ['attn.c_attn', width, 3 * width],
    ['attn.c_proj', width, width],
    ['mlp.c_fc', width, 4 * width],
    ['mlp.c_proj', 4 * width, width],
  ];
  for (let layer = 0; layer < CONFIG.nLayer; layer++) {
    for (const norm of ['ln_1', 'ln_2']) {
      shapes[`h.${layer}.${norm}.weight`] = [width];
      shapes[`h.${layer}.${norm}.bias`] = [width];
    }
    for (const [name, rows, columns] of matrices) {
      shapes[`h.${layer}.${name}.weight`] = [rows, columns];
      shapes[`h.${layer}.${name}.bias`] = [columns];
    }
  }
  const random = createRandom(seed);
  const entries = Object.entries(shapes).map(([name, shape]): [string, HostTensor] => {
    const centre = name.includes('ln_') && name.endsWith('weight') ? 1 : 0;
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).map(() => centre + 0.4 * random.normal());
    return [`parameter:${name}`, { data, shape, dtype: 'float32' }];
  });
  return Object.fromEntries(entries);
}

/** Random prompt, suffix and labels; some labels ignored. */
export function tinyBatch(seed: string, batch: number, prompt: number, suffix: number): Record<string, HostTensor> {
  const random = createRandom(seed);
  const ids = (length: number): HostTensor => ({
    data: new Int32Array(batch * length).map(() => random.integer(VOCABULARY)),
    shape: [batch, length],
    dtype: 'int32',
  });
  const labels = ids(suffix);
  labels.data[0] = -1;
  return { prompt: ids(prompt), suffix: ids(suffix), labels };
}
