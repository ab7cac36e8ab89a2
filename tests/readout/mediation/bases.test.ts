import { describe, expect, it } from 'vitest';
import {
  headRow,
  orthonormalBasis,
  shareInDirections,
  type Basis,
  type Direction,
} from '../../../src/intervention/index.js';
import { itemSearch, swapEdges } from '../../../src/dataset/index.js';
import { CONSTRUCTED, createCoconut } from '../../../src/model/index.js';
import { createRandom } from '../../../src/random.js';
import { ItemBases } from '../../../src/readout/mediation/bases.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { randomTensors, tinyConfig } from '../../model/tiny.js';
import { fixtureModel, smallItems } from '../fixture-models.js';

/** Which of these directions lie in a subspace. */
function within(basis: Basis | undefined, directions: readonly Direction[]): boolean[] {
  return directions.map((direction) => {
    const thoughts = { data: Float32Array.from(direction), shape: [1, direction.length], dtype: 'float32' as const };
    return shareInDirections(thoughts, [basis ?? []])[0] > 1 - 1e-6;
  });
}

describe('ItemBases', async () => {
  const [item] = smallItems(1);
  const n = item.names.length;
  const trained = await fixtureModel('prosqa-small-coconut');
  const rows = Array.from({ length: 31 }, (_, token) => headRow(trained, token));
  const ofTrained = (seed = 'a') => new ItemBases(trained, symbolicWording, createRandom(seed)).ofItem(item);

  it('head is what the item’s nodes are read along, and nothing of other nodes', () => {
    const { head, embedding } = ofTrained();
    expect(head).toHaveLength(n);
    expect(within(head, rows)).toEqual(rows.map((_, token) => token < n));
    // It is tied.
    expect(embedding).toBeUndefined();
  });

  it('absent has as many rows, none of them the item’s, and random as many directions', () => {
    const { absent, random } = ofTrained();
    const there = within(absent, rows);
    expect(there.slice(0, n)).not.toContain(true);
    expect(there.filter(Boolean)).toHaveLength(n);
    expect(random).toHaveLength(n);
    expect(within(random, rows)).not.toContain(true);
  });

  it('what is drawn belongs to the item and the seed', () => {
    expect(ofTrained()).toEqual(ofTrained());
    expect(ofTrained('b').random).not.toEqual(ofTrained().random);
    expect(ofTrained('b').head).toEqual(ofTrained().head);
  });

  it('there is no absent where the vocabulary has fewer other nodes', () => {
    const many = { ...item, names: Array.from({ length: 16 }, (_, i) => `node${i}`) };
    const bases = new ItemBases(trained, symbolicWording, createRandom('a'));
    expect(bases.ofItem(many).absent).toBeUndefined();
    expect(bases.ofItem({ ...many, names: many.names.slice(0, 15) }).absent).toHaveLength(15);
  });

  it('embedding is of the tokens that are read, where the head has weights of its own', () => {
    const config = tinyConfig({ vocabSize: 40, nEmbd: 32, tieWordEmbeddings: false });
    const tensors = randomTensors(config, 5);
    const untied = createCoconut({ config, tensors });
    const { head, embedding } = new ItemBases(untied, symbolicWording, createRandom('a')).ofItem(item);
    const first = tensors['wte.weight'].data.subarray(0, 32);
    expect(within(embedding, [first, headRow(untied, 0)])).toEqual([true, false]);
    expect(within(head, [first, headRow(untied, 0)])).toEqual([false, true]);
  });

  it('constructed-bfs asks for nodes through the head that carries them, along its head’s rows', () => {
    const bfs = createCoconut(CONSTRUCTED.bfs.build());
    const { query, carriedQuery, head } = new ItemBases(bfs, symbolicWording, createRandom('a')).ofItem(item);
    expect(query).toHaveLength(0);
    expect(carriedQuery).toHaveLength(n);
    const asked = Array.from({ length: 31 }, (_, token) => headRow(bfs, token));
    const centred = asked.map((row) => row.map((x) => x - row.reduce((a, b) => a + b, 0) / row.length));
    expect(within(carriedQuery, centred)).toEqual(centred.map((_, token) => token < n));
    expect(head).toHaveLength(n);
  });

  it('the frontier is of both questions, and all other nodes are the others', () => {
    const random = createRandom('swap');
    const asked = smallItems(20).find((one) => swapEdges(random, one, 1) !== undefined) ?? item;
    const swapped = swapEdges(random, asked, 1) ?? asked;
    const both = new Set([...itemSearch(asked).atDepth(1), ...itemSearch(swapped).atDepth(1)]);
    expect(both.size).toBeGreaterThan(itemSearch(asked).atDepth(1).length);
    const { frontier, otherNodes } = new ItemBases(trained, symbolicWording, random).ofThought(asked, swapped, 1);
    const own = rows.slice(0, asked.names.length);
    expect(within(frontier, own)).toEqual(own.map((_, node) => both.has(node)));
    expect(within(otherNodes, own)).toEqual(own.map((_, node) => !both.has(node)));
    expect(orthonormalBasis([...(frontier ?? []), ...(otherNodes ?? [])])).toHaveLength(own.length);
  });
});
