import { describe, expect, it } from 'vitest';
import { formatItems, parseItems, renameWithinLayers, rootTwin, type Item } from '../../../src/dataset/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { createRandom } from '../../../src/random.js';
import { forPermutedItems, plainDepths } from './support.js';

/** The nodes from which a node can be reached, itself among them. */
function leadingTo({ edges }: Item, node: number): Set<number> {
  return new Set(
    plainDepths(
      edges.map(([source, target]) => [target, source] as const),
      node,
    ).keys(),
  );
}

/** Renames an item of every kind: the item itself and, where there is one, its twin, which is asked from the other root. */
function forBoth(property: (item: Item, renamed: Item) => void): number {
  let count = 0;
  forPermutedItems((item, seed) => {
    for (const one of [item, rootTwin(createRandom(seed), item)]) {
      if (one === undefined) continue;
      const renamed = renameWithinLayers(createRandom(seed).fork('renamed'), one);
      if (renamed === undefined) continue;
      property(one, renamed);
      count++;
    }
  });
  return count;
}

describe('renameWithinLayers', () => {
  it('keeps every layer of the root, with target and decoy in each other’s place', () => {
    const count = forBoth((item, renamed) => {
      const { target, decoy, root } = item;
      const expected = new Map(plainDepths(item.edges, root));
      expected.set(decoy, expected.get(target) ?? NaN);
      expected.delete(target);
      expect([...plainDepths(renamed.edges, renamed.root)].sort()).toEqual([...expected].sort());
      expect(renamed).toMatchObject({ root, target: decoy, decoy: target, candidates: item.candidates, id: item.id });
      expect(renamed.names).toBe(item.names);
    });
    expect(count).toBeGreaterThan(100);
  });

  it('is the same graph under other names: as many edges of every node, and as long a path', () => {
    forBoth((item, renamed) => {
      const degrees = ({ edges, names }: Item): string[] =>
        names.map((_, node) => [0, 1].map((end) => edges.filter((edge) => edge[end] === node).length).join(' ')).sort();
      expect(degrees(renamed)).toEqual(degrees(item));
      expect(renamed.path.length).toBe(item.path.length);
      renamed.path.slice(1).forEach((node, i) => expect(renamed.edges).toContainEqual([renamed.path[i], node]));
      expect(symbolicWording.prompt(renamed)).toHaveLength(symbolicWording.prompt(item).length);
      expect(parseItems(formatItems([renamed]), 'renamed')).toHaveLength(1);
    });
  });

  it('moves what leads to the answer away, as far as a layer has other nodes', () => {
    let moved = 0;
    forBoth((item, renamed) => {
      const [before, after] = [leadingTo(item, item.target), leadingTo(renamed, renamed.target)];
      const depths = plainDepths(item.edges, item.root);
      for (let depth = 1; depth < (depths.get(item.target) ?? 0); depth++) {
        const layer = [...depths.keys()].filter((node) => depths.get(node) === depth);
        const leading = layer.filter((node) => before.has(node));
        const kept = leading.filter((node) => after.has(node));
        expect(kept).toHaveLength(Math.max(0, 2 * leading.length - layer.length));
        if (kept.length === 0) moved++;
      }
    });
    expect(moved).toBeGreaterThan(100);
  });

  it('moves what leads to the decoy away as well, where the root never comes', () => {
    let [leading, kept] = [0, 0];
    forBoth((item, renamed) => {
      const [before, after] = [leadingTo(item, item.decoy), leadingTo(renamed, renamed.decoy)];
      const reached = plainDepths(item.edges, item.root);
      const nodes = [...before].filter((node) => node !== item.decoy && !reached.has(node));
      leading += nodes.length;
      kept += nodes.filter((node) => after.has(node)).length;
    });
    expect(kept / leading).toBeLessThan(0.5);
  });

  it('makes nothing where a candidate is an entity', () => {
    const item: Item = {
      id: 'a',
      names: ['Tom', 'rempus', 'wumpus', 'Sally'],
      edges: [
        [0, 1],
        [1, 2],
      ],
      root: 0,
      target: 2,
      decoy: 3,
      candidates: [2, 3],
      path: [0, 1, 2],
    };
    expect(renameWithinLayers(createRandom(1), item)).toBeUndefined();
  });
});
