import { expect } from 'vitest';
import { createCoconut, type Coconut } from '../../src/model/index.js';
import type { HostTensor } from '../../src/tensor/index.js';
import { createRandom } from '../../src/random.js';
import { ReferenceGpt2 } from './reference.js';
import { randomTensors, tinyConfig, type TinyConfig } from './tiny.js';

/** float32 through two or three layers of width 16, against float64 or in another order of summation: about 2e-6. */
export const ROUNDING = 2e-5;

export interface Tiny {
  readonly config: TinyConfig;
  readonly model: Coconut;
  readonly reference: ReferenceGpt2;
}

export function tiny(seed: number, changes: Partial<TinyConfig> = {}): Tiny {
  const config = tinyConfig({ nLayer: 1 + (seed % 3), tieWordEmbeddings: seed % 2 === 0, ...changes });
  const tensors = randomTensors(config, seed);
  return { config, model: createCoconut({ config, tensors }), reference: new ReferenceGpt2(config, tensors) };
}

/** Prompts of the given lengths. */
export function randomPrompts(config: TinyConfig, lengths: readonly number[], seed: number): number[][] {
  const random = createRandom(`prompts ${seed}`);
  return lengths.map((length) => Array.from({ length }, () => random.integer(config.vocabSize)));
}

export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = ROUNDING): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    expect(difference, `element ${i}: ${actual[i]} against ${expected[i]}`).toBeLessThan(
      tolerance * (1 + Math.abs(expected[i])),
    );
  }
}

/** Entry `index` of the first axis. */
export function row({ data, shape }: HostTensor, index: number): number[] {
  const length = data.length / shape[0];
  return Array.from(data.subarray(index * length, (index + 1) * length));
}

/** The largest difference between two arrays: for tests that something does change. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i])));
}
