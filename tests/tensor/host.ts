import { createRandom } from '../../src/random.js';
import type { HostTensor, Signature } from '../../src/tensor/index.js';

/** Standard normal entries from a seed. */
export function normals(seed: string, shape: readonly number[], scale = 1): HostTensor {
  const random = createRandom(seed);
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).map(() => scale * random.normal());
  return { data, shape, dtype: 'float32' };
}

export const floats = (values: readonly number[], shape: readonly number[] = [values.length]): HostTensor => ({
  data: Float32Array.from(values),
  shape,
  dtype: 'float32',
});

export const signatureOf = (inputs: Readonly<Record<string, HostTensor>>): Signature =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]));

/** Largest absolute difference, divided by the largest absolute reference. */
export function relativeDifference(actual: HostTensor, reference: HostTensor): number {
  let difference = 0;
  let scale = 0;
  for (let i = 0; i < reference.data.length; i++) {
    difference = Math.max(difference, Math.abs(actual.data[i] - reference.data[i]));
    scale = Math.max(scale, Math.abs(reference.data[i]));
  }
  return difference === 0 ? 0 : difference / scale;
}
