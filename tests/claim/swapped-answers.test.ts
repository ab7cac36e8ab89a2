import { beforeAll, describe, expect, it } from 'vitest';
import { Batch } from '../../src/claim/batch.js';
import { drawBatteryItems } from '../../src/claim/index.js';
import { turnedBySwaps, type Swapped, type TurnedBySwap } from '../../src/claim/swapped-answers.js';
import { itemLabel, itemSearch, type Item } from '../../src/dataset/index.js';
import { CONSTRUCTED, createCoconut, type Coconut } from '../../src/model/index.js';
import { symbolicWording, type Wording } from '../../src/tokenizer/index.js';

const ITEMS = drawBatteryItems(53, 32, { nodes: 16, minDepth: 3, maxDepth: 4, depthGap: 1 });
const K = 4;

function batchOf(model: Coconut, items: readonly Item[], wording: Wording = symbolicWording): Batch {
  return new Batch({
    model,
    wording,
    items,
    thoughts: K,
    depths: { least: 3, greatest: 4 },
    seed: 1,
    pool: { items: [], thoughts: { shape: [0, K, 0], dtype: 'float32', data: new Float32Array(0) } },
    criteriaOnly: true,
  });
}

describe('turnedBySwaps', () => {
  it('asks between nodes that both end paths, or both lead on', async () => {
    const model = createCoconut(CONSTRUCTED.bfs.build());
    const asked: Item[] = [];
    const wording = { ...symbolicWording, prompt: (item: Item) => (asked.push(item), symbolicWording.prompt(item)) };
    const batch = batchOf(model, drawBatteryItems(54, 60, { minDepth: 3, maxDepth: 4, depthGap: 1 }), wording);
    await turnedBySwaps(batch);
    model.dispose();
    const own = new Set(batch.items.map(itemLabel));
    const edited = asked.filter((item) => !own.has(itemLabel(item)));
    expect(edited.length).toBeGreaterThan(40);
    for (const { edges, candidates } of edited) {
      const [one, other] = candidates.map((node) => edges.some(([source]) => source === node));
      expect(one).toBe(other);
    }
  });
});

describe('turnedBySwaps of constructed-bfs', () => {
  let turned: readonly TurnedBySwap[];
  let swaps: readonly Swapped[];

  beforeAll(async () => {
    const model = createCoconut(CONSTRUCTED.bfs.build());
    const batch = batchOf(model, ITEMS);
    turned = await turnedBySwaps(batch);
    swaps = turned.flatMap((one) => one.swaps);
    model.dispose();
  });

  it('has swaps at all depths, of targets that items ask about, and as many thoughts as these need', () => {
    expect(turned.map(({ graph }) => graph)).toEqual(ITEMS.map((item) => itemSearch(item).key));
    expect(new Set(swaps.map(({ depth }) => depth))).toEqual(new Set([1, 2, 3]));
    for (const { depth, target, found, changes } of swaps) {
      expect([3, 4]).toContain(target);
      expect(depth).toBeLessThanOrEqual(target);
      // No thought is to spare: the deepest target has K steps.
      expect([found.length, changes.length]).toEqual([target, target]);
    }
  });

  it('finds the new target once the patched thought has reached the swap, and changes nothing before', () => {
    let before = 0;
    for (const { depth, found, changes } of swaps)
      found.forEach((share, i) => {
        const what = `swap at ${depth}, thought ${i + 1}`;
        if (i + 1 >= depth) {
          expect(share, what).toBe(1);
          // From a coin between two nodes that are out of reach (T is 50, but for a logit of .03) to a sure answer (100).
          expect(changes[i], what).toBeCloseTo(0.5, 1);
        } else {
          // The thought is the same in both questions, but for rounding.
          expect(Math.abs(changes[i]), what).toBeLessThan(1e-3);
          before++;
        }
      });
    expect(before).toBeGreaterThan(5);
  });
});
