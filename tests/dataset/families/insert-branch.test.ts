import { describe, expect, it } from 'vitest';
import { formatItems, insertBranch, parseItems, type Item } from '../../../src/dataset/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { createRandom } from '../../../src/random.js';
import { tinyItem } from '../tiny-item.js';
import { edgeTexts, forPermutedItems, plainDepths } from './support.js';

const DEPTHS = [1, 2, 3, 4];

describe('insertBranch', () => {
  it('puts a node that was not reached at the depth, and changes no other depth and no answer', () => {
    let found = 0;
    forPermutedItems((item, seed) => {
      const before = plainDepths(item.edges, item.root);
      for (const depth of DEPTHS) {
        const branched = insertBranch(createRandom(seed), item, depth);
        if (branched === undefined) continue;
        found++;
        const { node, position } = branched.branch;
        const after = plainDepths(branched.edges, item.root);
        expect([before.get(node), after.get(node)]).toEqual([undefined, depth]);
        expect([after.has(item.target), after.has(item.decoy)]).toEqual([true, false]);
        after.delete(node);
        expect(after).toEqual(before);
        expect(item.candidates).not.toContain(node);
        const [source, end] = branched.edges[position];
        expect([before.get(source), end]).toEqual([depth - 1, node]);
        expect(item.candidates).not.toContain(source);
        expect(branched.edges.filter((_, at) => at !== position)).toEqual(item.edges);
        const { id, names, root, target, decoy, candidates, path } = item;
        expect(branched).toMatchObject({ id, names, root, target, decoy, candidates, path });
        const prompts = [item, branched].map((one) => symbolicWording.prompt(one).length);
        expect(prompts[1] - prompts[0]).toBe(3);
        expect(parseItems(formatItems([branched]), 'item')).toHaveLength(1);
      }
    });
    expect(found).toBeGreaterThan(100);
  });

  // Tom 0 -> 2 -> 3 (target), Alex 1 -> 4 (decoy), 1 -> 5 -> 6.
  const edges: Item['edges'] = [
    [2, 3],
    [1, 4],
    [0, 2],
    [1, 5],
    [5, 6],
  ];
  const item: Item = { ...tinyItem, names: [...tinyItem.names, 'impus', 'kerpus'], edges };

  it('leads to leaves that are no candidates', () => {
    const added = Array.from({ length: 30 }, (_, seed) => {
      const branched = insertBranch(createRandom(seed), item, 2);
      return edgeTexts(branched ?? item).find((edge) => !edgeTexts(item).includes(edge));
    });
    expect(new Set(added)).toEqual(new Set(['2->6']));
  });

  it('puts the sentence anywhere', () => {
    const places = Array.from({ length: 60 }, (_, seed) => insertBranch(createRandom(seed), item, 1)?.branch.position);
    expect(new Set(places)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it('is none where the target alone is at the depth before, or nothing is left to lead to', () => {
    expect(insertBranch(createRandom(0), item, 3)).toBeUndefined();
    expect(insertBranch(createRandom(0), tinyItem, 1)).toBeUndefined();
    expect(() => insertBranch(createRandom(0), item, 0)).toThrow('depth is 0');
  });
});
