import { describe, expect, it } from 'vitest';
import { randomDonors, sameAnswerDonors } from '../../src/intervention/index.js';
import { symbolicWording } from '../../src/tokenizer/index.js';
import { createRandom } from '../../src/random.js';
import { tinyItem } from '../dataset/tiny-item.js';

/** The tiny item twice, and the same question of a graph with one edge more. */
const other = { ...tinyItem, edges: [...tinyItem.edges, [1, 2] as const] };
const items = [tinyItem, { ...tinyItem, id: '1' }, other];

describe('donors', () => {
  it('with the same answer are of another graph: the copy of a question tells of the question', () => {
    for (let seed = 0; seed < 20; seed++) {
      const donors = sameAnswerDonors(createRandom(seed), items, symbolicWording);
      expect(donors.slice(0, 2)).toEqual([2, 2]);
      expect([0, 1]).toContain(donors[2]);
    }
    expect(sameAnswerDonors(createRandom(0), items.slice(0, 2), symbolicWording)).toEqual([undefined, undefined]);
  });

  it('at random are of another graph, as long as no graph has more than half of the items', () => {
    expect(randomDonors(createRandom(0), items)).toBeUndefined();
    expect(randomDonors(createRandom(0), items.slice(1))).toEqual([1, 0]);
    for (let seed = 0; seed < 20; seed++) {
      const donors = randomDonors(createRandom(seed), [...items, other]) ?? [];
      expect([...donors.slice(0, 2)].sort()).toEqual([2, 3]);
      expect([...donors.slice(2)].sort()).toEqual([0, 1]);
    }
    expect(randomDonors(createRandom(0), [])).toBeUndefined();
  });
});
