import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemSearch, leadAstray, randomItem, type Item } from '../../../src/dataset/index.js';
import { distancesTo, UNREACHED } from '../../../src/graph/index.js';
import { createRandom } from '../../../src/random.js';

/** 0 reaches 1, 2 and then 3 (by 1) and 4 (by 2); 3 leads to the target 5. The other root 6 leads to the decoy 7. */
const ITEM: Item = {
  id: 'a',
  names: ['Tom', 'a', 'b', 'c', 'd', 't', 'Bob', 'x'],
  edges: [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 5],
    [6, 7],
  ],
  root: 0,
  target: 5,
  decoy: 7,
  candidates: [7, 5],
  path: [0, 1, 3, 5],
};

describe('leadAstray', () => {
  it('cuts the paths, and leads from the deepest node above the target to the decoy', () => {
    const astray = leadAstray(createRandom(1), ITEM);
    expect(astray).toMatchObject({ root: 0, target: 7, decoy: 5, candidates: [7, 5], path: [0, 2, 4, 7] });
    expect(astray?.astray).toEqual({ cutAt: 1, from: 2 });
    const stated = astray?.edges.map((edge) => edge.join(' ')) ?? [];
    expect([...stated].sort()).toEqual(['0 2', '1 3', '2 4', '3 5', '4 7', '6 7']);
    // What has lost its last parent is named like an entity.
    expect(astray?.names[1]).not.toBe('a');
    expect(astray?.names.filter((_, node) => node !== 1)).toEqual(ITEM.names.filter((_, node) => node !== 1));
  });

  it('is nothing where the root reaches nothing beside the paths', () => {
    expect(
      leadAstray(createRandom(1), { ...ITEM, edges: ITEM.edges.filter(([, end]) => end !== 2 && end !== 4) }),
    ).toBe(undefined);
  });

  it('reaches what the original reaches, no sooner, and between the cut and the new statement nothing that leads to the target by itself', () => {
    let count = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const item = randomItem(createRandom(seed), 'a', { depthGap: 1 });
        const led = leadAstray(createRandom(seed), item);
        if (led === undefined) return;
        count++;
        const [before, after] = [itemSearch(item), itemSearch(led)];
        const { cutAt, from } = led.astray;
        expect(after.depth).toBe(from + 1);
        expect(from).toBeLessThan(before.depth);
        expect(after.depths[item.target]).toBe(UNREACHED);
        const toTarget = distancesTo(before.graph, item.target);
        after.depths.forEach((depth, node) => {
          if (depth === UNREACHED || depth > from) return;
          expect(before.depths[node]).toBeGreaterThanOrEqual(0);
          expect(before.depths[node]).toBeLessThanOrEqual(depth);
          // By way of a node before the cut it takes more steps than from there.
          if (depth >= cutAt && toTarget[node] !== UNREACHED)
            expect(toTarget[node]).toBeGreaterThan(before.depth - (cutAt - 1));
        });
      }),
      { numRuns: 100 },
    );
    expect(count).toBeGreaterThan(60);
  });
});
