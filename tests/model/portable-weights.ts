import { gpt2TensorShapes, type FloatTensor, type Gpt2Config } from '../../src/checkpoint/index.js';

/** A 32-bit integer hash (Ellis's lowbias32). */
function hash32(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function centreAndScale(name: string): readonly [centre: number, scale: number] {
  if (/(^|\.)ln_[^.]+\.[^.]+$/.test(name)) return [name.endsWith('.weight') ? 1 : 0, 0.375];
  if (name.startsWith('h.') && name.endsWith('.weight')) return [0, 0.5];
  return [0, name === 'wpe.weight' ? 0.75 : 0.5];
}

/** The weights of tests/reference/portable_weights.py, which says how they are made, to the last bit. */
export function portableWeights(config: Gpt2Config): Record<string, FloatTensor> {
  const tensors: Record<string, FloatTensor> = {};
  [...gpt2TensorShapes(config)].forEach(([name, shape], index) => {
    const start = Math.imul(index, 0x9e3779b9);
    const [centre, scale] = centreAndScale(name);
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    for (let i = 0; i < data.length; i++) {
      data[i] = centre + (scale * ((hash32(start + i) >>> 16) - 32767.5)) / 32768;
    }
    tensors[name] = { shape, data };
  });
  return tensors;
}
