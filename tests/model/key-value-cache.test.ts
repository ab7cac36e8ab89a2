import { describe, expect, it } from 'vitest';
import { MASKED } from '../../src/model/attention.js';
import { KeyValueCache } from '../../src/model/key-value-cache.js';
import type { HostTensor } from '../../src/tensor/index.js';

const SHAPE = { batch: 3, heads: [2], headWidth: 1 };

/** [rows, 2, n, 1] with 100 row + 10 head + slot, from a slot on. */
function numbered(rows: readonly number[], from: number, n: number): HostTensor {
  const data = rows.flatMap((row) =>
    [0, 1].flatMap((head) => Array.from({ length: n }, (_, i) => 100 * row + 10 * head + from + i)),
  );
  return { data: Float32Array.from(data), shape: [rows.length, 2, n, 1], dtype: 'float32' };
}

/** Two slots for prompts and two after them, all written. */
function filled(): KeyValueCache {
  const cache = KeyValueCache.empty(SHAPE, [1, 0, 2], 2, 2);
  // Row by row, and out of order: prompts are read with others of their length.
  for (const rows of [[2], [0, 1]]) cache.write(0, [numbered(rows, 0, 2)], [numbered(rows, 0, 2)], rows);
  cache.write(2, [numbered([0, 1, 2], 2, 1)], [numbered([0, 1, 2], 2, 1)]);
  cache.write(3, [numbered([0, 1, 2], 3, 1)], [numbered([0, 1, 2], 3, 1)]);
  return cache;
}

const number = (cache: KeyValueCache, row: number, head: number, slot: number): number =>
  cache.at('keys', 0, row, head, slot)[0];

describe('a cache', () => {
  it('has each position in its slot, of the prompts or after them', () => {
    const cache = filled();
    for (const row of [0, 1, 2])
      for (const head of [0, 1])
        for (const slot of [0, 1, 2, 3]) expect(number(cache, row, head, slot)).toBe(100 * row + 10 * head + slot);
    expect(Array.from(cache.inputs(1, 1)['prompt.values.0'].data)).toEqual([100, 101, 110, 111]);
    expect(Array.from(cache.inputs(1, 2)['past.keys.0'].data)).toEqual([102, 103, 112, 113, 202, 203, 212, 213]);
  });

  it('refuses what does not fit into a stretch', () => {
    const cache = filled();
    expect(() => cache.write(1, [numbered([0], 1, 2)], [numbered([0], 1, 2)])).toThrow(
      'slot 2 of a stretch that ends at 2',
    );
    expect(() => cache.write(3, [numbered([0], 3, 2)], [numbered([0], 3, 2)])).toThrow(
      'slot 4 of a stretch that ends at 4',
    );
    expect(() => cache.fork(4, 1)).toThrow('4 slots of a cache with 2 and 1');
    expect(() => cache.fork(1, 2)).toThrow('1 slots of a cache with 2 and 2');
  });

  it('masks padding and what is not filled', () => {
    const masks = filled().masks(3);
    expect(Array.from(masks['prompt.mask'].data, (x) => x === Math.fround(MASKED))).toEqual([
      true,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(Array.from(masks['past.mask'].data, (x) => x === Math.fround(MASKED))).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('forks rows: consecutive ones share the prompts, others copy them, and what follows is copied', () => {
    const cache = filled();
    const [shared, copied] = [cache.fork(3, 2, [1, 2]), cache.fork(3, 2, [2, 0])];
    expect([number(shared, 0, 1, 1), number(shared, 1, 0, 2)]).toEqual([111, 202]);
    expect([number(copied, 0, 1, 1), number(copied, 1, 0, 2)]).toEqual([211, 2]);
    expect([shared.padding, copied.padding]).toEqual([
      [0, 2],
      [2, 1],
    ]);
    cache.at('keys', 0, 2, 0, 0)[0] = -1;
    cache.at('keys', 0, 2, 0, 2)[0] = -1;
    expect([number(shared, 1, 0, 0), number(shared, 1, 0, 2)]).toEqual([-1, 202]);
    expect([number(copied, 0, 0, 0), number(copied, 0, 0, 2)]).toEqual([200, 202]);
  });

  it('may be written to once its prompts are its own', () => {
    const cache = filled();
    const own = cache.fork(4, 2).unshared();
    own.at('values', 0, 0, 0, 0)[0] = -1;
    own.at('values', 0, 0, 0, 3)[0] = -1;
    expect([cache.at('values', 0, 0, 0, 0)[0], cache.at('values', 0, 0, 0, 3)[0]]).toEqual([0, 3]);
  });
});
