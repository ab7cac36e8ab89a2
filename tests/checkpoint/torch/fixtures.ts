import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StoredTensor } from '../../../src/checkpoint/index.js';

/** What torch says is in a tensor; integers as text. */
export interface ExpectedTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

/** A file that torch wrote (tests/checkpoint/make-torch-files.py). */
export function torchFixture(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/golden/torch-files/${name}`, import.meta.url));
}

/** By file, by tensor. */
export const expectedTensors = JSON.parse(readFileSync(torchFixture('expected.json'), 'utf8')) as Record<
  string,
  Record<string, ExpectedTensor>
>;

/** Tensors in the form of `expectedTensors`. */
export function describeTensors(tensors: ReadonlyMap<string, StoredTensor>): Record<string, ExpectedTensor> {
  return Object.fromEntries(
    [...tensors].map(([name, { dtype, shape, data }]) => [
      name,
      { dtype, shape, values: data instanceof Float32Array ? [...data] : Array.from(data, String) },
    ]),
  );
}
