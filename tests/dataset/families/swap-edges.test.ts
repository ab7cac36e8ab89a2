import { describe, expect, it } from 'vitest';
import {
  englishQuestion,
  formatItems,
  itemSearch,
  parseEnglishQuestion,
  parseItems,
  swapEdges,
  type Item,
} from '../../../src/dataset/index.js';
import { createGraph, findCycle } from '../../../src/graph/index.js';
import { symbolicWording } from '../../../src/tokenizer/index.js';
import { createRandom } from '../../../src/random.js';
import { edgeTexts, forPermutedItems, layerTexts, plainDepths } from './support.js';

/** Tom 0 -> 2 -> 3 -> 4 (target), Alex 1 -> 5 -> 6 -> 7 (decoy). */
const ladder: Item = {
  id: '0',
  names: ['Tom', 'Alex', 'bompus', 'felpus', 'dumpus', 'impus', 'kerpus', 'lempus'],
  edges: [
    [3, 4],
    [1, 5],
    [0, 2],
    [6, 7],
    [5, 6],
    [2, 3],
  ],
  root: 0,
  target: 4,
  decoy: 7,
  candidates: [4, 7],
  path: [0, 2, 3, 4],
};

const DEPTHS = [1, 2, 3, 4];

describe('swapEdges', () => {
  it('flips what the root reaches and leaves every layer above the depth', () => {
    const found = new Map(DEPTHS.map((depth) => [depth, 0]));
    forPermutedItems((item, seed) => {
      for (const depth of DEPTHS) {
        const swap = swapEdges(createRandom(seed), item, depth);
        if (swap === undefined) continue;
        found.set(depth, (found.get(depth) ?? 0) + 1);
        expect([swap.root, swap.target, swap.decoy]).toEqual([item.root, item.decoy, item.target]);
        const depths = plainDepths(swap.edges, swap.root);
        expect([depths.has(swap.target), depths.has(swap.decoy)]).toEqual([true, false]);
        expect(layerTexts(swap.edges, swap.root, depth)).toEqual(layerTexts(item.edges, item.root, depth));
        const [[, v], [, v2]] = swap.swapped.before;
        expect([depths.get(v), depths.get(v2)]).toEqual([undefined, depth]);
        expect(swap.path).toHaveLength((depths.get(swap.target) ?? NaN) + 1);
        swap.path.slice(1).forEach((node, i) => expect(swap.edges).toContainEqual([swap.path[i], node]));
        const other = itemSearch(item).otherRoot;
        const fromOther = plainDepths(swap.edges, other);
        expect(fromOther.has(swap.decoy)).toBe(true);
        expect(swap.swapped.exclusive).toBe(!fromOther.has(swap.target));
      }
    }, 120);
    // Depth 4 is rare (some 4 %), so there may be none.
    for (const depth of [1, 2, 3]) expect(found.get(depth)).toBeGreaterThan(5);
  });

  it('changes the ends of two sentences, which stand from depth - 1 to depth, and nothing else', () => {
    forPermutedItems((item, seed) => {
      const own = plainDepths(item.edges, item.root);
      const other = plainDepths(item.edges, itemSearch(item).otherRoot);
      for (const depth of DEPTHS) {
        const swap = swapEdges(createRandom(seed), item, depth);
        if (swap === undefined) continue;
        const { positions, before, after } = swap.swapped;
        expect(positions.map((at) => item.edges[at])).toEqual(before);
        expect(positions.map((at) => swap.edges[at])).toEqual(after);
        expect(before.map(([source, end], i) => [source, end, after[i]])).toEqual([
          [before[0][0], before[0][1], [before[0][0], before[1][1]]],
          [before[1][0], before[1][1], [before[1][0], before[0][1]]],
        ]);
        expect(before[0].map((node) => own.get(node))).toEqual([depth - 1, depth]);
        expect(before[1].map((node) => other.get(node))).toEqual([depth - 1, depth]);
        expect(plainDepths(item.edges, before[0][1]).has(item.target)).toBe(true);
        expect(plainDepths(item.edges, before[1][1]).has(item.decoy)).toBe(true);
        item.edges.forEach((edge, at) => {
          if (!positions.includes(at)) expect(swap.edges[at]).toEqual(edge);
        });
        expect(new Set(edgeTexts(swap)).size).toBe(item.edges.length);
        expect(findCycle(createGraph({ nodeCount: swap.names.length, edges: swap.edges }))).toBeUndefined();
        const { id, names, candidates } = item;
        expect(swap).toMatchObject({ id, names, candidates });
        const [was, is] = [item, swap].map((one) => symbolicWording.prompt(one));
        expect(is).toHaveLength(was.length);
        expect(is.filter((token, i) => token !== was[i])).toHaveLength(2);
        expect(parseItems(formatItems([swap]), 'item')).toHaveLength(1);
        const { edges, root } = swap;
        expect(parseEnglishQuestion(englishQuestion(swap, names), names)).toEqual({ edges, candidates, root });
      }
    });
  });

  it('swaps the rungs of two chains', () => {
    expect(swapEdges(createRandom(0), ladder, 2)).toEqual({
      ...ladder,
      edges: [
        [3, 4],
        [1, 5],
        [0, 2],
        [6, 7],
        [5, 3],
        [2, 6],
      ],
      target: 7,
      decoy: 4,
      path: [0, 2, 6, 7],
      swapped: {
        depth: 2,
        positions: [5, 4],
        before: [
          [2, 3],
          [5, 6],
        ],
        after: [
          [2, 6],
          [5, 3],
        ],
        exclusive: true,
      },
    });
    expect(swapEdges(createRandom(0), ladder, 1)?.path).toEqual([0, 5, 6, 7]);
    expect(swapEdges(createRandom(0), ladder, 3)?.path).toEqual([0, 2, 3, 7]);
    expect(swapEdges(createRandom(0), ladder, 4)).toBeUndefined();
  });

  it('is none where the target is reached another way, an edge is there already, or a cycle would close', () => {
    const detour: Item = { ...ladder, edges: [...ladder.edges, [0, 3]] };
    expect(swapEdges(createRandom(0), detour, 1)).toBeUndefined();
    const stated: Item = { ...ladder, edges: [...ladder.edges, [5, 3]] };
    expect(swapEdges(createRandom(0), stated, 2)).toBeUndefined();
    expect(swapEdges(createRandom(0), stated, 3)).toBeDefined();
    // What leads to the decoy leads to 2 as well: 2 -> 6 -> 2 would be a cycle.
    const cycle: Item = { ...ladder, edges: [...ladder.edges, [6, 2]] };
    expect(swapEdges(createRandom(0), cycle, 2)).toBeUndefined();
  });

  it('prefers a pair that takes the decoy from the other root', () => {
    // Alex 1 -> 5 -> 7 besides 1 -> 5 -> 6 -> 7: at depth 2 one of them is left, at depth 1 none.
    const two: Item = { ...ladder, edges: [...ladder.edges, [5, 7]] };
    expect(swapEdges(createRandom(0), two, 2)?.swapped.exclusive).toBe(false);
    expect(swapEdges(createRandom(0), two, 1)?.swapped.exclusive).toBe(true);
  });

  it('takes whole depths from 1 on', () => {
    for (const depth of [0, 1.5, NaN]) expect(() => swapEdges(createRandom(0), ladder, depth)).toThrow('depth is');
  });
});
