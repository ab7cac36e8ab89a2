import { describe, expect, it } from 'vitest';
import { chooseItems } from '../../src/cli/choose-items.js';
import { graphKey, randomItems, rootTwin, type Item } from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';

const random = createRandom('choose items');
const items = randomItems(random, 6).flatMap((item): Item[] => {
  const twin = rootTwin(random, item);
  return twin === undefined ? [item] : [item, twin];
});
const file = { items, path: 'items.json', sha256: '' };

/** The statements by name, which new numbers leave as they are. */
const statements = ({ names, edges }: Item): string =>
  edges.map(([from, to]) => `${names[from]} > ${names[to]}`).join();

describe('chooseItems', () => {
  it('gives the first items as they are, and refuses more than there are', () => {
    expect(chooseItems(file, {})).toEqual(items);
    expect(chooseItems(file, { limit: 2 })).toEqual(items.slice(0, 2));
    expect(() => chooseItems(file, { limit: 100 })).toThrow('--limit: asks for 100 items, items.json has');
  });

  it('renumbers nodes with the seed alone, whatever is said of them', () => {
    const chosen = chooseItems(file, { permuteIds: 1 });
    expect(chosen.map(statements)).toEqual(items.map(statements));
    expect(chosen.map(({ edges }) => edges)).not.toEqual(items.map(({ edges }) => edges));
    expect(chooseItems(file, { permuteIds: 1 })).toEqual(chosen);
    expect(chooseItems(file, { permuteIds: 1, limit: 3 })).toEqual(chosen.slice(0, 3));
    expect(chooseItems(file, { permuteIds: 2 })).not.toEqual(chosen);
    // Shards and merged files: an item's numbers do not depend on its place.
    expect(chooseItems({ ...file, items: items.toReversed() }, { permuteIds: 1 })).toEqual(chosen.toReversed());
    expect(chooseItems({ ...file, items: items.slice(2) }, { permuteIds: 1 })).toEqual(chosen.slice(2));
  });

  it('leaves the items of one graph one graph', () => {
    const groups = (all: readonly Item[]): number[] => {
      const keys = all.map(graphKey);
      return keys.map((key) => keys.indexOf(key));
    };
    expect(new Set(groups(items)).size).toBeLessThan(items.length);
    expect(groups(chooseItems(file, { permuteIds: 1 }))).toEqual(groups(items));
  });
});
