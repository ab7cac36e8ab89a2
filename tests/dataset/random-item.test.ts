import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CONCEPT_NAMES,
  demoItems,
  ENTITY_NAMES,
  formatItems,
  inspectItems,
  itemGraph,
  parseItems,
  publishedItem,
  randomItem,
  randomItems,
} from '../../src/dataset/index.js';
import { createRandom } from '../../src/random.js';

describe('randomItems', () => {
  it('names entities and concepts from their own lists', () => {
    for (const item of randomItems(createRandom('names'), 100)) {
      const concepts = new Set(item.edges.map(([, target]) => target));
      item.names.forEach((name, node) => expect(concepts.has(node) ? CONCEPT_NAMES : ENTITY_NAMES).toContain(name));
    }
  });

  it('does not let an item depend on how many there are', () => {
    expect(randomItems(createRandom(7), 5).slice(0, 2)).toEqual(randomItems(createRandom(7), 2));
  });

  it('keeps to the options', () => {
    const { names, path } = randomItem(createRandom(3), 'x', { nodes: 12, minDepth: 2, maxDepth: 2 });
    expect(names.length).toBeLessThanOrEqual(12);
    expect(path).toHaveLength(3);
  });
});

describe('randomItem', () => {
  it('gives up on graphs with more nodes than there are names', () => {
    expect(() => randomItem(createRandom(3), 'x', { nodes: 90 })).toThrow('at most 17 entities and 38 concepts');
  });
});

describe('publishedItem', () => {
  it('is a valid item', () => {
    const random = createRandom('published items');
    const items = Array.from({ length: 20 }, (_, i) => publishedItem(random, String(i), 23));
    expect(parseItems(formatItems(items), 'items')).toEqual(items);
    expect(items.map(({ root }) => root)).toEqual(items.map(() => 0));
    expect(items.every((item) => itemGraph(item).nodeCount <= 23)).toBe(true);
  });
});

describe('fixtures/prosqa/demo.json', () => {
  it('is what demoItems gives, byte for byte', () => {
    expect(formatItems(demoItems()) === readFileSync('fixtures/prosqa/demo.json', 'utf8')).toBe(true);
  });

  it('holds 100 items with targets at the depths 3 to 6', () => {
    const { items, targetDepth } = inspectItems(demoItems());
    expect(items).toBe(100);
    expect(targetDepth.map(([depth]) => depth)).toEqual([3, 4, 5, 6]);
  });
});
