import { describe, expect, it } from 'vitest';
import {
  cutPath,
  englishQuestion,
  ENTITY_NAMES,
  formatItems,
  itemSearch,
  parseEnglishQuestion,
  parseItems,
  type Item,
} from '../../../src/dataset/index.js';
import type { Edge } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';
import { tinyItem } from '../tiny-item.js';
import { forPermutedItems, layerTexts, plainDepths, plainEntities } from './support.js';

const DEPTHS = [1, 2, 3, 4];

/** The least number of edges between two layers without which the root does not reach the target, by trying all sets. */
function fewest({ edges, root, target }: Item, depth: number): number {
  const depths = plainDepths(edges, root);
  const across = edges.filter(([u, v]) => depths.get(u) === depth - 1 && depths.get(v) === depth);
  let least = Infinity;
  for (let set = 0; set < 2 ** across.length; set++) {
    const gone = across.filter((_, i) => (set >> i) % 2 === 1);
    if (gone.length >= least) continue;
    const left = edges.filter((edge) => !gone.includes(edge));
    if (!plainDepths(left, root).has(target)) least = gone.length;
  }
  return least;
}

describe('cutPath', () => {
  it('takes the fewest edges at the depth without which the target is not reached', () => {
    let found = 0;
    forPermutedItems((item, seed) => {
      const depths = plainDepths(item.edges, item.root);
      for (const depth of DEPTHS) {
        const cut = cutPath(createRandom(seed), item, depth);
        if (cut === undefined) continue;
        found++;
        const gone: readonly Edge[] = cut.cut.edges;
        expect(gone.every(([u, v]) => depths.get(u) === depth - 1 && depths.get(v) === depth)).toBe(true);
        expect(cut.edges).toEqual(item.edges.filter((edge) => !gone.includes(edge)));
        expect(gone).toHaveLength(fewest(item, depth));
        const reached = plainDepths(cut.edges, item.root);
        expect([reached.has(item.target), reached.has(item.decoy)]).toEqual([false, false]);
        expect(layerTexts(cut.edges, item.root, depth)).toEqual(layerTexts(item.edges, item.root, depth));
        const { otherRoot } = itemSearch(item);
        expect(plainDepths(cut.edges, otherRoot).get(item.decoy)).toBe(
          plainDepths(item.edges, otherRoot).get(item.decoy),
        );
        expect(cut).toMatchObject({ expected: 'neither', path: [], root: item.root, target: item.target });
      }
    });
    expect(found).toBeGreaterThan(60);
  });

  it('words what is left: every node is named, and new entities like entities', () => {
    forPermutedItems((item, seed) => {
      const cut = cutPath(createRandom(seed), item, 2);
      if (cut === undefined) return;
      expect(new Set(cut.edges.flat()).size).toBe(item.names.length);
      for (const node of plainEntities(cut)) expect(ENTITY_NAMES).toContain(cut.names[node]);
      expect(new Set(cut.names).size).toBe(cut.names.length);
      const { edges, candidates, root } = cut;
      expect(parseEnglishQuestion(englishQuestion(cut, cut.names), cut.names)).toEqual({ edges, candidates, root });
      expect(() => parseItems(formatItems([cut]), 'file')).toThrow('file item 0: target');
    });
  });

  // Tom 0 -> 2 -> 3 -> 5 (target), 0 -> 6 -> 3, Alex 1 -> 4 (decoy); 2 and 6 have another child each, 7 and 8.
  const item: Item = {
    ...tinyItem,
    names: [...tinyItem.names, 'impus', 'kerpus', 'lempus', 'numpus'],
    edges: [
      [2, 3],
      [3, 5],
      [0, 6],
      [1, 4],
      [0, 2],
      [6, 3],
      [2, 7],
      [6, 8],
      [1, 5],
    ],
    target: 5,
    candidates: [5, 4],
    path: [0, 2, 3, 5],
  };

  it('cuts two of two ways and one of one', () => {
    expect(cutPath(createRandom(0), item, 2)?.cut).toEqual({
      depth: 2,
      edges: [
        [2, 3],
        [6, 3],
      ],
    });
    const spoken: Item = { ...item, edges: [...item.edges, [3, 7]] };
    expect(cutPath(createRandom(0), spoken, 3)?.cut.edges).toEqual([[3, 5]]);
  });

  it('leaves an edge whose way leads back through one that goes', () => {
    // 0 -> 2 -> 3 -> 5; 0 -> 6 -> 8 -> 2: the second way comes from depth 2 back to depth 1, and needs 2 -> 3 as well.
    const edges: Item['edges'] = [
      [0, 2],
      [2, 3],
      [3, 5],
      [0, 6],
      [6, 8],
      [8, 2],
      [1, 4],
      [2, 7],
      [1, 3],
    ];
    expect(cutPath(createRandom(0), { ...item, edges }, 2)?.cut.edges).toEqual([[2, 3]]);
  });

  it('is none where the root or the target would not be spoken of, or lies beyond', () => {
    expect(cutPath(createRandom(0), item, 1)).toBeUndefined();
    expect(cutPath(createRandom(0), item, 4)).toBeUndefined();
    expect(cutPath(createRandom(0), tinyItem, 2)).toBeUndefined();
    expect(() => cutPath(createRandom(0), item, 0)).toThrow('depth is 0');
  });
});
