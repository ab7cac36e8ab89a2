import { expect } from 'vitest';
import {
  observeModel,
  PREDICTIONS,
  type BatteryResult,
  type Observations,
  type ObserveOptions,
  type TestedModel,
} from '../../src/claim/index.js';
import type { Item } from '../../src/dataset/index.js';

/** What the battery sees of a model, with seed 5 where none is given. */
export async function observe(
  tested: TestedModel,
  items: readonly Item[],
  options: Omit<ObserveOptions, 'seed'> & { readonly seed?: number },
  predictions = PREDICTIONS,
): Promise<Observations> {
  const observations = await observeModel(tested, items, predictions, { seed: 5, ...options });
  if (observations === undefined) throw new Error('nothing interrupts it');
  return observations;
}

/** All numbers by where they stand, those of T in its own unit of 100, and all else as a text. */
function flatten(result: BatteryResult | Observations): { numbers: Map<string, number>; words: string } {
  const numbers = new Map<string, number>();
  const walk = (value: unknown, path: string, unit: number): void => {
    if (typeof value === 'number') numbers.set(path, value / unit);
    else if (typeof value === 'object' && value !== null) {
      const isOfT = ('name' in value && /^T /.test(String(value.name))) || ('id' in value && value.id === 'F8');
      for (const [key, inner] of value instanceof Map ? (value as Map<string, unknown>) : Object.entries(value))
        walk(inner, `${path}/${key}`, isOfT ? 100 : unit);
    }
  };
  walk(result, '', 1);
  const words = JSON.stringify(
    result,
    (_, value: unknown) => (typeof value === 'number' ? 0 : value instanceof Map ? [...value] : value),
    1,
  );
  return { numbers, words };
}

/** @param tolerance relative, absolute below 1; 0 for equality */
export function expectSame<T extends BatteryResult | Observations>(result: T, expected: T, tolerance: number): void {
  const [found, wanted] = [flatten(result), flatten(expected)];
  expect(found.words).toBe(wanted.words);
  expect([...found.numbers.keys()]).toEqual([...wanted.numbers.keys()]);
  const apart = [...found.numbers].flatMap(([path, value]) => {
    const other = wanted.numbers.get(path) ?? NaN;
    return Object.is(value, other) || Math.abs(value - other) <= tolerance * Math.max(1, Math.abs(other))
      ? []
      : [`${path}: ${value}, not ${other}`];
  });
  expect(apart).toEqual([]);
}
