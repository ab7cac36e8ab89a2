import { describe, expect, it } from 'vitest';
import { canonicalOrder, itemLabel, permuteEdgeOrder, randomItems, rootTwin } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';
import { tinyItem } from './tiny-item.js';

describe('itemLabel', () => {
  it('names the question: neither its id, nor the order of its sentences, nor its names', () => {
    const restated = { ...permuteEdgeOrder(createRandom(1), tinyItem), id: 'b', names: ['p', 'q', 'r', 's', 't'] };
    expect(restated.edges).not.toEqual(tinyItem.edges);
    expect(itemLabel(restated)).toBe(itemLabel(tinyItem));
    expect(itemLabel({ ...tinyItem, id: 'a/b' })).toBe(itemLabel(tinyItem));
  });

  it('differs for another graph, root or candidate', () => {
    const others = [
      { ...tinyItem, edges: [...tinyItem.edges, [1, 2] as const] },
      { ...tinyItem, root: 2 },
      { ...tinyItem, target: 2 },
      { ...tinyItem, decoy: 1 },
    ];
    expect(new Set([tinyItem, ...others].map(itemLabel)).size).toBe(5);
  });
});

describe('canonicalOrder', () => {
  /** Twelve questions, their twins, and each question again with its sentences in another order; ids by place. */
  const questions = randomItems(createRandom('order'), 12, { nodes: 12 });
  const some = [
    ...questions,
    ...questions.flatMap((item) => rootTwin(createRandom(0), item) ?? []),
    ...questions.map((item) => permuteEdgeOrder(createRandom(2), item)),
  ];
  const numbered = (items: typeof some): typeof some => items.map((item, place) => ({ ...item, id: String(place) }));
  const stated = (items: typeof some): unknown[] =>
    canonicalOrder(numbered(items)).map((item) => ({ ...item, id: '' }));

  it('is the same of items in another order and with other ids', () => {
    const expected = stated(some);
    expect(stated([...some].reverse())).toEqual(expected);
    expect(stated(createRandom('shuffled').shuffle([...some]))).toEqual(expected);
  });

  it('is a copy, and no order of the file', () => {
    expect(canonicalOrder(some)).not.toEqual(some);
    expect(new Set(canonicalOrder(some))).toEqual(new Set(some));
    expect(canonicalOrder(some)).toHaveLength(some.length);
  });
});
