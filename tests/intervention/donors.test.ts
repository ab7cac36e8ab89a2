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

  it('at random are of another graph, where there is one', () => {
    expect(randomDonors(createRandom(0), items.slice(0, 2))).toEqual([undefined, undefined]);
    expect(randomDonors(createRandom(0), items.slice(1))).toEqual([1, 0]);
    for (let seed = 0; seed < 20; seed++) {
      const donors = randomDonors(createRandom(seed), [...items, other]);
      for (const donor of donors.slice(0, 2)) expect([2, 3]).toContain(donor);
      for (const donor of donors.slice(2)) expect([0, 1]).toContain(donor);
    }
    expect(randomDonors(createRandom(0), [])).toEqual([]);
  });

  it('are drawn from a pool, in which the items need not be', () => {
    const pool = Array.from({ length: 8 }, (_, i) => ({ ...other, id: `pool ${i}` }));
    const donors = randomDonors(createRandom(0), items, [tinyItem, ...pool]);
    expect(donors.slice(0, 2).every((donor) => donor !== undefined && donor >= 1 && donor <= 8)).toBe(true);
    expect(donors[2]).toBe(0);
    expect(sameAnswerDonors(createRandom(0), items, symbolicWording, [tinyItem])).toEqual([undefined, undefined, 0]);
  });

  it('belong to the question, whatever stands beside it and wherever it is asked again', () => {
    const pool = Array.from({ length: 50 }, (_, i) => ({ ...other, id: `pool ${i}` }));
    // The same graph with other roots and decoys.
    const some = [0, 1, 2].flatMap((root) => [0, 1, 2, 4].map((decoy) => ({ ...tinyItem, root, decoy })));
    expect(new Set(randomDonors(createRandom(3), [tinyItem, { ...tinyItem, id: 'again' }], pool)).size).toBe(1);
    const donors = randomDonors(createRandom(3), some, pool);
    expect(randomDonors(createRandom(3), [...some].reverse(), pool)).toEqual([...donors].reverse());
    expect(randomDonors(createRandom(3), some.slice(4, 5), pool)).toEqual(donors.slice(4, 5));
    // Twelve draws out of fifty: that all are the same one is not by chance.
    expect(new Set(donors).size).toBeGreaterThan(1);
  });
});
